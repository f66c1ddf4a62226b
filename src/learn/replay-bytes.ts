import type { PolicySizes } from './algorithm.ts';
import { Replay } from './replay.ts';
import { Segments } from './segments.ts';
import type { ValueOptions } from './value-options.ts';

/** Bytes of the replay of policies that are learned about together: of moments, or of sequences where they have memory. */
export function replayBytesOf(
  { replayMoments, sequenceSteps }: ValueOptions,
  policies: readonly PolicySizes[],
): number {
  const parts = policies.map((sizes) => ({ agents: sizes.agents, sizes }));
  return policies[0].memory > 0
    ? Segments.bytes(Math.ceil(replayMoments / sequenceSteps), sequenceSteps, parts)
    : Replay.bytes(replayMoments, parts);
}
