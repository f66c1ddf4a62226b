export type { ParityAdapter, Verdict } from './adapter.ts';
export { parityAdapters } from './adapters/index.ts';
export type { Difference } from './difference.ts';
export { NumpyRng } from './numpy-rng.ts';
export {
  type ParityDocument,
  parityDocument,
  parseCase,
  type ReplayedCase,
  refusedCase,
  replayCase,
} from './replay-case.ts';
