import { type Facts, noFacts, type RuleView } from '../rule.ts';
import type { TalkState } from './state.ts';
import type { Tables } from './tables.ts';

/** What rules see of a conversation in numbers; one for all questions, moved from one to the next. */
export class TalkView implements RuleView {
  readonly threads: number;
  sender = 0;
  thread = 0;
  facts: Facts = noFacts;
  readonly #tables: Tables;
  #state: TalkState;

  constructor(tables: Tables, state: TalkState) {
    this.#tables = tables;
    this.#state = state;
    this.threads = tables.participants.ownerOf.length;
  }

  look(state: TalkState, sender: number, thread: number): void {
    this.#state = state;
    this.sender = sender;
    this.thread = thread;
  }

  get tick(): number {
    return this.#state.tick;
  }

  ownerOf(thread: number): number {
    return this.#tables.participants.ownerOf[thread];
  }

  inState(thread: number, state: string): boolean {
    return this.#state.states[thread] === this.#tables.stateIndex.get(state);
  }

  known(thread: number, parameter: string): boolean {
    return this.#state.bound[this.#at(thread, parameter)] === 1;
  }

  value(thread: number, parameter: string): number {
    const index = this.#tables.parameterIndex.get(parameter) as number;
    const at = thread * this.#tables.parameters.length + index;
    if (this.#state.bound[at] === 0) return 0;
    return this.#state.values[at] + (this.#tables.parameters[index].grid?.base ?? -1);
  }

  uses(thread: number, move: string): number {
    return this.#state.uses[thread * this.#tables.moves.length + (this.#tables.moveIndex.get(move) as number)];
  }

  patience(thread: number): number {
    const { within, declaration } = this.#tables;
    const ticks = within[this.#state.states[thread]];
    const deadline = declaration.deadline === undefined ? Number.POSITIVE_INFINITY : declaration.deadline.ticks - 1;
    const limit = ticks > 0 ? this.#state.since[thread] + ticks : Number.POSITIVE_INFINITY;
    return Math.min(limit, deadline) - this.#state.tick;
  }

  #at(thread: number, parameter: string): number {
    return thread * this.#tables.parameters.length + (this.#tables.parameterIndex.get(parameter) as number);
  }
}
