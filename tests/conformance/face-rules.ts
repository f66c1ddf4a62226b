import type { RuleId } from '#core';

/** Rules that no world can break, because the faces are ours: each has a broken face in `broken-faces.test.ts`. */
export const faceRules: readonly RuleId[] = [
  'time-limit-exact',
  'parallel-keys',
  'parallel-agents',
  'parallel-spaces',
  'parallel-order',
  'parallel-actions',
  'aec-keys',
  'aec-agents',
  'aec-rewards',
  'aec-order',
  'faces-seeded',
  'faces-looks',
  'faces-agree',
];
