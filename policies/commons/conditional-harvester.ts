import { defineScripted, type Rng } from '#core';
import {
  applePlane,
  besideInView,
  type CommonsView,
  commonsView,
  countAround,
  moveTowards,
  shows,
  wallPlane,
  wastePlane,
} from './view.ts';

interface Setup {
  readonly view: CommonsView;
  readonly canClean: boolean;
}

const stay = 4;
const turnRight = 5;
const clean = 8;
/** Apples that have to be left around one that is eaten. */
const keeps = 4;
/** Waste in sight up to which a player that sees no apple goes on looking for one. */
const toleratedWaste = 10;

/** Eats only where enough is left to grow again; in clean-up, cleans while there is nothing to eat. */
export const conditionalHarvester = defineScripted<Setup, null>({
  id: 'conditional-harvester',
  card: {
    title: 'Conditional harvester',
    description: `Goes to the nearest apple in sight that has at least ${keeps} others around it and eats it, in clean-up to the nearest of any kind; leaves the last ones of a patch. In clean-up it cleans the waste ahead of it, and goes to waste, while it sees no apple. Else it walks about. Never fires.`,
    source: 'Own; restraint as in Perolat et al. (2017).',
    worlds: ['commons-harvest', 'clean-up'],
  },
  prepare(context) {
    const view = commonsView('conditional-harvester', context);
    return { view, canClean: context.env.id === 'clean-up' };
  },
  remember: () => null,
  act({ observation, rng }, out, { view, canClean }) {
    const isApple = (cell: number) => shows(observation, view, cell, applePlane);
    const isSpare = (cell: number) => isApple(cell) && countAround(observation, view, cell, applePlane) >= keeps;
    const toFood = moveTowards(canClean ? isApple : isSpare, observation, view);
    if (toFood >= 0) out[0] = toFood;
    else if (canClean && wasteInSight(observation, view) > toleratedWaste) out[0] = tidy(observation, view, rng);
    else out[0] = wander(observation, view, rng, canClean ? () => false : isApple);
  },
});

function wasteInSight(observation: Float32Array, view: CommonsView): number {
  let count = 0;
  for (let cell = 0; cell < view.side * view.side; cell++) if (shows(observation, view, cell, wastePlane)) count++;
  return count;
}

/** Cleans where waste lies ahead within a few cells; else goes beside some, or turns towards it. */
function tidy(observation: Float32Array, view: CommonsView, rng: Rng): number {
  const { middle, side } = view;
  for (let steps = 1, cell = middle - side; steps <= 3 && cell >= 0; steps++, cell -= side) {
    if (shows(observation, view, cell, wallPlane)) break;
    if (shows(observation, view, cell, wastePlane)) return clean;
  }
  for (const move of [0, 1, 3]) {
    const beside = besideInView(middle, move, side);
    if (beside >= 0 && shows(observation, view, beside, wastePlane)) return move === 0 ? turnRight + 1 : turnRight;
  }
  const move = moveTowards((cell) => shows(observation, view, cell, wastePlane), observation, view);
  return move >= 0 ? move : rng.integer(0, turnRight);
}

/** Forward mostly, a turn now and then; not onto apples that are to be left. */
function wander(observation: Float32Array, view: CommonsView, rng: Rng, isLeft: (cell: number) => boolean): number {
  const ahead = besideInView(view.middle, 2, view.side);
  const isOpen = ahead >= 0 && !shows(observation, view, ahead, wallPlane) && !isLeft(ahead);
  if (isOpen && rng.random() < 0.85) return 2;
  return rng.random() < 0.1 ? stay : turnRight + rng.integer(0, 2);
}
