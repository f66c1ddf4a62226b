import { memoryStrategy } from './memory-one.ts';

/** Cooperates first, then does what the other did. */
export const titForTat = memoryStrategy({
  id: 'tit-for-tat',
  title: 'Tit for tat',
  rule: 'Cooperates in the first round, then plays what the other played last.',
  source: 'Axelrod and Hamilton (1981), "The evolution of cooperation"; submitted by Anatol Rapoport.',
  remember: () => null,
  choose: ({ cooperate, defect, lastOther }, { observation }) =>
    lastOther(observation) === defect ? defect : cooperate,
});
