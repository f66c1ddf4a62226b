import { type MultiDiscreteSpace, multiDiscrete, PolityError } from '#core';
import type { Declaration } from '../declaration.ts';
import { type Facts, noFacts } from '../rule.ts';
import { Debts } from './debts.ts';
import { Inbox } from './inbox.ts';
import { OpenValues } from './open-values.ts';
import type { Participants } from './participants.ts';
import { beginState, restartState, type TalkState } from './state.ts';
import { type Component, type MoveTable, type RoleTable, type Tables, tabulate, type Utterance } from './tables.ts';
import { TalkView } from './view.ts';

/**
 * A protocol at work: what each agent may say now as a mask, what is said as choices, and what was heard as numbers. All of it
 * reads and writes a `TalkState` that the caller keeps; nothing is allocated after it is made.
 *
 * A message is chosen part by part: the first choice is silence (0) or an utterance, the others are the contents of all moves
 * side by side, of which only those of the chosen move count. Where a content cannot be chosen now, its mask leaves choice 0.
 */
export class Talk {
  readonly declaration: Declaration;
  readonly participants: Participants;
  readonly tables: Tables;
  readonly inbox: Inbox;
  readonly #debts: Debts;
  readonly #view: TalkView;
  readonly #open: OpenValues;
  readonly #deadline: number;
  readonly #deadlineState: number;

  constructor(declaration: Declaration) {
    this.declaration = declaration;
    this.tables = tabulate(declaration);
    this.participants = this.tables.participants;
    this.#debts = new Debts(this.tables);
    this.inbox = new Inbox(this.tables, this.#debts);
    this.#view = new TalkView(this.tables, beginState(this.tables));
    this.#open = new OpenValues(this.tables, this.#view);
    this.#deadline = declaration.deadline?.ticks ?? Number.POSITIVE_INFINITY;
    this.#deadlineState = this.tables.stateIndex.get(declaration.deadline?.to ?? '') ?? -1;
  }

  begin(): TalkState {
    return beginState(this.tables);
  }

  /** Another conversation among the same agents, in place: the accounts of commitments stay. */
  restart(state: TalkState): void {
    restartState(state, this.tables);
  }

  /** The message part of a role's action space, for an action of its own or beside other parts (`sizes`). */
  space(role: number): MultiDiscreteSpace {
    const { utterances, components } = this.tables.roles[role];
    const names = components.map(({ move, parameter, part }) => {
      const { name, grid } = this.tables.parameters[parameter];
      return `${move.move.id}.${name}${part < 0 || grid?.sizes.length === 1 ? '' : `.${part}`}`;
    });
    return multiDiscrete([1 + utterances.length, ...components.map(({ size }) => size)], ['say', ...names]);
  }

  /** What the choices of a role's first part say, for people: `accept -> participant_1`. */
  utteranceLabels(role: number): readonly string[] {
    const { ownerOf, names } = this.participants;
    const { utterances } = this.tables.roles[role];
    const labels = utterances.map(({ move, thread }) =>
      thread < 0 ? move.move.id : `${move.move.id} -> ${names[ownerOf[thread]]}`,
    );
    return ['silence', ...labels];
  }

  /** Whether an agent can say anything now. */
  canSpeak(state: TalkState, agent: number, facts: Facts = noFacts): boolean {
    this.#view.facts = facts;
    this.#open.forget();
    const { utterances } = this.tables.roles[this.participants.roleOf[agent]];
    for (let u = 0; u < utterances.length; u++) if (this.#allows(state, agent, utterances[u])) return true;
    return false;
  }

  /**
   * Writes what an agent may say now, from `offset` on, and returns the offset behind it. Exact for every choice by itself;
   * a content that several threads allow differently is open where any of them allows it.
   *
   * Shapes: mask [1 + utterances + contents], the parts of `space` side by side.
   */
  writeMask(state: TalkState, agent: number, mask: Uint8Array, offset = 0, facts: Facts = noFacts): number {
    this.#view.facts = facts;
    const { utterances, components } = this.tables.roles[this.participants.roleOf[agent]];
    this.#open.forget();
    let speaks = 0;
    for (let u = 0; u < utterances.length; u++) {
      const allowed = this.#allows(state, agent, utterances[u]) ? 1 : 0;
      mask[offset + 1 + u] = allowed;
      speaks |= allowed;
    }
    // In a ring somebody has to say something when it is their turn.
    mask[offset] = speaks === 1 && (this.declaration.order === 'ring' || !this.#maySayNothing(state, agent)) ? 0 : 1;
    let at = offset + 1 + utterances.length;
    for (let c = 0; c < components.length; c++) {
      this.#writeComponent(state, agent, components[c], mask, offset, at);
      at += components[c].size;
    }
    return at;
  }

  /**
   * Says what an agent chose, from `offset` of its action on; returns the number of the move, -1 for silence.
   *
   * Throws: PolityError (contract) for what the mask forbids.
   */
  say(state: TalkState, agent: number, action: ArrayLike<number>, offset = 0, facts: Facts = noFacts): number {
    this.#view.facts = facts;
    this.#open.expect(action, offset);
    const choice = action[offset];
    const role = this.tables.roles[this.participants.roleOf[agent]];
    if (choice === 0) {
      if (this.declaration.order === 'ring' && agent === state.turn && !state.over) this.#pass(state);
      return -1;
    }
    const utterance = role.utterances[choice - 1];
    if (utterance === undefined || !this.#allows(state, agent, utterance)) throw this.#refusal(agent, choice);
    const { move, thread } = utterance;
    state.said++;
    if (thread < 0 && move.move.thread === 'all') {
      for (let t = 0; t < state.states.length; t++) this.#apply(state, agent, move, t, role, action, offset);
    } else this.#apply(state, agent, move, this.#threadOf(agent, thread), role, action, offset);
    if (move.senderTo >= 0) {
      const own = this.participants.threadOf[agent];
      state.uses[own * this.tables.moves.length + move.index]++;
      this.#enter(state, own, move.senderTo);
    }
    if (this.declaration.order === 'ring') this.#pass(state);
    this.#judgeOver(state);
    return move.index;
  }

  /** Lets a tick pass: patience and deadlines run out. Returns whether the conversation is over. */
  advance(state: TalkState): boolean {
    if (state.over) return true;
    const { within, late, final } = this.tables;
    state.tick++;
    this.#debts.advance(state);
    for (let thread = 0; thread < state.states.length; thread++) {
      const at = state.states[thread];
      if (final[at] === 1) continue;
      if (state.tick >= this.#deadline) this.#enter(state, thread, this.#deadlineState);
      else if (within[at] > 0 && state.tick - state.since[thread] > within[at]) {
        this.#enter(state, thread, late[at]);
        // Where the talk goes on, what nobody answered in time is not answered any more.
        state.lastMessage[thread] = 0;
      }
    }
    this.#judgeOver(state);
    return state.over;
  }

  /** The last tick at which an answer in this thread counts; -1 where there is no such limit. */
  replyBy(state: TalkState, thread: number): number {
    const at = state.states[thread];
    if (this.tables.final[at] === 1) return -1;
    const patience = this.tables.within[at];
    const limit = patience > 0 ? state.since[thread] + patience : Number.POSITIVE_INFINITY;
    const last = Math.min(limit, this.#deadline - 1);
    return last === Number.POSITIVE_INFINITY ? -1 : last;
  }

  /** The agent that owes a commitment of a thread, or would owe it; commitments are numbered as they are declared. */
  debtorOf(state: TalkState, thread: number, commitment = 0): number {
    return this.#debts.debtorOf(state, thread, commitment);
  }

  /** The agent that a commitment of a thread is owed to, or would be. */
  creditorOf(state: TalkState, thread: number, commitment = 0): number {
    return this.#debts.creditorOf(state, thread, commitment);
  }

  /** Rules about silence look at the agent's own thread, or the conversation's. */
  #maySayNothing(state: TalkState, agent: number): boolean {
    if (this.tables.silence.length === 0) return true;
    this.#view.look(state, agent, this.#threadOf(agent, -1));
    return this.#permits(this.tables.silence, 0);
  }

  #writeComponent(
    state: TalkState,
    agent: number,
    component: Component,
    mask: Uint8Array,
    offset: number,
    at: number,
  ): void {
    const { size, move, rules, narrowing } = component;
    const { utterances } = this.tables.roles[this.participants.roleOf[agent]];
    for (let v = 0; v < size; v++) mask[at + v] = 0;
    let open = false;
    for (let u = 0; u < utterances.length; u++) {
      if (utterances[u].move !== move || mask[offset + 1 + u] === 0) continue;
      open = true;
      if (rules.length === 0 && narrowing.length === 0) {
        mask.fill(1, at, at + size);
        break;
      }
      const thread = this.#threadOf(agent, utterances[u].thread);
      this.#view.look(state, agent, thread);
      this.#open.workOut(component);
      for (let v = 0; v < size; v++) mask[at + v] |= this.#open.values[v];
    }
    if (!open) mask[at] = 1;
  }

  /** Whether the automaton lets an agent say something now, whatever the rules say of it. */
  stands(state: TalkState, agent: number, utterance: Utterance): boolean {
    return this.#allows(state, agent, utterance, false);
  }

  #allows(state: TalkState, agent: number, { move, thread }: Utterance, ruled = true): boolean {
    if (state.over || (this.declaration.order === 'ring' && agent !== state.turn)) return false;
    const { threadOf } = this.participants;
    if (move.senderFrom !== null && move.senderFrom[state.states[threadOf[agent]]] === 0) return false;
    if (thread >= 0 && thread === threadOf[agent]) return false;
    if (move.onceAll >= 0) {
      if (state.joined[agent] === 1) return false;
      if (!move.move.countsAll && state.opener[0] === agent) return false;
    }
    if (move.move.thread === 'all') {
      for (let t = 0; t < state.states.length; t++) if (!this.#fits(state, agent, move, t, ruled)) return false;
      return true;
    }
    return this.#fits(state, agent, move, this.#threadOf(agent, thread), ruled);
  }

  /** Whether a move can be made in one thread: state, information, counts, then rules, and a value for every content. */
  #fits(state: TalkState, agent: number, move: MoveTable, thread: number, ruled: boolean): boolean {
    if (move.from[state.states[thread]] === 0) return false;
    const first = thread * this.tables.parameters.length;
    const { in: needed, fresh, nil } = move;
    for (let i = 0; i < needed.length; i++) if (state.bound[first + needed[i]] === 0) return false;
    for (let i = 0; i < fresh.length; i++) if (state.bound[first + fresh[i]] === 1) return false;
    for (let i = 0; i < nil.length; i++) if (state.bound[first + nil[i]] === 1) return false;
    const use = thread * this.tables.moves.length + move.index;
    if (move.move.atMost !== undefined && state.uses[use] >= move.move.atMost) return false;
    if (move.move.oncePerTick && state.usedAt[use] === state.tick) return false;
    if (!this.#mayBeSaidBy(state, agent, move, thread)) return false;
    if (!ruled) return true;
    this.#view.look(state, agent, thread);
    if (!this.#permits(move.rules, 0)) return false;
    return this.#open.someOfEach(this.tables.roles[move.role].components, move);
  }

  /** Whether an agent has the part in the thread's commitments that a move asks for, or was named. */
  #mayBeSaidBy(state: TalkState, agent: number, move: MoveTable, thread: number): boolean {
    const { onlyDebtor, onlyCreditor, onlyNamed, named } = move;
    if (onlyDebtor >= 0 && this.#debts.debtorOf(state, thread, onlyDebtor) !== agent) return false;
    if (onlyCreditor >= 0 && this.#debts.creditorOf(state, thread, onlyCreditor) !== agent) return false;
    if (named !== null) {
      const at = thread * this.tables.parameters.length + onlyNamed;
      if (state.bound[at] === 0 || named[state.values[at]] !== agent) return false;
    }
    return !move.passesOn || this.#debts.allows(state, thread, move.index, agent);
  }

  #permits(rules: readonly { permits(view: TalkView, value: number): boolean }[], value: number): boolean {
    for (let r = 0; r < rules.length; r++) if (!rules[r].permits(this.#view, value)) return false;
    return true;
  }

  #threadOf(agent: number, thread: number): number {
    return thread >= 0 ? thread : Math.max(0, this.participants.threadOf[agent]);
  }

  #apply(
    state: TalkState,
    agent: number,
    move: MoveTable,
    thread: number,
    role: RoleTable,
    action: ArrayLike<number>,
    offset: number,
  ): void {
    const first = thread * this.tables.parameters.length;
    const { renewed, keys, out } = move;
    for (let i = 0; i < renewed.length; i++) state.bound[first + renewed[i]] = 0;
    for (let i = 0; i < keys.length; i++) {
      state.bound[first + keys[i]] = 1;
      state.values[first + keys[i]]++;
    }
    for (let i = 0; i < out.length; i++) {
      state.bound[first + out[i]] = 1;
      state.values[first + out[i]] = 0;
    }
    for (let c = 0; c < role.components.length; c++) {
      const component = role.components[c];
      if (component.move !== move) continue;
      state.values[first + component.parameter] += component.weight * action[offset + 1 + c];
    }
    const use = thread * this.tables.moves.length + move.index;
    state.uses[use]++;
    state.usedAt[use] = state.tick;
    state.lastMessage[thread] = state.said;
    state.lastMove[thread] = move.index;
    state.lastSender[thread] = agent;
    this.#debts.said(state, thread, move.index, agent);
    this.#enter(state, thread, this.#target(state, agent, move, thread));
  }

  #target(state: TalkState, agent: number, move: MoveTable, thread: number): number {
    if (move.onceAll < 0) {
      state.opener[thread] = agent;
      state.joined.fill(0);
      return move.to;
    }
    state.joined[agent] = 1;
    let count = 0;
    for (let a = 0; a < state.joined.length; a++) count += state.joined[a];
    return count >= move.quorum ? move.onceAll : move.to;
  }

  #enter(state: TalkState, thread: number, to: number): void {
    state.states[thread] = to;
    state.since[thread] = state.tick;
    if (this.tables.final[to] === 1) this.#debts.ended(state, thread);
  }

  #pass(state: TalkState): void {
    state.turn = state.turn + 1 === this.participants.names.length ? 0 : state.turn + 1;
  }

  #judgeOver(state: TalkState): void {
    const { final } = this.tables;
    for (let t = 0; t < state.states.length; t++) if (final[state.states[t]] === 0) return;
    state.over = true;
  }

  #refusal(agent: number, choice: number): PolityError {
    const labels = this.utteranceLabels(this.participants.roleOf[agent]);
    return new PolityError({
      code: 'contract',
      where: `protocol ${this.declaration.id} › ${this.participants.names[agent]}`,
      message: 'this cannot be said now',
      got: labels[choice] ?? `choice ${choice}`,
      remedy: 'Choose under the mask',
    });
  }
}

/**
 * A protocol at work.
 *
 * @example
 * const talk = createTalk(declarationOf(protocols.get('alternating-offers'), { issues: [3], rounds: 2 }));
 * const state = talk.begin();
 * const moves = [talk.say(state, 0, [1, 2]), talk.say(state, 1, [2, 0])];
 * [talk.utteranceLabels(0), talk.tables.states[state.states[0]], state.over] // [['silence', 'offer', 'accept', 'end'], 'agreed', true]
 */
export function createTalk(declaration: Declaration): Talk {
  return new Talk(declaration);
}
