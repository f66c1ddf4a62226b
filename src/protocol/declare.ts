import { PolityError, parseWith, place, suggest } from '#core';
import { gridOf } from './content.ts';
import { type Declaration, type DeclarationSpec, declarationSchema, type Move } from './declaration.ts';
import { namesAgents } from './names-agents.ts';
import { silence } from './rule.ts';

/**
 * Checks a declaration (its shape, and that every name refers to something) and completes it with defaults. What its automaton
 * is worth is another question: `checkDeclaration`.
 *
 * Throws: PolityError (input) that names the place, with the name that was meant.
 *
 * @example
 * const { moves } = declare({
 *   id: 'ping',
 *   roles: [{ name: 'a', count: 1 }, { name: 'b', count: 1 }],
 *   states: [{ name: 'quiet' }, { name: 'done', ends: 'success' }],
 *   moves: [{ id: 'ping', performative: 'inform', by: 'a', from: ['quiet'], to: 'done' }],
 * });
 * [moves[0].thread, moves[0].reply] // ['conversation', true]
 */
export function declare(spec: unknown, where?: string): Declaration {
  const id = (spec as { id?: unknown } | null)?.id;
  const from = where ?? (typeof id === 'string' ? `protocol ${id}` : 'protocol');
  const parsed = parseWith(declarationSchema, spec, from) as unknown as Omit<Declaration, 'threads'> & DeclarationSpec;
  const threads = parsed.threads ?? [];
  const moves = parsed.moves.map((move) => ({ ...move, thread: move.thread ?? usualThread(move.by, threads) }));
  const declaration = { ...parsed, threads, moves } as Declaration;
  new References(declaration, from).check();
  return declaration;
}

function usualThread(by: string, threads: readonly string[]): Move['thread'] {
  if (threads.length === 0) return 'conversation';
  return threads.includes(by) ? 'own' : 'addressed';
}

/** The search for names that refer to nothing, and for parts that do not fit together. */
class References {
  readonly #declaration: Declaration;
  readonly #where: string;
  readonly #roles: readonly string[];
  readonly #states: readonly string[];
  readonly #moves: readonly string[];
  readonly #parameters: readonly string[];

  constructor(declaration: Declaration, where: string) {
    this.#declaration = declaration;
    this.#where = where;
    this.#roles = declaration.roles.map(({ name }) => name);
    this.#states = declaration.states.map(({ name }) => name);
    this.#moves = declaration.moves.map(({ id }) => id);
    this.#parameters = Object.keys(declaration.parameters);
  }

  check(): void {
    const { threads, states, moves, rules, commitments, deadline } = this.#declaration;
    this.#once('roles', this.#roles);
    this.#once('states', this.#states);
    this.#once('moves', this.#moves);
    this.#once(
      'rules',
      rules.map(({ id }) => id),
    );
    this.#once(
      'commitments',
      commitments.map(({ id }) => id),
    );
    for (const role of threads) this.#known('threads', 'role', role, this.#roles);
    this.#checkParameters();
    for (const { name, within, late, ends } of states) {
      const key = `states.${name}`;
      if (late !== undefined) this.#known(`${key}.late`, 'state', late, this.#states);
      if ((late === undefined) !== (within === undefined)) this.#refuse(key, '`within` and `late` go together');
      if (ends !== undefined && within !== undefined) this.#refuse(key, 'a final state that waits');
    }
    for (const move of moves) this.#checkMove(move);
    this.#checkRules();
    this.#checkCommitments();
    if (deadline === undefined) return;
    this.#known('deadline.to', 'state', deadline.to, this.#states);
    if (!this.#ends(deadline.to)) this.#refuse('deadline.to', `"${deadline.to}" is not a final state`);
  }

  #checkParameters(): void {
    const { parameters } = this.#declaration;
    for (const [name, { content, key, under }] of Object.entries(parameters)) {
      const at = `parameters.${name}`;
      if (key === true && (content !== undefined || under !== undefined)) {
        this.#refuse(at, 'a key with content or under another key', 'Keys are numbers that the protocol gives');
      }
      if (key !== true && content === undefined) this.#refuse(at, 'no content', 'Give a type, or `key: true`');
      if (content !== undefined) gridOf(content, `${this.#where} › ${at}`);
      if (under === undefined) continue;
      this.#known(`${at}.under`, 'parameter', under, this.#parameters);
      if (parameters[under].key !== true) this.#refuse(`${at}.under`, `"${under}" is not a key`);
    }
  }

  #checkMove(move: Move): void {
    const { threads, parameters } = this.#declaration;
    const at = `moves.${move.id}`;
    this.#known(`${at}.by`, 'role', move.by, this.#roles);
    for (const state of [...move.from, ...(move.sender?.from ?? [])]) {
      this.#known(`${at}.from`, 'state', state, this.#states);
      if (this.#ends(state)) this.#refuse(`${at}.from`, `"${state}" is a final state`);
    }
    for (const state of [move.to, move.onceAll, move.sender?.to]) {
      if (state !== undefined) this.#known(`${at}.to`, 'state', state, this.#states);
    }
    const carried = [...move.in, ...move.out, ...move.nil];
    for (const name of carried) this.#known(`${at}.in, out, nil`, 'parameter', name, this.#parameters);
    this.#once(`${at}.in, out, nil`, carried);
    for (const name of move.out) {
      const { under } = parameters[name];
      if (under !== undefined && ![...move.in, ...move.out].includes(under)) {
        this.#refuse(`${at}.out`, `"${name}" without its key "${under}"`, 'Carry the key in `in` or `out`');
      }
    }
    if (move.performative === 'not-understood') {
      this.#refuse(`${at}.performative`, 'not-understood is what the protocol itself answers', 'Use refuse or failure');
    }
    const owns = threads.includes(move.by);
    const fits = {
      conversation: threads.length === 0,
      own: owns,
      addressed: threads.length > 0,
      all: threads.length > 0 && !owns,
    };
    if (!fits[move.thread]) {
      this.#refuse(
        `${at}.thread`,
        `"${move.thread}" does not fit`,
        `Threads belong to: ${threads.join(', ') || 'nobody'}`,
      );
    }
    if (move.addressee !== undefined) {
      this.#known(`${at}.addressee`, 'role', move.addressee, threads);
      if (move.thread !== 'addressed') this.#refuse(`${at}.addressee`, 'nobody is addressed by this move');
    }
    if (move.sender !== undefined && !(move.thread === 'addressed' && owns)) {
      this.#refuse(`${at}.sender`, 'the sender has no other thread', 'Leave it out');
    }
    this.#checkOnly(move);
    if (move.onceAll !== undefined && threads.length > 0)
      this.#refuse(`${at}.onceAll`, 'only in a conversation of one thread');
  }

  #checkOnly({ id, only }: Move): void {
    if (only === undefined) return;
    const at = `moves.${id}.only`;
    if (!('named' in only)) {
      const commitments = this.#declaration.commitments.map((commitment) => commitment.id);
      this.#known(at, 'commitment', 'debtor' in only ? only.debtor : only.creditor, commitments);
      return;
    }
    this.#known(at, 'parameter', only.named, this.#parameters);
    if (!namesAgents(this.#declaration, only.named)) {
      this.#refuse(at, `"${only.named}" names no agents`, 'Its content is a list of words such as participant_0');
    }
  }

  #checkRules(): void {
    for (const { id, moves, parameter } of this.#declaration.rules) {
      const at = `rules.${id}`;
      for (const move of moves) this.#known(`${at}.moves`, 'move', move, [...this.#moves, silence]);
      if (parameter === undefined) continue;
      this.#known(`${at}.parameter`, 'parameter', parameter, this.#parameters);
      for (const { id: move, out } of this.#declaration.moves) {
        if (moves.includes(move) && !out.includes(parameter)) {
          this.#refuse(
            `${at}.parameter`,
            `"${move}" does not choose "${parameter}"`,
            'Name moves that have it in `out`',
          );
        }
      }
    }
  }

  #checkCommitments(): void {
    const { roles, threads, commitments } = this.#declaration;
    for (const { id, debtor, creditor, ...commitment } of commitments) {
      const at = `commitments.${id}`;
      for (const [key, who] of [
        ['debtor', debtor],
        ['creditor', creditor],
      ] as const) {
        if (who === 'owner' && threads.length > 0) continue;
        this.#known(`${at}.${key}`, 'role', who, this.#roles);
        if (roles.find(({ name }) => name === who)?.count !== 1)
          this.#refuse(`${at}.${key}`, `"${who}" is not one agent`);
      }
      const { creates, detaches, discharges, releases, cancels, assigns = [], delegates = [] } = commitment;
      for (const move of [...creates, ...detaches, ...discharges, ...releases, ...cancels, ...assigns, ...delegates]) {
        this.#known(at, 'move', move, this.#moves);
      }
    }
  }

  #ends(state: string): boolean {
    return this.#declaration.states.some(({ name, ends }) => name === state && ends !== undefined);
  }

  #once(key: string, list: readonly string[]): void {
    const twice = list.find((item, i) => list.indexOf(item) !== i);
    if (twice !== undefined) this.#refuse(key, `"${twice}" stands there twice`);
  }

  #known(key: string, kind: string, word: string, known: readonly string[]): void {
    if (known.includes(word)) return;
    const remedy = known.length === 0 ? `There is no ${kind}` : suggest(word, known);
    const where = place(this.#where, [key]);
    throw new PolityError({ code: 'input', where, message: `unknown ${kind}`, got: `"${word}"`, remedy });
  }

  #refuse(key: string, message: string, remedy?: string): never {
    const where = place(this.#where, [key]);
    throw new PolityError({ code: 'input', where, message, ...(remedy === undefined ? {} : { remedy }) });
  }
}
