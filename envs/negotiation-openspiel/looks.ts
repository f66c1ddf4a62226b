import { type Drawing, type Field, fieldBox } from '#core';
import { drawTable } from '../exact/scene.ts';
import { keptOf, mostItems, mostValue, type NegotiationOpenSpielParams, symbolOf } from './params.ts';
import { isOver, type NegotiationOpenSpielState, utilityOf } from './talk.ts';

const itemBits = mostItems + 1;
const valueBits = mostValue + 1;

/** OpenSpiel's tensor by name: whose turn, what kind, over and agreed, pool, own utilities, last proposal, last utterance. */
export function observationSpace({ items, utterances, symbols, utteranceLength }: NegotiationOpenSpielParams) {
  const each = (name: string, count: number, size: number): Field[] =>
    Array.from({ length: count }, (_, i) => ({ name: `${name}/${i}`, size }));
  const fields: Field[] = [
    { name: 'mover', size: 2 },
    { name: 'turn', size: 2 },
    { name: 'over', size: 1 },
    { name: 'agreed', size: 1 },
    ...each('pool', items, itemBits),
    ...each('utilities', items, valueBits),
    ...each('proposal', items, itemBits),
    ...(utterances ? each('utterance', utteranceLength, symbols) : []),
  ];
  return fieldBox(fields, 0, 1);
}

/** Writes what `agent` sees; `showsProposal` says whether the last proposal is among it. */
export function writeObservation(
  state: NegotiationOpenSpielState,
  agent: number,
  out: Float32Array,
  params: NegotiationOpenSpielParams,
  showsProposal: boolean,
): void {
  out.fill(0);
  writeTurn(state, out, params);
  let at = writePool(state, out, 6);
  at = writeUtilities(state, agent, out, at, params);
  writeTalk(state, out, at, params, showsProposal);
}

/** Size of the state vector: the observation with both parties' utilities and the steps that are left. */
export function stateVectorSize({ items, utterances, symbols, utteranceLength }: NegotiationOpenSpielParams): number {
  return 7 + 2 * items * itemBits + 2 * items * valueBits + (utterances ? symbols * utteranceLength : 0);
}

export function writeStateVector(
  state: NegotiationOpenSpielState,
  out: Float32Array,
  params: NegotiationOpenSpielParams,
): void {
  out.fill(0);
  writeTurn(state, out, params);
  let at = writePool(state, out, 6);
  for (let party = 0; party < 2; party++) at = writeUtilities(state, party, out, at, params);
  at = writeTalk(state, out, at, params, true);
  out[at] = 1 - state.proposed / state.maxSteps;
}

function writeTurn(state: NegotiationOpenSpielState, out: Float32Array, params: NegotiationOpenSpielParams): void {
  const over = isOver(state, params);
  if (!over) out[state.mover] = 1;
  out[state.uttering ? 3 : 2] = 1;
  out[4] = over ? 1 : 0;
  out[5] = state.agreed ? 1 : 0;
}

function writePool({ pool }: NegotiationOpenSpielState, out: Float32Array, at: number): number {
  for (let i = 0; i < pool.length; i++) out[at + i * itemBits + pool[i]] = 1;
  return at + pool.length * itemBits;
}

function writeUtilities(
  { utilities }: NegotiationOpenSpielState,
  party: number,
  out: Float32Array,
  at: number,
  { items }: NegotiationOpenSpielParams,
): number {
  for (let i = 0; i < items; i++) out[at + i * valueBits + utilities[party * items + i]] = 1;
  return at + items * valueBits;
}

function writeTalk(
  state: NegotiationOpenSpielState,
  out: Float32Array,
  at: number,
  params: NegotiationOpenSpielParams,
  showsProposal: boolean,
): number {
  const { items, utterances, symbols, utteranceLength } = params;
  if (state.proposed > 0 && showsProposal) {
    const proposal = state.proposals[state.proposed - 1];
    for (let i = 0; i < items; i++) out[at + i * itemBits + keptOf(proposal, i, params)] = 1;
  }
  const next = at + items * itemBits;
  if (!utterances) return next;
  if (state.uttered > 0) {
    const utterance = state.utterances[state.uttered - 1];
    for (let i = 0; i < utteranceLength; i++) out[next + i * symbols + symbolOf(utterance, i, params)] = 1;
  }
  return next + utteranceLength * symbols;
}

/** The talk as one party knows it; `sees` says whether it sees the proposal of a turn. */
export function talkText(
  state: NegotiationOpenSpielState,
  agent: number,
  params: NegotiationOpenSpielParams,
  sees: (proposer: number) => boolean,
): string {
  const { items, utterances } = params;
  const lines = [
    `Negotiation over items ${Array.from(state.pool, (count, i) => `${i} (${count} of it)`).join(', ')}. You are party ${agent}.`,
    `To you one of each is worth ${Array.from(state.utilities.subarray(agent * items, (agent + 1) * items)).join(', ')}.`,
  ];
  for (let i = 0; i < state.proposed; i++) {
    const who = i % 2 === agent ? 'You' : 'The other';
    const kept = sees(i % 2)
      ? `wants to keep ${keptText(state.proposals[i], params)}`
      : 'made a proposal that you do not see';
    const said = utterances && i < state.uttered ? `, says ${symbolsText(state.utterances[i], params)}` : '';
    lines.push(`${who}: ${kept}${said}.`);
  }
  if (state.agreed) lines.push(`Agreed. You get ${utilityOf(state, agent, params)}.`);
  else if (isOver(state, params)) lines.push('Out of steps without agreement. You get 0.');
  else if (state.mover !== agent) lines.push('It is the other’s turn.');
  else if (state.uttering) lines.push('Say something.');
  else lines.push(state.proposed === 0 ? 'Propose what you keep.' : 'Accept, or propose what you keep.');
  return lines.join('\n');
}

/** Pool, utilities and the last proposal as a table. */
export function drawTalk(state: NegotiationOpenSpielState, params: NegotiationOpenSpielParams): Drawing {
  const { items } = params;
  const last = state.proposed === 0 ? undefined : state.proposals[state.proposed - 1];
  const proposer = (state.proposed + 1) % 2;
  const share = (party: number) =>
    Array.from(state.pool, (count, i) => {
      if (last === undefined) return '';
      const kept = keptOf(last, i, params);
      const label = String(party === proposer ? kept : count - kept);
      return state.agreed ? { label, fill: 'good' as const } : label;
    });
  const worth = (party: number) => Array.from(state.utilities.subarray(party * items, (party + 1) * items), String);
  const said = state.uttered === 0 ? '' : `; says ${symbolsText(state.utterances[state.uttered - 1], params)}`;
  return drawTable(
    [
      ['pool', ...Array.from(state.pool, String)],
      ['worth to 0', ...worth(0)],
      ['worth to 1', ...worth(1)],
      ['party 0 gets', ...share(0)],
      ['party 1 gets', ...share(1)],
    ],
    state.proposed === 0
      ? 'No proposal yet'
      : `Proposal ${state.proposed} of at most ${state.maxSteps}, by party ${proposer}${said}`,
  );
}

export function keptText(proposal: number, params: NegotiationOpenSpielParams): string {
  return Array.from({ length: params.items }, (_, i) => keptOf(proposal, i, params)).join(' ');
}

export function symbolsText(utterance: number, params: NegotiationOpenSpielParams): string {
  return Array.from({ length: params.utteranceLength }, (_, i) => symbolOf(utterance, i, params)).join(' ');
}
