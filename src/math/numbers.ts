/** Numbers to read: a typed array of any precision or a plain array. */
export type Numbers = ArrayLike<number>;

/** Numbers to write into; the length never changes. */
export interface Writable {
  readonly length: number;
  [index: number]: number;
}
