import { CommitmentBook, isOpen } from '../commitment.ts';
import type { Commitment, Declaration } from '../declaration.ts';
import { agentName } from '../message.ts';

/** The commitments that a conversation makes, kept in a book under the names of its threads. */
export class Obligations {
  readonly book = new CommitmentBook();
  readonly #declaration: Declaration;

  constructor(declaration: Declaration) {
    this.#declaration = declaration;
  }

  /** Who owes a commitment of the thread of `owner` now and whom it is owed to, or would be. */
  partiesOf(commitment: Commitment, owner: string | null): { readonly debtor: string; readonly creditor: string } {
    const id = idOf(commitment, owner);
    return this.book.has(id) ? this.book.get(id) : this.#parties(commitment, owner);
  }

  /** Why an agent cannot make a move that would pass a commitment on; undefined where it can, or the move passes none on. */
  hindrance(owner: string | null, move: string, sender: string): string | undefined {
    for (const commitment of this.#declaration.commitments) {
      const { assigns = [], delegates = [] } = commitment;
      if (!assigns.includes(move) && !delegates.includes(move)) continue;
      const id = idOf(commitment, owner);
      if (!this.book.has(id) || !isOpen(this.book.get(id))) return `nothing is owed by "${id}"`;
      const { debtor, creditor } = this.book.get(id);
      if (assigns.includes(move) && debtor === sender) return `${sender} owes it, and would owe it to itself`;
      if (delegates.includes(move) && creditor === sender) return `${sender} is owed it, and would owe it to itself`;
    }
    return undefined;
  }

  /** A move was made in the thread of `owner`. */
  said(owner: string | null, move: string, tick: number, sender: string): void {
    for (const commitment of this.#declaration.commitments) {
      const id = idOf(commitment, owner);
      const { debtor, creditor } = this.partiesOf(commitment, owner);
      const { assigns = [], delegates = [] } = commitment;
      if (this.book.has(id) && isOpen(this.book.get(id))) {
        const { status } = this.book.get(id);
        if (status === 'conditional' && commitment.detaches.includes(move)) this.book.detach(id, tick);
        else if (commitment.discharges.includes(move)) this.book.discharge(id, tick);
        else if (commitment.releases.includes(move)) this.book.release(id, creditor, tick);
        else if (commitment.cancels.includes(move)) this.book.cancel(id, debtor, tick);
        else if (assigns.includes(move)) this.book.assign(id, creditor, sender, tick);
        else if (delegates.includes(move)) this.book.delegate(id, debtor, sender, tick);
      }
      if (!commitment.creates.includes(move) || (this.book.has(id) && isOpen(this.book.get(id)))) continue;
      const { says: consequent, detaches, within, price } = commitment;
      const antecedent = detaches.length === 0 ? null : detaches.join(' or ');
      const declared = this.#parties(commitment, owner);
      this.book.create({ id, ...declared, antecedent, consequent, within, price }, tick);
    }
  }

  /** The thread of `owner` has come to a final state. */
  ended(owner: string | null, tick: number): void {
    for (const commitment of this.#declaration.commitments) {
      const id = idOf(commitment, owner);
      if (this.book.has(id)) this.book.end(id, tick);
    }
  }

  #parties({ debtor, creditor }: Commitment, owner: string | null) {
    const name = (who: string) => (who === 'owner' ? (owner as string) : agentName(who, 0));
    return { debtor: name(debtor), creditor: name(creditor) };
  }
}

function idOf({ id }: Commitment, owner: string | null): string {
  return owner === null ? id : `${id} of ${owner}`;
}
