import { z } from 'zod';

/** Whether players are shown all that they have seen so far, or only how things stand. */
export type View = 'information-state' | 'observation';

/** The parameter that chooses between the two. */
export const viewParam = z
  .enum(['information-state', 'observation'])
  .default('information-state')
  .describe(
    'What players are shown: everything they have seen and done so far (a policy without memory needs it), or how things stand now; OpenSpiel’s tensors of these names.',
  );
