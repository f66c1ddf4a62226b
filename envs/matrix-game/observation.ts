import { type BoxSpace, type Field, fieldBox } from '#core';
import type { NormalForm } from './normal-form.ts';

/** How past joint actions are shown. */
export interface Recall {
  readonly recall: number;
  readonly view: 'own' | 'seats';
  readonly encoding: 'players' | 'joint';
}

/**
 * The names of an observation's parts: `start`, `seat` where it is needed, and for each remembered round r (1 is the last) either
 * one-hot actions by player or one one-hot joint action.
 */
export function observationSpace(game: NormalForm, agent: number, recall: Recall): BoxSpace {
  const fields: Field[] = [{ name: 'start', size: 1 }];
  if (showsSeat(game, recall)) fields.push({ name: 'seat', size: game.players });
  for (let r = 1; r <= recall.recall; r++) {
    if (recall.encoding === 'joint') fields.push({ name: `last${r}/joint`, size: jointActions(game) });
    else {
      for (let k = 0; k < game.players; k++) {
        const name = recall.view === 'seats' ? `player${k}` : k === 0 ? 'own' : `other${k}`;
        fields.push({ name: `last${r}/${name}`, size: game.counts[playerAt(recall.view, agent, k)] });
      }
    }
  }
  return fieldBox(fields, 0, 1);
}

/** Writes what `agent` remembers; `recent` holds joint actions [recall, n], newest first, -1 where nothing was played yet. */
export function writeObservation(
  game: NormalForm,
  agent: number,
  recall: Recall,
  recent: Int32Array,
  out: Float32Array,
): void {
  const { players, counts } = game;
  out.fill(0);
  out[0] = recent[0] < 0 ? 1 : 0;
  let at = 1;
  if (showsSeat(game, recall)) {
    out[at + agent] = 1;
    at += players;
  }
  for (let r = 0; r < recall.recall && recent[r * players] >= 0; r++) {
    let joint = 0;
    for (let k = 0; k < players; k++) {
      const player = playerAt(recall.view, agent, k);
      const action = recent[r * players + player];
      joint = joint * counts[player] + action;
      if (recall.encoding === 'players') {
        out[at + action] = 1;
        at += counts[player];
      }
    }
    if (recall.encoding === 'joint') {
      out[at + joint] = 1;
      at += jointActions(game);
    }
  }
}

/** How many joint actions the game has. */
export function jointActions(game: NormalForm): number {
  return game.counts[0] * game.strides[0];
}

/** Who stands at place k: the agent itself first and then the others by seat, or everybody by seat. */
function playerAt(view: Recall['view'], agent: number, k: number): number {
  if (view === 'seats') return k;
  return k === 0 ? agent : k <= agent ? k - 1 : k;
}

/** Where seats differ, or actions are listed by seat, agents that share a policy have to know theirs. */
function showsSeat(game: NormalForm, recall: Recall): boolean {
  return recall.view === 'seats' || !game.symmetric;
}
