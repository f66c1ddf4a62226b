import type { Drawing, Shape } from '#core';
import { issueValue, shareOf } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { domainOf } from './setting.ts';
import { type NegotiationState, relativeTime, roundOf } from './state.ts';
import { utilityOf } from './turn.ts';

/** Issues that are told value by value. */
const mostToldValues = 40;
/** Outcomes that are drawn as points. */
const mostDrawnOutcomes = 2000;

/** The negotiation as one party knows it: nobody else's utilities. */
export function negotiationText(state: NegotiationState, agent: number, params: NegotiationParams): string {
  const domain = domainOf(params, state.domain);
  const { sizes, reserved, high } = domain;
  const lines = [
    `You negotiate with ${params.parties - 1} other${params.parties > 2 ? 's' : ''} about ${sizes.length} issue${sizes.length > 1 ? 's' : ''}: ${sizes
      .map((size, issue) => `issue ${issue + 1} has values 0 to ${size - 1}`)
      .join(', ')}.`,
    `Without an agreement you have ${rounded(reserved[agent])}; your best outcome is worth ${rounded(high[agent])} to you.`,
  ];
  if (
    params.domain?.utilities[agent].kind === 'additive' ||
    (params.domain === null && params.utilities === 'additive')
  ) {
    lines.push(...worths(state, agent, params));
  }
  for (let act = 0; act < state.acts; act++) {
    const outcome = state.offers[act];
    if (outcome < 0) continue;
    const who = state.actors[act] === agent ? 'You' : `Party ${state.actors[act]}`;
    lines.push(
      `${who} offered ${digitsOf(state, outcome, params)}, worth ${rounded(domain.utilities[agent][outcome])} to you.`,
    );
  }
  if (state.status === 'agreed') {
    lines.push(`All agreed on the last offer. You have ${rounded(utilityOf(state, agent, domain, params))}.`);
  } else if (state.status !== 'open') {
    lines.push(
      `It has ${state.status === 'ended' ? 'been ended' : 'timed out'} without an agreement. You have ${rounded(reserved[agent])}.`,
    );
  } else if (state.mover !== agent) lines.push(`It is the turn of party ${state.mover}.`);
  else {
    const choices = state.standing < 0 ? 'make an offer, or end it' : 'accept, make another offer, or end it';
    lines.push(
      `It is your turn in round ${roundOf(state, params.parties) + 1} of at most ${params.rounds}: ${choices}.`,
    );
  }
  return lines.join('\n');
}

/** Outcomes by what they are worth to parties 0 and 1, the way of the offers, and the agreement. */
export function drawNegotiation(state: NegotiationState, params: NegotiationParams): Drawing {
  const domain = domainOf(params, state.domain);
  const side = 100;
  const place = (outcome: number) => ({
    x: 10 + side * domain.utilities[0][outcome],
    y: 10 + side * (1 - domain.utilities[1][outcome]),
  });
  const shapes: Shape[] = [
    { kind: 'rect', x: 10, y: 10, width: side, height: side, stroke: 'muted' },
    { kind: 'text', x: 10 + side / 2, y: 18 + side, text: 'utility of party 0', size: 5, anchor: 'middle' },
    { kind: 'text', x: 10, y: 7, text: 'utility of party 1', size: 5 },
  ];
  const every = Math.max(1, Math.ceil(domain.count / mostDrawnOutcomes));
  for (let outcome = 0; outcome < domain.count; outcome += every) {
    shapes.push({ kind: 'circle', ...place(outcome), radius: 0.8, fill: 'muted' });
  }
  const before: ({ x: number; y: number } | undefined)[] = [];
  for (let act = 0; act < state.acts; act++) {
    if (state.offers[act] < 0) continue;
    const actor = state.actors[act];
    const { x, y } = place(state.offers[act]);
    const last = before[actor];
    if (last !== undefined)
      shapes.push({ kind: 'line', x1: last.x, y1: last.y, x2: x, y2: y, stroke: `agent${actor}` });
    shapes.push({ kind: 'circle', x, y, radius: 1.5, fill: `agent${actor}` });
    before[actor] = { x, y };
  }
  if (state.agreement >= 0) shapes.push({ kind: 'circle', ...place(state.agreement), radius: 3, stroke: 'good' });
  const shares = domain.low.map((_, party) => rounded(shareOf(domain, party, Math.max(0, state.agreement))));
  const caption =
    state.status === 'agreed'
      ? `agreed; gains ${shares.join(', ')} of the best possible`
      : state.status === 'open'
        ? `round ${roundOf(state, params.parties) + 1} of ${params.rounds}, ${Math.round(100 * relativeTime(state, params))} % of the time`
        : `${state.status}, no agreement`;
  return { width: side + 20, height: side + 25, shapes, caption };
}

/** What each value adds, read off outcomes that differ in it alone. */
function worths(state: NegotiationState, agent: number, params: NegotiationParams): string[] {
  const { sizes, strides, utilities } = domainOf(params, state.domain);
  if (sizes.reduce((sum, size) => sum + size, 0) > mostToldValues) return [];
  const of = utilities[agent];
  return sizes.map((size, issue) => {
    const values = Array.from({ length: size }, (_, value) => of[value * strides[issue]]);
    const least = Math.min(...values);
    return `Of issue ${issue + 1}, a value adds to what you have: ${values.map((worth, value) => `${value}: ${rounded(worth - least)}`).join(', ')}.`;
  });
}

function digitsOf(state: NegotiationState, outcome: number, params: NegotiationParams): string {
  const domain = domainOf(params, state.domain);
  return domain.sizes.map((_, issue) => `${issue + 1}: ${issueValue(domain, outcome, issue)}`).join(', ');
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
