import { memoryStrategy } from './memory-one.ts';

/** Keeps its action after the other cooperated, changes it after the other defected. */
export const pavlov = memoryStrategy({
  id: 'pavlov',
  title: 'Pavlov (win-stay, lose-shift)',
  rule: 'Cooperates in the first round, then repeats its own action if the other cooperated and changes it if the other defected; so it cooperates exactly after CC and DD.',
  source:
    'Nowak and Sigmund (1993), "A strategy of win-stay, lose-shift that outperforms tit-for-tat in the prisoner\'s dilemma game".',
  remember: () => null,
  choose({ cooperate, defect, lastOwn, lastOther }, { observation }) {
    return lastOwn(observation) === lastOther(observation) ? cooperate : defect;
  },
});
