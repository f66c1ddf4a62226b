import { defineScripted } from '#core';
import { type ManagerSetup, managerSetup, threadState } from './bidding.ts';
import { firstLegal } from './first-legal.ts';

/** Gives each job to whoever asks least. */
export const cheapestAward = defineScripted<ManagerSetup, null>({
  id: 'cheapest-award',
  card: {
    title: 'Cheapest award',
    description:
      'Calls all workshops, waits for all answers, accepts the lowest price if the job is worth it, and rejects the others. It looks at one job at a time, and so may use up capacity that a later job needs more.',
    source: 'Smith (1980), "The contract net protocol": the award to the best bid.',
    worlds: ['task-market'],
  },
  prepare: (context) => managerSetup('cheapest-award', context),
  remember: () => null,
  act({ observation, mask }, out, { states, prices, highestPrice, jobValue, sizes }) {
    firstLegal(mask, sizes, out);
    const [call, accept] = [1, 2];
    const reject = accept + states.length;
    if (mask[call] === 1) {
      out[0] = call;
      return;
    }
    out[0] = 0;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let w = 0; w < states.length; w++) {
      const at = threadState(observation, states[w]);
      if (at === 'called') return;
      const price = Math.round(observation[prices[w].at + 1] * highestPrice);
      if (at !== 'proposed' || price >= least || price > jobValue) continue;
      best = w;
      least = price;
    }
    if (best >= 0 && mask[accept + best] === 1) {
      out[0] = accept + best;
      return;
    }
    for (let w = 0; w < states.length && out[0] === 0; w++) if (mask[reject + w] === 1) out[0] = reject + w;
  },
});
