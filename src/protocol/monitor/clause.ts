/**
 * What conformance means, by clause.
 *
 * Source: FIPA SC00061G (message parameters), SC00026H and SC00029H (interaction protocols), put as conditions that can be checked.
 */
export const clauses = {
  C1: 'The act is possible now: the state, the information, the turn, and the rules allow it.',
  C2: 'Every message belongs to the conversation: its conversation-id never changes.',
  C3: 'A reply cites the open message of its thread, and every message has an id of its own.',
  C4: 'Nothing is said after its time: reply-by and deadline are kept.',
  C5: 'The sender takes part, its role may say this, and it says it to those who have to hear it.',
  C6: 'The content is of its types, repeats what was said truly, and carries nothing else.',
  C7: 'What is not understood is answered with not-understood: never silence, never a crash.',
  C8: 'Every thread comes to a final state.',
  C9: 'Whatever was committed to is discharged, released, or flagged as violated.',
} as const;

export type Clause = keyof typeof clauses;

/** Something that was not in order. */
export interface Violation {
  readonly clause: Clause;
  /** The rule that forbids it, where one does. */
  readonly rule?: string;
  readonly message: string;
  readonly tick: number;
}
