import type { Field } from '#core';
import { canPass } from '../declaration.ts';
import type { Debts } from './debts.ts';
import type { TalkState } from './state.ts';
import type { Tables } from './tables.ts';

/** A parameter as a role sees it in a thread. */
interface SeenParameter {
  readonly index: number;
  readonly name: string;
  readonly sizes: readonly number[];
}

/** What a role hears of a thread. */
interface Hearing {
  readonly parameters: readonly SeenParameter[];
  readonly size: number;
}

/**
 * What an agent has heard, as numbers between 0 and 1: the clock and whether it is its turn, how many of those that have to
 * agree have done so, then for each thread that it hears (its
 * own first, then the others by number) the state, the patience left, whether the agent spoke last, the commitments that are open
 * (of those that can be passed on also whether the agent owes them, and whether they are owed to it), and each parameter that is bound, with its parts scaled.
 */
export class Inbox {
  readonly #tables: Tables;
  /** For each role: what it hears of threads of its own (`inside`: that it is part of) and of others. */
  readonly #inside: readonly Hearing[];
  readonly #outside: readonly (Hearing | null)[];
  /** Members that have to join in the move that waits for all; 0 where there is none. */
  readonly #quorum: number;
  readonly #debts: Debts;
  /** 1 for commitments that can be passed on. [C] */
  readonly #passable: Uint8Array;

  constructor(tables: Tables, debts: Debts) {
    this.#tables = tables;
    this.#debts = debts;
    this.#passable = Uint8Array.from(tables.declaration.commitments, (commitment) => (canPass(commitment) ? 1 : 0));
    const { declaration, moves, parameters } = tables;
    const seen = (public_: boolean): Hearing => {
      const heard = moves.filter(({ move }) => !public_ || move.heardBy === 'all' || move.thread === 'all');
      const indexes = new Set(heard.flatMap(({ out }) => out));
      const list = [...indexes]
        .sort((a, b) => a - b)
        .map((index) => {
          const { name, grid } = parameters[index];
          return { index, name, sizes: grid?.sizes ?? [] };
        });
      const values = list.reduce((sum, { sizes }) => sum + 1 + sizes.length, 0);
      const owed = declaration.commitments.reduce((sum, commitment) => sum + (canPass(commitment) ? 4 : 2), 0);
      return { parameters: list, size: tables.states.length + 2 + owed + values };
    };
    const publicHearing = moves.some(({ move }) => move.heardBy === 'all') ? seen(true) : null;
    this.#quorum = Math.max(0, ...moves.map(({ onceAll, quorum }) => (onceAll < 0 ? 0 : quorum)));
    this.#inside = declaration.roles.map(() => seen(false));
    this.#outside = declaration.roles.map(({ name }) => (declaration.threads.includes(name) ? publicHearing : null));
  }

  /** How many numbers a role's inbox has. */
  size(role: number): number {
    return (
      3 +
      this.#inside[role].size * this.#insideCount(role) +
      (this.#outside[role]?.size ?? 0) * this.#outsideCount(role)
    );
  }

  /** The inbox of a role as fields of an observation. */
  fields(role: number): readonly Field[] {
    const { states, declaration } = this.#tables;
    const fields: Field[] = [
      { name: 'clock', size: 1 },
      { name: 'turn', size: 1 },
      { name: 'joined', size: 1 },
    ];
    const add = ({ parameters }: Hearing, prefix: string) => {
      fields.push({ name: `${prefix}state`, size: states.length }, { name: `${prefix}patience`, size: 1 });
      fields.push({ name: `${prefix}mine`, size: 1 });
      for (const commitment of declaration.commitments) {
        fields.push({ name: `${prefix}${commitment.id}`, size: 2 });
        if (canPass(commitment)) fields.push({ name: `${prefix}${commitment.id}.parties`, size: 2 });
      }
      for (const { name, sizes } of parameters) fields.push({ name: `${prefix}${name}`, size: 1 + sizes.length });
    };
    const count = this.#insideCount(role);
    for (let i = 0; i < count; i++) add(this.#inside[role], count === 1 ? '' : `thread${i}.`);
    const outside = this.#outside[role];
    if (outside !== null) for (let i = 0; i < this.#outsideCount(role); i++) add(outside, `other${i}.`);
    return fields;
  }

  /** Writes what an agent has heard from `offset` on and returns the offset behind it. */
  write(state: TalkState, agent: number, out: Float32Array, offset = 0): number {
    const { participants, declaration } = this.#tables;
    const role = participants.roleOf[agent];
    const own = participants.threadOf[agent];
    const { ticks } = declaration.deadline ?? { ticks: 0 };
    out[offset] = ticks === 0 ? 0 : Math.min(1, state.tick / ticks);
    out[offset + 1] = declaration.order === 'ring' && state.turn === agent && !state.over ? 1 : 0;
    let joined = 0;
    for (let a = 0; a < state.joined.length; a++) joined += state.joined[a];
    out[offset + 2] = this.#quorum === 0 ? 0 : Math.min(1, joined / this.#quorum);
    let at = offset + 3;
    if (own >= 0) at = this.#writeThread(state, agent, own, this.#inside[role], out, at);
    const hearing = own >= 0 ? this.#outside[role] : this.#inside[role];
    if (hearing === null) return at;
    for (let t = 0; t < state.states.length; t++) {
      if (t !== own) at = this.#writeThread(state, agent, t, hearing, out, at);
    }
    return at;
  }

  #writeThread(
    state: TalkState,
    agent: number,
    thread: number,
    { parameters }: Hearing,
    out: Float32Array,
    offset: number,
  ): number {
    const { states, within, declaration } = this.#tables;
    const at = state.states[thread];
    let next = offset;
    for (let s = 0; s < states.length; s++) out[next++] = s === at ? 1 : 0;
    out[next++] = within[at] === 0 ? 0 : 1 - (state.tick - state.since[thread]) / within[at];
    out[next++] = state.lastSender[thread] === agent ? 1 : 0;
    const commitments = declaration.commitments.length;
    for (let c = 0; c < commitments; c++) {
      const status = state.status[thread * commitments + c];
      out[next++] = status === 1 ? 1 : 0;
      out[next++] = status === 2 ? 1 : 0;
      if (this.#passable[c] === 0) continue;
      const open = status === 1 || status === 2;
      out[next++] = open && this.#debts.debtorOf(state, thread, c) === agent ? 1 : 0;
      out[next++] = open && this.#debts.creditorOf(state, thread, c) === agent ? 1 : 0;
    }
    const first = thread * this.#tables.parameters.length;
    for (let p = 0; p < parameters.length; p++) {
      const { index, sizes } = parameters[p];
      const known = state.bound[first + index];
      out[next] = known;
      let left = known === 1 ? state.values[first + index] : 0;
      for (let part = sizes.length - 1; part >= 0; part--) {
        const size = sizes[part];
        out[next + 1 + part] = size === 1 ? 0 : (left % size) / (size - 1);
        left = Math.floor(left / size);
      }
      next += 1 + sizes.length;
    }
    return next;
  }

  /** Threads that a role is part of: its own, or all where it owns none. */
  #insideCount(role: number): number {
    return this.#owns(role) ? 1 : this.#tables.participants.ownerOf.length;
  }

  #outsideCount(role: number): number {
    return this.#owns(role) ? this.#tables.participants.ownerOf.length - 1 : 0;
  }

  #owns(role: number): boolean {
    return this.#tables.participants.threadOf[this.#tables.participants.firstOf[role]] >= 0;
  }
}
