import { type ActorContext, fieldOffset } from '#core';
import type { Memory } from './memory.ts';
import { named } from './party.ts';

/** Where things are in the observations of a party that acts by shares of what it can gain. */
export interface RelativeTable {
  readonly rounds: number;
  readonly time: number;
  readonly standing: number;
  readonly next: number;
  readonly lowestSent: number;
  readonly sent: number;
  readonly received: number;
  readonly own: number;
  readonly fair: number;
  readonly worst: number;
  /** Acts of a whole negotiation, which counts are shares of. */
  readonly acts: number;
}

export function relativeTable({ env, role: { observation } }: ActorContext): RelativeTable {
  const { rounds, parties } = env.params as { rounds: number; parties: number };
  const at = (name: string) => fieldOffset(observation, name);
  return {
    rounds,
    time: at('time'),
    standing: at('standing'),
    next: at('next'),
    lowestSent: at('lowestSent'),
    sent: at('sent'),
    received: at('received'),
    own: at('own'),
    fair: at('fairGuess'),
    worst: at('worst'),
    acts: rounds * parties,
  };
}

export function readRelative(table: RelativeTable, observation: Float32Array, { party }: Memory): void {
  party.time = observation[table.time];
  party.round = Math.round(party.time * (table.rounds + 1)) - 1;
  const stands = observation[table.standing] === 1;
  party.standing = stands ? observation[table.standing + 1] : Number.NaN;
  if (stands) party.heard.push(party.standing);
  party.sent = Math.round(observation[table.sent] * table.acts);
  party.received = Math.round(observation[table.received] * table.acts);
  if (party.sent > 0) party.own.push(observation[table.own]);
  party.next = observation[table.next] === 1 ? observation[table.next + 1] : Number.NaN;
  party.lowestSent = party.sent > 0 ? observation[table.lowestSent] : Number.NaN;
  party.worst = observation[table.worst];
  party.fair = observation[table.fair];
}

/** Choices of the first part: accept, end, next, repeat, then aims 0 to 20 twentieths, each with 5 levels in the second part. */
const acts = { next: 2, repeat: 3, aim: 4 } as const;
const aims = 20;
const levels = 5;

/** The least that can be asked more or less. */
export const leastStep = 1 / (aims * levels);

/** Writes the act that a proposal means: the lowest level that is at least as much, a hundredth apart. */
export function writeRelative(proposal: number, out: Float64Array): void {
  out[1] = 0;
  if (proposal === named.next) out[0] = acts.next;
  else if (proposal === named.repeat) out[0] = acts.repeat;
  else {
    const steps = Math.max(0, Math.min(aims * levels, Math.ceil(proposal * aims * levels - 1e-6)));
    out[0] = acts.aim + Math.floor(steps / levels);
    out[1] = 1 + (steps % levels);
  }
}
