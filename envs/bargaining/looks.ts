import type { Drawing, Shape } from '#core';
import type { Instance } from './instances.ts';
import { items, offerItems } from './offers.ts';

/** What there is to tell about a talk, whoever looks. */
export interface Talk {
  readonly instance: Instance;
  /** Ids of the offers made, oldest first; the parties take turns, party 0 first. */
  readonly offers: readonly number[];
  readonly maxTurns: number;
  readonly end: 'open' | 'agreed' | 'broken off' | 'out of turns';
  /** Realised utilities of both parties. */
  readonly utilities: readonly number[];
}

/** The talk as one party knows it: the other's values stay hidden. */
export function talkText(talk: Talk, party: number): string {
  const { instance, offers, maxTurns, end } = talk;
  const lines = [
    `There are ${listed(instance.pool)}.`,
    `To you, one of each is worth: ${items.map((item, i) => `${item} ${instance.values[party][i]}`).join(', ')}.`,
  ];
  for (const [turn, offer] of offers.entries()) {
    const mine = turn % 2 === party;
    const kept = offerItems.subarray(3 * offer, 3 * offer + 3);
    const rest = instance.pool.map((count, i) => count - kept[i]);
    lines.push(
      mine
        ? `Offer ${turn + 1}: you keep ${listed(kept)}.`
        : `Offer ${turn + 1}: you would get ${listed(rest)}, the other keeps ${listed(kept)}.`,
    );
  }
  if (end === 'agreed') lines.push(`The offer was accepted. You get ${rounded(talk.utilities[party])}.`);
  else if (end !== 'open') lines.push(`The talk is ${end} without agreement. You get 0.`);
  else if (offers.length % 2 !== party) lines.push('It is the other’s turn.');
  else {
    const choices = offers.length === 0 ? 'name what you keep' : 'agree, or name what you keep';
    lines.push(`It is your turn (offer ${offers.length + 1} of at most ${maxTurns}): ${choices}.`);
  }
  return lines.join('\n');
}

/** A table of the items with both parties' values, and who would get how many by the last offer. */
export function drawTalk(talk: Talk): Drawing {
  const { instance, offers, end, utilities } = talk;
  const last = offers.at(-1);
  const proposer = (offers.length + 1) % 2;
  const kept = last === undefined ? undefined : offerItems.subarray(3 * last, 3 * last + 3);
  const shares = (party: number, i: number) => {
    if (kept === undefined) return '';
    return String(party === proposer ? kept[i] : instance.pool[i] - kept[i]);
  };
  const shapes: Shape[] = ['pool', 'value to 0', 'value to 1', 'party 0 gets', 'party 1 gets'].map((text, column) => ({
    kind: 'text',
    x: 2 * column + 3,
    y: 0.6,
    text,
    size: 0.3,
    anchor: 'middle',
    fill: column === 0 ? 'ink' : `agent${(column - 1) % 2}`,
  }));
  items.forEach((item, i) => {
    shapes.push({ kind: 'text', x: 1, y: i + 1.6, text: item, anchor: 'middle' });
    const cells = [instance.pool[i], instance.values[0][i], instance.values[1][i], shares(0, i), shares(1, i)];
    cells.forEach((label, column) => {
      const paint = column >= 3 && end === 'agreed' ? { fill: 'good' as const } : {};
      shapes.push({
        kind: 'rect',
        x: 2 * column + 2,
        y: i + 1,
        width: 2,
        height: 1,
        stroke: 'muted',
        ...paint,
        label: String(label),
      });
    });
  });
  const offered =
    offers.length === 0 ? 'No offer yet' : `Offer ${offers.length} of at most ${talk.maxTurns}, by party ${proposer}`;
  const result =
    end === 'agreed' ? `: agreed, utilities ${utilities.map(rounded).join(' and ')}` : end === 'open' ? '' : `: ${end}`;
  return { width: 12, height: 4, shapes, caption: offered + result };
}

function listed(counts: ArrayLike<number>): string {
  return items.map((item, i) => `${counts[i]} ${item}${counts[i] === 1 ? '' : 's'}`).join(', ');
}

function rounded(utility: number): string {
  return String(Math.round(utility * 1000) / 1000);
}
