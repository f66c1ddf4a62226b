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

  /** A move was made in the thread of `owner`. */
  said(owner: string | null, move: string, tick: number): void {
    for (const commitment of this.#declaration.commitments) {
      const id = idOf(commitment, owner);
      const { debtor, creditor } = this.#parties(commitment, owner);
      if (this.book.has(id) && isOpen(this.book.get(id))) {
        const { status } = this.book.get(id);
        if (status === 'conditional' && commitment.detaches.includes(move)) this.book.detach(id, tick);
        else if (commitment.discharges.includes(move)) this.book.discharge(id, tick);
        else if (commitment.releases.includes(move)) this.book.release(id, creditor, tick);
        else if (commitment.cancels.includes(move)) this.book.cancel(id, debtor, tick);
      }
      if (!commitment.creates.includes(move) || (this.book.has(id) && isOpen(this.book.get(id)))) continue;
      const { says: consequent, detaches, within, price } = commitment;
      const antecedent = detaches.length === 0 ? null : detaches.join(' or ');
      this.book.create({ id, debtor, creditor, antecedent, consequent, within, price }, tick);
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
