import { PolityError } from '#core';
import type { CommitmentStatus } from './talk/state.ts';

/** C(debtor, creditor, antecedent, consequent): if the antecedent comes true, the debtor owes the creditor the consequent. */
export interface CommitmentRecord {
  readonly id: string;
  readonly debtor: string;
  readonly creditor: string;
  /** Null where it is owed from the start. */
  readonly antecedent: string | null;
  readonly consequent: string;
  readonly status: CommitmentStatus;
  /** Last tick at which the consequent is in time; null while nothing is owed. */
  readonly due: number | null;
  /** Ticks from when it is owed until it is violated. */
  readonly within: number;
  /** What the debtor pays the creditor for a violation. */
  readonly price: number;
}

/** Something that happened to a commitment. */
export interface CommitmentEvent {
  readonly tick: number;
  readonly commitment: string;
  readonly what:
    | 'create'
    | 'detach'
    | 'discharge'
    | 'violate'
    | 'expire'
    | 'release'
    | 'cancel'
    | 'assign'
    | 'delegate';
  readonly status: CommitmentStatus;
  readonly debtor: string;
  readonly creditor: string;
  /** What the debtor paid the creditor at this. */
  readonly paid: number;
}

export type CommitmentTerms = Omit<CommitmentRecord, 'status' | 'due'>;

/**
 * The commitments of a conversation, and who may do what to them: the debtor cancels and delegates, the creditor releases and
 * assigns; what is cancelled when it is owed already, or is late, is violated and paid for.
 *
 * Source: Singh (1999), "An ontology for commitments in multiagent systems"; Telang and Singh (2012) for the life cycle.
 *
 * @example
 * const book = new CommitmentBook();
 * book.create({ id: 'work', debtor: 'b', creditor: 'a', antecedent: 'accepted', consequent: 'done', within: 2, price: 5 }, 0);
 * book.detach('work', 1);
 * book.advance(4);
 * [book.get('work').status, book.balanceOf('b'), book.balanceOf('a')] // ['violated', -5, 5]
 */
export class CommitmentBook {
  readonly #records = new Map<string, CommitmentRecord>();
  readonly #balances = new Map<string, number>();
  readonly #events: CommitmentEvent[] = [];

  get records(): readonly CommitmentRecord[] {
    return [...this.#records.values()];
  }

  get events(): readonly CommitmentEvent[] {
    return this.#events;
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  /** Throws: PolityError (input) where there is none of this id. */
  get(id: string): CommitmentRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw refusal(id, 'there is no such commitment');
    return record;
  }

  /** What an agent got for violations by others less what it paid for its own. */
  balanceOf(agent: string): number {
    return this.#balances.get(agent) ?? 0;
  }

  /** Conditional, or owed at once where there is no antecedent. Throws: PolityError (input) while one of this id is open. */
  create(terms: CommitmentTerms, tick: number): void {
    const before = this.#records.get(terms.id);
    if (before !== undefined && isOpen(before)) throw refusal(terms.id, 'it is open already');
    const owed = terms.antecedent === null;
    this.#records.set(terms.id, { ...terms, status: 'conditional', due: null });
    this.#put(terms.id, 'create', owed ? 'detached' : 'conditional', tick, { due: owed ? tick + terms.within : null });
  }

  /** The antecedent came true: from now on the consequent is owed. */
  detach(id: string, tick: number): void {
    this.#require(id, ['conditional']);
    this.#put(id, 'detach', 'detached', tick, { due: tick + this.get(id).within });
  }

  /** The consequent came true. */
  discharge(id: string, tick: number): void {
    this.#require(id, ['conditional', 'detached']);
    this.#put(id, 'discharge', 'discharged', tick);
  }

  /** The creditor asks for it no longer. */
  release(id: string, by: string, tick: number): void {
    this.#require(id, ['conditional', 'detached'], by, 'creditor');
    this.#put(id, 'release', 'released', tick);
  }

  /** The debtor takes it back: free while it is conditional, a violation once it is owed. */
  cancel(id: string, by: string, tick: number): void {
    this.#require(id, ['conditional', 'detached'], by, 'debtor');
    if (this.get(id).status === 'detached') this.#violate(id, tick);
    else this.#put(id, 'cancel', 'cancelled', tick);
  }

  /** The creditor passes on what it is owed. */
  assign(id: string, by: string, to: string, tick: number): void {
    this.#require(id, ['conditional', 'detached'], by, 'creditor');
    const { status, due } = this.get(id);
    this.#put(id, 'assign', status, tick, { creditor: to, due });
  }

  /** The debtor has another one owe it. */
  delegate(id: string, by: string, to: string, tick: number): void {
    this.#require(id, ['conditional', 'detached'], by, 'debtor');
    const { status, due } = this.get(id);
    this.#put(id, 'delegate', status, tick, { debtor: to, due });
  }

  /** It can come about no longer: an offer that nobody took up expires, what is owed is violated. */
  end(id: string, tick: number): void {
    const { status } = this.get(id);
    if (status === 'conditional') this.#put(id, 'expire', 'expired', tick);
    else if (status === 'detached') this.#violate(id, tick);
  }

  /** The time is `tick` now: what is late is violated. */
  advance(tick: number): void {
    for (const { id, status, due } of this.#records.values()) {
      if (status === 'detached' && due !== null && tick > due) this.#violate(id, tick);
    }
  }

  #violate(id: string, tick: number): void {
    const { debtor, creditor, price } = this.get(id);
    this.#balances.set(debtor, this.balanceOf(debtor) - price);
    this.#balances.set(creditor, this.balanceOf(creditor) + price);
    this.#put(id, 'violate', 'violated', tick, {}, price);
  }

  #put(
    id: string,
    what: CommitmentEvent['what'],
    status: CommitmentStatus,
    tick: number,
    change: Partial<CommitmentRecord> = {},
    paid = 0,
  ): void {
    const record = { ...this.get(id), due: null, ...change, status };
    this.#records.set(id, record);
    const { debtor, creditor } = record;
    this.#events.push({ tick, commitment: id, what, status, debtor, creditor, paid });
  }

  #require(id: string, statuses: readonly CommitmentStatus[], by?: string, who?: 'debtor' | 'creditor'): void {
    const record = this.get(id);
    if (!statuses.includes(record.status)) throw refusal(id, `it is ${record.status}`);
    if (who !== undefined && record[who] !== by) throw refusal(id, `${by} is not its ${who}, ${record[who]} is`);
  }
}

/** Whether a commitment can still change. */
export function isOpen({ status }: Pick<CommitmentRecord, 'status'>): boolean {
  return status === 'conditional' || status === 'detached';
}

function refusal(id: string, message: string): PolityError {
  return new PolityError({ code: 'input', where: `commitment ${id}`, message });
}
