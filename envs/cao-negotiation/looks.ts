import { type BoxSpace, type Drawing, type Field, fieldBox } from '#core';
import { drawTable } from '../exact/scene.ts';
import { mostItems, mostValue } from '../negotiation-openspiel/params.ts';
import { type CaoNegotiationParams, shows, speaks } from './params.ts';
import { type CaoNegotiationState, utilityOf } from './rules.ts';

/** Words of the token encoding: numbers of the pool, of utilities, nothing heard, symbols, nothing proposed, numbers kept. */
const poolWord = 0;
const valueWord = poolWord + mostItems + 1;
const silentWord = valueWord + mostValue + 1;

function openWord({ symbols }: CaoNegotiationParams): number {
  return silentWord + 1 + symbols;
}

/** How many words there are. */
export function vocabularyOf(params: CaoNegotiationParams): number {
  return openWord(params) + 1 + mostItems + 1;
}

/** Steps of the three streams that tokens are laid out in: item context, utterance and proposal, side by side. */
export function stepsOf({ items, utteranceLength }: CaoNegotiationParams): number {
  return Math.max(2 * items, utteranceLength);
}

export function observationSpace(params: CaoNegotiationParams): BoxSpace {
  return params.encoding === 'tokens' ? tokenSpace(params) : oneHotSpace(params);
}

/** Item context, what was heard and what was proposed, a field each; all zero where there is nothing. */
function oneHotSpace(params: CaoNegotiationParams): BoxSpace {
  const each = (name: string, count: number, size: number): Field[] =>
    Array.from({ length: count }, (_, i) => ({ name: `${name}/${i}`, size }));
  const { items, symbols, utteranceLength } = params;
  return fieldBox(
    [
      ...each('pool', items, mostItems + 1),
      ...each('utilities', items, mostValue + 1),
      ...(speaks(params) ? each('heard', utteranceLength, symbols) : []),
      ...(shows(params) ? each('proposal', items, mostItems + 1) : []),
      { name: 'opening', size: 1 },
    ],
    0,
    1,
  );
}

/** Step by step a word of the item context, of the utterance and of the proposal; where a stream has ended, its word for nothing. */
function tokenSpace(params: CaoNegotiationParams): BoxSpace {
  const { items, symbols, utteranceLength } = params;
  const open = openWord(params);
  const words = Array.from({ length: stepsOf(params) }, (_, i) => [
    i < items
      ? { name: `pool/${i}`, low: poolWord, high: valueWord - 1 }
      : { name: `utilities/${i - items}`, low: valueWord, high: silentWord - 1 },
    {
      name: `heard/${i}`,
      low: silentWord,
      high: i < utteranceLength && speaks(params) ? silentWord + symbols : silentWord,
    },
    { name: `proposal/${i}`, low: open, high: i < items && shows(params) ? open + 1 + mostItems : open },
  ]).flat();
  return fieldBox(
    words.map(({ name }) => ({ name, size: 1 })),
    words.map(({ low }) => low),
    words.map(({ high }) => high),
  );
}

export function writeObservation(
  state: CaoNegotiationState,
  agent: number,
  out: Float32Array,
  params: CaoNegotiationParams,
): void {
  // A party hears the other: before the first turn nobody has spoken, and the one who spoke last hears nothing new.
  const hears = state.turn > 0 && (state.turn - 1) % 2 !== agent;
  if (params.encoding === 'tokens') writeTokens(state, agent, out, params, hears);
  else writeOneHot(state, agent, out, params, hears);
}

function writeOneHot(
  { pool, utilities, heard, proposal, turn }: CaoNegotiationState,
  agent: number,
  out: Float32Array,
  params: CaoNegotiationParams,
  hears: boolean,
): void {
  const { items, symbols } = params;
  out.fill(0);
  let at = 0;
  for (let i = 0; i < items; i++, at += mostItems + 1) out[at + pool[i]] = 1;
  for (let i = 0; i < items; i++, at += mostValue + 1) out[at + utilities[agent * items + i]] = 1;
  if (speaks(params)) {
    for (let i = 0; i < heard.length; i++, at += symbols) if (hears && heard[i] >= 0) out[at + heard[i]] = 1;
  }
  if (shows(params)) {
    for (let i = 0; i < items; i++, at += mostItems + 1) if (hears) out[at + proposal[i]] = 1;
  }
  out[at] = turn === 0 ? 1 : 0;
}

function writeTokens(
  { pool, utilities, heard, proposal }: CaoNegotiationState,
  agent: number,
  out: Float32Array,
  params: CaoNegotiationParams,
  hears: boolean,
): void {
  const { items } = params;
  const steps = stepsOf(params);
  const open = openWord(params);
  for (let i = 0; i < steps; i++) {
    const value = i < 2 * items ? utilities[agent * items + i - items] : 0;
    out[3 * i] = i < items ? poolWord + pool[i] : valueWord + value;
    const listens = hears && i < heard.length && speaks(params) && heard[i] >= 0;
    out[3 * i + 1] = listens ? silentWord + 1 + heard[i] : silentWord;
    out[3 * i + 2] = hears && i < items && shows(params) ? open + 1 + proposal[i] : open;
  }
}

/** Everything: pool, both parties' utilities, what is left of the turns, whose turn it is. */
export function stateVectorSize({ items }: CaoNegotiationParams): number {
  return 4 * items + 2;
}

export function writeStateVector(state: CaoNegotiationState, out: Float32Array, params: CaoNegotiationParams): void {
  const { items } = params;
  const { pool, utilities, proposal, turn, limit } = state;
  for (let i = 0; i < items; i++) {
    out[i] = pool[i] / mostItems;
    out[items + i] = utilities[i] / mostValue;
    out[2 * items + i] = utilities[items + i] / mostValue;
    out[3 * items + i] = proposal[i] / mostItems;
  }
  out[4 * items] = turn / limit;
  out[4 * items + 1] = turn % 2;
}

export function gameText(state: CaoNegotiationState, agent: number, params: CaoNegotiationParams): string {
  const { items } = params;
  const { pool, utilities, proposal, heard, turn } = state;
  const mine = Array.from(utilities.subarray(agent * items, (agent + 1) * items));
  const lines = [
    `A pool of items ${Array.from(pool, (count, i) => `${i} (${count} of it)`).join(', ')}. You are party ${agent}.`,
    `To you one of each is worth ${mine.join(', ')}.`,
  ];
  if (turn > 0 && (turn - 1) % 2 !== agent) {
    if (speaks(params)) {
      const words = Array.from(heard, (symbol) => (symbol < 0 ? '-' : String(symbol)));
      lines.push(`The other says ${words.join(' ')}.`);
    }
    lines.push(
      shows(params)
        ? `The other wants to keep ${Array.from(proposal).join(' ')}.`
        : 'The other has proposed what you do not see.',
    );
  }
  if (state.agreed) lines.push(`Agreed. You get ${utilityOf(state, agent)}.`);
  else if (state.over) lines.push('Out of turns without agreement. You get nothing.');
  else if (turn % 2 !== agent) lines.push('It is the other’s turn.');
  else {
    const say = speaks(params) ? ' and utter something' : '';
    lines.push(turn === 0 ? `Propose what you keep${say}.` : `Accept, or propose what you keep${say}.`);
  }
  return lines.join('\n');
}

/** Pool, values and the last proposal as a table. */
export function drawGame(state: CaoNegotiationState, params: CaoNegotiationParams): Drawing {
  const { items } = params;
  const { pool, utilities, proposal, turn, limit } = state;
  const proposer = (turn + 1) % 2;
  const share = (party: number) =>
    Array.from(pool, (count, i) => {
      if (turn === 0) return '';
      const label = String(party === proposer ? proposal[i] : count - proposal[i]);
      return state.agreed ? { label, fill: 'good' as const } : label;
    });
  const worth = (party: number) => Array.from(utilities.subarray(party * items, (party + 1) * items), String);
  const words = Array.from(state.said, (symbol) => (symbol < 0 ? '-' : String(symbol))).join(' ');
  return drawTable(
    [
      ['pool', ...Array.from(pool, String)],
      ['worth to 0', ...worth(0)],
      ['worth to 1', ...worth(1)],
      ['party 0 gets', ...share(0)],
      ['party 1 gets', ...share(1)],
    ],
    turn === 0
      ? 'No proposal yet'
      : `Turn ${turn} of at most ${limit}, by party ${proposer}${speaks(params) ? `; says ${words}` : ''}`,
  );
}
