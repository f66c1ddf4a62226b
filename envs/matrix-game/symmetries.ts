import type { Interchangeable } from '#core';
import type { NormalForm } from './normal-form.ts';
import { observationSpace, type Recall } from './observation.ts';

/**
 * Sets of actions that everybody can rename among each other without a payoff changing: nine of ten levers, say. Two actions
 * belong together where exchanging them, for all players at once, leaves the table as it is; exchanges that share an action give
 * those of the other two, so these sets do not overlap.
 *
 * Shapes: each set lists actions, rising; sets of one are left out.
 */
export function alikeActions(game: NormalForm): number[][] {
  const [count] = game.counts;
  if (game.counts.some((other) => other !== count)) return [];
  const sets: number[][] = [];
  const placed = new Set<number>();
  for (let a = 0; a < count; a++) {
    if (placed.has(a)) continue;
    const set = [a];
    for (let b = a + 1; b < count; b++) if (!placed.has(b) && canExchange(game, a, b)) set.push(b);
    if (set.length < 2) continue;
    for (const action of set) placed.add(action);
    sets.push(set);
  }
  return sets;
}

function canExchange({ payoffs, players, strides, counts }: NormalForm, a: number, b: number): boolean {
  for (let cell = 0; cell * players < payoffs.length; cell++) {
    let image = cell;
    for (let p = 0; p < players; p++) {
      const action = Math.floor(cell / strides[p]) % counts[p];
      if (action === a) image += (b - a) * strides[p];
      else if (action === b) image += (a - b) * strides[p];
    }
    for (let p = 0; p < players; p++) if (payoffs[cell * players + p] !== payoffs[image * players + p]) return false;
  }
  return true;
}

/** What alike actions are in the eyes and hands of the role `player`; nothing where past joint actions are shown as one number. */
export function matrixSymmetries(game: NormalForm, recall: Recall): readonly Interchangeable[] {
  if (recall.encoding === 'joint' && recall.recall > 0) return [];
  const starts: number[] = [];
  let at = 0;
  for (const { name, size } of observationSpace(game, 0, recall).fields ?? []) {
    if (name.startsWith('last')) starts.push(at);
    at += size;
  }
  return alikeActions(game).map((set) => ({
    count: set.length,
    roles: {
      player: { observation: starts.map((start) => set.map((action) => start + action)), actions: [set] },
    },
  }));
}
