import type { CommitmentBook, CommitmentRecord } from '../commitment.ts';
import { isOpen } from '../commitment.ts';
import type { Grid } from '../content.ts';
import type { Commitment, Declaration, Move } from '../declaration.ts';
import type { Message } from '../message.ts';
import { hearersOf, type Participants, participantsOf } from '../talk/participants.ts';
import type { Violation } from './clause.ts';
import { contentProblem } from './content-problem.ts';
import { Obligations } from './obligations.ts';
import { notUnderstood, readEnvelope, type Unreadable } from './read-envelope.ts';
import { applyMove, beginThread, hindrance, isFinal, type Thread } from './thread.ts';
import { gridsOf, numberOf, wordView } from './word-view.ts';

/** What became of something that was said. */
export type Hearing =
  | { readonly understood: true; readonly message: Message; readonly move: string }
  | { readonly understood: false; readonly violation: Violation; readonly reply: Message };

/** What somebody says became of a commitment. */
export type CommitmentClaim = Pick<CommitmentRecord, 'id' | 'status'> &
  Partial<Pick<CommitmentRecord, 'debtor' | 'creditor'>>;

/**
 * Listens to a conversation message by message and says what does not conform, by clause. What does not conform is answered
 * with not-understood and changes nothing. It works in words straight from the declaration, slowly, and knows nothing of the
 * tables that masks are made from.
 */
export class Monitor {
  readonly declaration: Declaration;
  readonly conversationId: string;
  readonly #participants: Participants;
  readonly #threads: readonly Thread[];
  readonly #obligations: Obligations;
  readonly #grids: ReadonlyMap<string, Grid>;
  readonly #violations: Violation[] = [];
  /** Last tick for answers to each message, by its id. */
  readonly #replyBy = new Map<string, number>();
  #tick = 0;
  #turn = 0;

  constructor(declaration: Declaration, conversationId: string) {
    this.declaration = declaration;
    this.conversationId = conversationId;
    this.#participants = participantsOf(declaration);
    const { names, ownerOf } = this.#participants;
    this.#threads = [...ownerOf].map((owner) => beginThread(declaration, names[owner] ?? null));
    this.#obligations = new Obligations(declaration);
    this.#grids = gridsOf(declaration);
  }

  get tick(): number {
    return this.#tick;
  }

  get over(): boolean {
    return this.#threads.every(({ state }) => isFinal(this.declaration, state));
  }

  /** State of each thread, by its owner; `conversation` where there is one for all. */
  get states(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#threads.map(({ owner, state }) => [owner ?? 'conversation', state]));
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  get commitments(): CommitmentBook {
    return this.#obligations.book;
  }

  /** Hears anything at all, whatever it is. */
  hear(said: unknown): Hearing {
    const read = readEnvelope(said, this.declaration);
    if ('problem' in read) return this.#refuse(said, read.problem);
    const { message } = read;
    const found = this.#findMove(message);
    if ('problem' in found) return this.#refuse(said, found.problem);
    this.#apply(message, found.move, found.threads);
    return { understood: true, message, move: found.move.id };
  }

  /** In a ring: whoever's turn it is says nothing. */
  pass(): void {
    this.#turn = (this.#turn + 1) % this.#participants.names.length;
  }

  /** Lets a tick pass. */
  advance(): void {
    if (this.over) return;
    this.#tick++;
    this.#obligations.book.advance(this.#tick);
    const { deadline, states } = this.declaration;
    for (const thread of this.#threads) {
      if (isFinal(this.declaration, thread.state)) continue;
      const { within, late } = states.find(({ name }) => name === thread.state) ?? {};
      if (deadline !== undefined && this.#tick >= deadline.ticks) this.#enter(thread, deadline.to);
      else if (late !== undefined && this.#tick - thread.since > (within ?? 0)) {
        this.#enter(thread, late);
        // Where the talk goes on, what nobody answered in time is not answered any more.
        thread.open = null;
      }
    }
  }

  /** The conversation is said to be over: what is not (C8), what is still owed, and what is claimed wrongly (C9). */
  close(claims?: readonly CommitmentClaim[]): readonly Violation[] {
    const found: Violation[] = [];
    const report = (clause: 'C8' | 'C9', message: string) => found.push({ clause, message, tick: this.#tick });
    for (const { owner, state } of this.#threads) {
      const whose = owner === null ? 'the conversation' : `the thread of ${owner}`;
      if (!isFinal(this.declaration, state)) report('C8', `${whose} stopped at "${state}", which is not final`);
    }
    const { records } = this.commitments;
    for (const { id, status } of records.filter(isOpen)) report('C9', `the commitment "${id}" is left ${status}`);
    for (const { id, status, ...parties } of claims ?? []) {
      const record = this.commitments.has(id) ? this.commitments.get(id) : undefined;
      const is = record?.status ?? 'not there';
      if (is !== status) report('C9', `the commitment "${id}" is ${is}, not ${status}`);
      for (const part of ['debtor', 'creditor'] as const) {
        const said = parties[part];
        if (record === undefined || said === undefined || said === record[part]) continue;
        report('C9', `the ${part} of the commitment "${id}" is ${record[part]}, not ${said}`);
      }
    }
    if (claims !== undefined) {
      const missing = records.find(({ id }) => !claims.some((claim) => claim.id === id));
      if (missing !== undefined) report('C9', `nothing is said about the commitment "${missing.id}"`);
    }
    this.#violations.push(...found);
    return found;
  }

  #findMove(
    message: Message,
  ): { readonly move: Move; readonly threads: readonly Thread[] } | { readonly problem: Unreadable } {
    const { conversationId, sender, performative, receiver, replyWith, inReplyTo } = message;
    const problem = (clause: Violation['clause'], text: string, rule?: string) => ({
      problem: { clause, message: text, ...(rule === undefined ? {} : { rule }) },
    });
    if (conversationId !== this.conversationId) {
      return problem('C2', `this is conversation "${this.conversationId}", not "${conversationId}"`);
    }
    const agent = this.#participants.names.indexOf(sender);
    if (agent < 0) return problem('C5', `"${sender}" does not take part`);
    const role = this.declaration.roles[this.#participants.roleOf[agent]].name;
    const own = this.declaration.moves.filter((move) => move.performative === performative && move.by === role);
    if (own.length === 0) return problem('C5', `a ${role} does not say ${performative}`);
    const stranger = receiver.find((name) => !this.#participants.names.includes(name));
    if (stranger !== undefined) return problem('C5', `"${stranger}" does not take part`);
    const heard = own.flatMap((move) => this.#threadsOf(move, agent, receiver).map((threads) => ({ move, threads })));
    if (heard.length === 0) return problem('C5', `${performative} by ${role} is not said to ${receiver.join(', ')}`);
    if (this.#replyBy.has(replyWith)) return problem('C3', `"${replyWith}" was the id of another message`);
    const limit = inReplyTo === undefined ? undefined : this.#replyBy.get(inReplyTo);
    if (inReplyTo !== undefined && limit === undefined)
      return problem('C3', `"${inReplyTo}" is no message of this conversation`);
    if (limit !== undefined && limit < this.#tick)
      return problem('C4', `answers to "${inReplyTo}" were due by tick ${limit}`);
    const { deadline } = this.declaration;
    if (deadline !== undefined && this.#tick >= deadline.ticks)
      return problem('C4', `the conversation ended at tick ${deadline.ticks}`);
    if (message.replyBy !== undefined && message.replyBy < this.#tick) {
      return problem('C4', `it wants answers by tick ${message.replyBy}, which has passed`);
    }
    if (this.declaration.order === 'ring' && agent !== this.#turn) {
      return problem('C1', `it is the turn of ${this.#participants.names[this.#turn]}`);
    }
    const hindrances = heard.map(({ move, threads }) => this.#hindrance(move, threads, sender));
    const possible = heard.filter((_, i) => hindrances[i] === undefined);
    if (possible.length === 0) return problem('C1', `${heard[0].move.id} cannot be said now: ${hindrances[0]}`);
    const cited = possible.filter(({ move, threads }) => {
      const open = threads[0].open;
      return move.reply && open !== null ? inReplyTo === open : inReplyTo === undefined;
    });
    if (cited.length === 0) {
      const [{ move, threads }] = possible;
      const expected = move.reply ? threads[0].open : null;
      return problem('C3', expected === null ? `${move.id} answers nothing` : `${move.id} answers "${expected}"`);
    }
    const contents = cited.map(({ move, threads }) =>
      contentProblem(this.declaration, move, threads[0], message.content, this.#grids),
    );
    const fitting = cited.filter((_, i) => contents[i] === undefined);
    if (fitting.length === 0) return problem('C6', `${cited[0].move.id}: ${contents[0]}`);
    const [{ move, threads }] = fitting;
    const rule = this.#brokenRule(move, threads, message);
    if (rule !== undefined) return problem('C1', `${move.id} breaks a rule: ${rule.says}`, rule.id);
    const after = this.#limitAfter(move, threads, sender);
    if (message.replyBy !== undefined && message.replyBy !== after) {
      return problem(
        'C4',
        `answers to ${move.id} are due ${after === undefined ? 'at no tick' : `by tick ${after}`}, not ${message.replyBy}`,
      );
    }
    return { move, threads };
  }

  /** The threads that a move said to these would be in: none where it is not said to these. */
  #threadsOf(move: Move, agent: number, receiver: readonly string[]): readonly (readonly Thread[])[] {
    const { ownerOf, threadOf, names, roleOf } = this.#participants;
    const all = [...ownerOf.keys()];
    const candidates = {
      conversation: () => [0],
      own: () => [threadOf[agent]],
      all: () => [-1],
      addressed: () =>
        all.filter((thread) => {
          const owner = ownerOf[thread];
          const role = this.declaration.roles[roleOf[owner]].name;
          return owner !== agent && (move.addressee ?? role) === role;
        }),
    }[move.thread]();
    return candidates
      .filter((thread) => {
        const hearers = hearersOf(this.#participants, move, agent, thread).map((hearer) => names[hearer]);
        return hearers.length === receiver.length && hearers.every((name, i) => name === receiver[i]);
      })
      .map((thread) => (thread < 0 ? this.#threads : [this.#threads[thread]]));
  }

  #hindrance(move: Move, threads: readonly Thread[], sender: string): string | undefined {
    for (const thread of threads) {
      const found = hindrance(this.declaration, thread, move, sender, this.#tick);
      if (found !== undefined) return found;
      const barred = this.#barred(move, thread, sender) ?? this.#obligations.hindrance(thread.owner, move.id, sender);
      if (barred !== undefined) return barred;
    }
    if (move.sender === undefined) return undefined;
    const own = this.#threads.find(({ owner }) => owner === sender) as Thread;
    return move.sender.from.includes(own.state) ? undefined : `${sender} is at "${own.state}"`;
  }

  /** Why a move is not this sender's to make; undefined where it is. */
  #barred({ only }: Move, thread: Thread, sender: string): string | undefined {
    if (only === undefined) return undefined;
    if ('named' in only) {
      const named = thread.bound.get(only.named);
      return named === sender ? undefined : `"${only.named}" is ${named ?? 'nobody'}, not ${sender}`;
    }
    const [part, id] = 'debtor' in only ? (['debtor', only.debtor] as const) : (['creditor', only.creditor] as const);
    const commitment = this.declaration.commitments.find((one) => one.id === id) as Commitment;
    const party = this.#obligations.partiesOf(commitment, thread.owner)[part];
    return party === sender ? undefined : `the ${part} of "${id}" is ${party}, not ${sender}`;
  }

  #brokenRule(move: Move, threads: readonly Thread[], { sender, content }: Message) {
    const rules = this.declaration.rules.filter(({ moves, soft }) => soft !== true && moves.includes(move.id));
    return rules.find(({ parameter, ...rule }) =>
      threads.some((thread) => {
        const now = { sender, thread, tick: this.#tick };
        const view = wordView(this.declaration, this.#threads, this.#participants.names, this.#grids, now);
        const value = parameter === undefined ? 0 : numberOf(this.#grids, parameter, content[parameter]);
        return !rule.permits(view, value);
      }),
    );
  }

  #apply({ sender, content, replyWith }: Message, move: Move, threads: readonly Thread[]): void {
    const { count: size } = this.declaration.roles.find(({ name }) => name === move.by) as { count: number };
    for (const thread of threads) {
      applyMove(this.declaration, thread, move, content, { sender, id: replyWith, tick: this.#tick, size });
      this.#obligations.said(thread.owner, move.id, this.#tick, sender);
      this.#enter(thread, thread.state);
    }
    if (move.sender !== undefined) {
      const own = this.#threads.find(({ owner }) => owner === sender) as Thread;
      own.uses.set(move.id, [...(own.uses.get(move.id) ?? []), this.#tick]);
      this.#enter(own, move.sender.to);
    }
    this.#replyBy.set(replyWith, this.#limit(threads[0].state) ?? Number.POSITIVE_INFINITY);
    if (this.declaration.order === 'ring') this.pass();
  }

  #enter(thread: Thread, state: string): void {
    thread.state = state;
    thread.since = this.#tick;
    if (isFinal(this.declaration, state)) this.#obligations.ended(thread.owner, this.#tick);
  }

  /** Last tick for an answer in a thread that comes to a state now. */
  #limit(state: string): number | undefined {
    const { states, deadline } = this.declaration;
    if (isFinal(this.declaration, state)) return undefined;
    const { within } = states.find(({ name }) => name === state) ?? {};
    const limits = [
      within === undefined ? [] : this.#tick + within,
      deadline === undefined ? [] : deadline.ticks - 1,
    ].flat();
    return limits.length === 0 ? undefined : Math.min(...limits);
  }

  #limitAfter(move: Move, [thread]: readonly Thread[], sender: string): number | undefined {
    const { count } = this.declaration.roles.find(({ name }) => name === move.by) as { count: number };
    const joined = new Set(thread.joined).add(sender).size;
    const all = move.onceAll !== undefined && joined >= count - (move.countsAll ? 0 : 1);
    return this.#limit(all ? (move.onceAll as string) : move.to);
  }

  #refuse(said: unknown, { clause, rule, message }: Unreadable): Hearing {
    const violation: Violation = { clause, ...(rule === undefined ? {} : { rule }), message, tick: this.#tick };
    this.#violations.push(violation);
    const reply = notUnderstood(said, violation, {
      protocol: this.declaration.id,
      conversationId: this.conversationId,
      number: this.#violations.length,
    });
    return { understood: false, violation, reply };
  }
}
