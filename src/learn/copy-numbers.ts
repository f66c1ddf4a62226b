// One function for each kind of array: a loop that has seen two kinds is several times slower.

/** Copies `count` numbers. */
export function copyFloats(from: Float32Array, start: number, to: Float32Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = from[start + i];
}

/** Copies `count` bytes. */
export function copyBytes(from: Uint8Array, start: number, to: Uint8Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = from[start + i];
}

/** Copies row `row` to place `place`, both `width` numbers wide. */
export function copyRow(from: Float32Array, row: number, to: Float32Array, place: number, width: number): void {
  copyFloats(from, row * width, to, place * width, width);
}

/** Copies row `row` to place `place`, both `width` bytes wide. */
export function copyByteRow(from: Uint8Array, row: number, to: Uint8Array, place: number, width: number): void {
  copyBytes(from, row * width, to, place * width, width);
}
