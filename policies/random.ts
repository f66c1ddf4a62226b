import { type Policy, sampleSpace, uniformProbability } from '#core';

/** Draws uniformly among the legal choices of every part of the action; in a box, uniformly between the bounds. */
export const random: Policy = {
  id: 'random',
  card: {
    title: 'Uniformly random',
    description:
      'Every legal choice equally often; box actions uniform between their bounds. The floor that every mind has to beat.',
    source: 'Gymnasium 1.1, `Space.sample(mask)`.',
    worlds: ['*'],
  },
  createActor({ role, rng }) {
    const { action, maskSize, actionSize } = role;
    return {
      act({ rows, count, masks, actions, account }) {
        for (let k = 0; k < count; k++) {
          const row = rows[k];
          const mask = maskSize === 0 ? undefined : masks.subarray(row * maskSize, (row + 1) * maskSize);
          if (account !== undefined) {
            account.counter[row] = account.drawn();
            account.probability[row] = uniformProbability(action, mask);
          }
          sampleSpace(action, rng, actions.subarray(row * actionSize, (row + 1) * actionSize), mask);
        }
      },
      begin() {},
    };
  },
};
