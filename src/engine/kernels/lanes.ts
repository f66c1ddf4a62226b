// Rows whose length is no multiple of 4.

/** The lanes of a vector that begins at column `at` which lie before column `n`. */
// @inline
export function lanesBefore(at: i32, n: i32): v128 {
  const column = i32x4.add(i32x4.splat(at), i32x4(0, 1, 2, 3));
  return i32x4.lt_s(column, i32x4.splat(n));
}

// @inline
export function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
