import { memoryStrategy } from './memory-one.ts';

/** Cooperates until the other defects once, and never again in that episode. */
export const grim = memoryStrategy({
  id: 'grim',
  title: 'Grim trigger',
  rule: 'Cooperates until the other defects, then defects for the rest of the episode.',
  source: 'Friedman (1971), "A non-cooperative equilibrium for supergames".',
  remember: () => ({ betrayed: false }),
  choose({ cooperate, defect, lastOther }, { observation, memory }) {
    if (lastOther(observation) === defect) memory.betrayed = true;
    return memory.betrayed ? defect : cooperate;
  },
});
