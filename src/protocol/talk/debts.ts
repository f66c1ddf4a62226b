import type { TalkState } from './state.ts';
import { commitmentStatuses } from './state.ts';
import type { Tables } from './tables.ts';

const [, conditional, detached, discharged, violated, expired, released, cancelled] = commitmentStatuses.keys();

/** What a move does to a commitment, in the order in which it is looked at. */
interface Effects {
  readonly creates: Uint8Array;
  readonly detaches: Uint8Array;
  readonly discharges: Uint8Array;
  readonly releases: Uint8Array;
  readonly cancels: Uint8Array;
  readonly assigns: Uint8Array;
  readonly delegates: Uint8Array;
  readonly owedAtOnce: boolean;
  /** Agent, or -1 for the owner of the thread. */
  readonly debtor: number;
  readonly creditor: number;
  readonly within: number;
  readonly price: number;
}

/** The commitments that moves create and change, in numbers. */
export class Debts {
  readonly #effects: readonly Effects[];
  readonly #ownerOf: Int32Array;

  constructor({ declaration, participants, moves }: Tables) {
    this.#ownerOf = participants.ownerOf;
    const among = (ids: readonly string[]) => Uint8Array.from(moves, ({ move }) => (ids.includes(move.id) ? 1 : 0));
    const agent = (who: string) =>
      who === 'owner' ? -1 : participants.firstOf[declaration.roles.findIndex(({ name }) => name === who)];
    this.#effects = declaration.commitments.map((commitment) => ({
      creates: among(commitment.creates),
      detaches: among(commitment.detaches),
      discharges: among(commitment.discharges),
      releases: among(commitment.releases),
      cancels: among(commitment.cancels),
      assigns: among(commitment.assigns ?? []),
      delegates: among(commitment.delegates ?? []),
      owedAtOnce: commitment.detaches.length === 0,
      debtor: agent(commitment.debtor),
      creditor: agent(commitment.creditor),
      within: commitment.within,
      price: commitment.price,
    }));
  }

  /** Who owes a commitment now, or would. */
  debtorOf(state: TalkState, thread: number, commitment: number): number {
    const passedTo = state.debtors[thread * this.#effects.length + commitment];
    if (passedTo >= 0) return passedTo;
    const { debtor } = this.#effects[commitment];
    return debtor < 0 ? this.#ownerOf[thread] : debtor;
  }

  /** Whom a commitment is owed to now, or would be. */
  creditorOf(state: TalkState, thread: number, commitment: number): number {
    const passedTo = state.creditors[thread * this.#effects.length + commitment];
    if (passedTo >= 0) return passedTo;
    const { creditor } = this.#effects[commitment];
    return creditor < 0 ? this.#ownerOf[thread] : creditor;
  }

  /** Whether a move by an agent passes on only what is open, and makes nobody owe itself. */
  allows(state: TalkState, thread: number, move: number, agent: number): boolean {
    for (let c = 0; c < this.#effects.length; c++) {
      const { assigns, delegates } = this.#effects[c];
      if (assigns[move] === 0 && delegates[move] === 0) continue;
      const status = state.status[thread * this.#effects.length + c];
      if (status !== conditional && status !== detached) return false;
      if (assigns[move] === 1 && this.debtorOf(state, thread, c) === agent) return false;
      if (delegates[move] === 1 && this.creditorOf(state, thread, c) === agent) return false;
    }
    return true;
  }

  /** A move was made in a thread by an agent. */
  said(state: TalkState, thread: number, move: number, agent: number): void {
    const count = this.#effects.length;
    for (let c = 0; c < count; c++) {
      const effects = this.#effects[c];
      const at = thread * count + c;
      if (state.status[at] === conditional) {
        if (effects.detaches[move] === 1) this.#owe(state, at, effects);
        else if (effects.discharges[move] === 1) settle(state, at, discharged);
        else if (effects.releases[move] === 1) settle(state, at, released);
        else if (effects.cancels[move] === 1) settle(state, at, cancelled);
        else this.#passOn(state, at, move, agent, effects);
      } else if (state.status[at] === detached) {
        if (effects.discharges[move] === 1) settle(state, at, discharged);
        else if (effects.releases[move] === 1) settle(state, at, released);
        else if (effects.cancels[move] === 1) this.#violate(state, thread, at, c);
        else this.#passOn(state, at, move, agent, effects);
      }
      if (effects.creates[move] === 1 && state.status[at] !== detached && state.status[at] !== conditional) {
        state.debtors[at] = -1;
        state.creditors[at] = -1;
        if (effects.owedAtOnce) this.#owe(state, at, effects);
        else {
          state.status[at] = conditional;
          state.settled[conditional]++;
        }
      }
    }
  }

  /** A thread has ended: offers that nobody took up expire, and what is still owed never comes. */
  ended(state: TalkState, thread: number): void {
    const count = this.#effects.length;
    for (let c = 0; c < count; c++) {
      const at = thread * count + c;
      if (state.status[at] === conditional) settle(state, at, expired);
      else if (state.status[at] === detached) this.#violate(state, thread, at, c);
    }
  }

  /** A tick has passed. */
  advance(state: TalkState): void {
    const count = this.#effects.length;
    for (let at = 0; at < state.due.length; at++) {
      if (state.status[at] !== detached || state.tick <= state.due[at]) continue;
      this.#violate(state, Math.floor(at / count), at, at % count);
    }
  }

  #owe(state: TalkState, at: number, effects: Effects): void {
    state.status[at] = detached;
    state.settled[detached]++;
    state.due[at] = state.tick + effects.within;
  }

  #passOn(state: TalkState, at: number, move: number, agent: number, { assigns, delegates }: Effects): void {
    if (assigns[move] === 1) {
      state.creditors[at] = agent;
      state.assigned++;
    } else if (delegates[move] === 1) {
      state.debtors[at] = agent;
      state.delegated++;
    }
  }

  #violate(state: TalkState, thread: number, at: number, commitment: number): void {
    settle(state, at, violated);
    const { price } = this.#effects[commitment];
    const payer = this.debtorOf(state, thread, commitment);
    state.balance[payer] -= price;
    state.balance[this.creditorOf(state, thread, commitment)] += price;
    state.violations[payer]++;
  }
}

function settle(state: TalkState, at: number, status: number): void {
  state.status[at] = status;
  state.settled[status]++;
  state.due[at] = -1;
}
