// Convolutions as matrix products: the patch of the grid under each place of the kernel is laid out as one row.

/**
 * Writes, for every row and every place of the kernel, the numbers of the grid under it: kernelHeight times kernelWidth times
 * `channels`, zeros where it hangs over the border. Cells of the grid are `cell` bytes apart, patches `patch` bytes.
 */
export function unfold(
  x: usize,
  xRow: usize,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  cell: usize,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  patches: usize,
  patch: usize,
): void {
  for (; rows > 0; rows--) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        let to = patches;
        for (let u = 0; u < kernelHeight; u++) {
          const y = i * strideY + u * dilationY - top;
          const inside = y >= 0 && y < height;
          for (let v = 0; v < kernelWidth; v++) {
            const at = j * strideX + v * dilationX - left;
            const from = x + <usize>(y * width + at) * cell;
            const covered = inside && at >= 0 && at < width;
            let c = 0;
            if (covered) {
              for (; c + 4 <= channels; c += 4) v128.store(to + <usize>(4 * c), v128.load(from + <usize>(4 * c)));
              for (; c < channels; c++) store<f32>(to + <usize>(4 * c), load<f32>(from + <usize>(4 * c)));
            } else {
              for (; c < channels; c++) store<f32>(to + <usize>(4 * c), 0);
            }
            to += <usize>(4 * channels);
          }
        }
        patches += patch;
      }
    }
    x += xRow;
  }
}

/** Adds the gradients of patches to those of the cells that they were taken from. */
export function foldBack(
  x: usize,
  xRow: usize,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  cell: usize,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  patches: usize,
  patch: usize,
): void {
  for (; rows > 0; rows--) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        let from = patches;
        for (let u = 0; u < kernelHeight; u++) {
          const y = i * strideY + u * dilationY - top;
          const inside = y >= 0 && y < height;
          for (let v = 0; v < kernelWidth; v++) {
            const column = j * strideX + v * dilationX - left;
            if (inside && column >= 0 && column < width) {
              const to = x + <usize>(y * width + column) * cell;
              let c = 0;
              for (; c + 4 <= channels; c += 4) {
                const at = to + <usize>(4 * c);
                v128.store(at, f32x4.add(v128.load(at), v128.load(from + <usize>(4 * c))));
              }
              for (; c < channels; c++) {
                const at = to + <usize>(4 * c);
                store<f32>(at, load<f32>(at) + load<f32>(from + <usize>(4 * c)));
              }
            }
            from += <usize>(4 * channels);
          }
        }
        patches += patch;
      }
    }
    x += xRow;
  }
}
