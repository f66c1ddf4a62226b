import { z } from 'zod';
import { type Performative, performativeIds } from './performative.ts';
import type { Rule } from './rule.ts';

/** A kind of participant, and how many there are. */
export interface RoleSpec {
  readonly name: string;
  readonly count: number;
}

/**
 * A piece of information that messages carry. A key numbers the exchanges it opens (0, 1, ...) and is filled in by the protocol;
 * a parameter `under` a key is bound anew in each of them.
 *
 * Source: Singh (2011), "Information-driven interaction-oriented programming: BSPL".
 */
export interface ParameterSpec {
  readonly says: string;
  /** Absent for a key. */
  readonly content?: z.ZodType;
  readonly key?: boolean;
  readonly under?: string;
}

/** A state of a thread. `within` so many ticks something has to be said, or the thread goes to the state `late`. */
export interface StateSpec {
  readonly name: string;
  /** A final state, and whether it is what the protocol is for. */
  readonly ends?: 'success' | 'failure';
  readonly within?: number;
  readonly late?: string;
}

/** Which thread a move is in: the conversation's only one, the sender's own, that of the one addressed, or everyone's. */
export type ThreadOf = 'conversation' | 'own' | 'addressed' | 'all';

/** Who alone may say a move: whoever owes a commitment of its thread now, whom it is owed to, or the agent that a parameter names. */
export type Only = { readonly debtor: string } | { readonly creditor: string } | { readonly named: string };

/** Something that can be said: a transition of the automaton, with what it carries. */
export interface MoveSpec {
  readonly id: string;
  readonly performative: Performative;
  /** Role of the sender. */
  readonly by: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly thread?: ThreadOf;
  /** Role of the one addressed. Absent: any owner of a thread but the sender. */
  readonly addressee?: string;
  /** Who hears it: those of the thread (its owner and all who own none), or everybody. */
  readonly heardBy?: 'thread' | 'all';
  /** Parameters already bound, which the message repeats. */
  readonly in?: readonly string[];
  /** Parameters that are not bound, and that the message binds. */
  readonly out?: readonly string[];
  /** Parameters that must not be bound. */
  readonly nil?: readonly string[];
  /** Whether it cites the last message of its thread, where there is one. Default: it does. */
  readonly reply?: boolean;
  /** The state instead of `to` as soon as every other member of the role has said this since the last other move. */
  readonly onceAll?: string;
  /** Whether `onceAll` waits for the one who made the last other move as well. */
  readonly countsAll?: boolean;
  /** How often it can be said in one thread. */
  readonly atMost?: number;
  /** Whether it can be said in a thread once a tick only. */
  readonly oncePerTick?: boolean;
  /** For a move in another's thread: what it does to the sender's own. */
  readonly sender?: { readonly from: readonly string[]; readonly to: string };
  /** Absent: every member of the role. */
  readonly only?: Only;
}

/** Something owed: C(debtor, creditor, antecedent, consequent), and the moves that change it. One at a time in each thread. */
export interface CommitmentSpec {
  readonly id: string;
  readonly says: string;
  /** `owner` of the thread, or a role that has one member. */
  readonly debtor: string;
  readonly creditor: string;
  readonly creates: readonly string[];
  /** Moves that make the antecedent true; none: it is owed from the start. */
  readonly detaches?: readonly string[];
  readonly discharges: readonly string[];
  /** Moves of the creditor that end it at no cost. */
  readonly releases?: readonly string[];
  /** Moves of the debtor that end it: free while it is conditional, a violation once it is owed. */
  readonly cancels?: readonly string[];
  /** Moves of an agent that the creditor has named: from then on it is owed to this one. */
  readonly assigns?: readonly string[];
  /** Moves of an agent that the debtor has named: from then on this one owes it. */
  readonly delegates?: readonly string[];
  /** Ticks from when it is owed until it is violated. */
  readonly within: number;
  /** What the debtor pays the creditor for a violation. */
  readonly price: number;
}

/** What an author writes. The first state is the initial one. */
export interface DeclarationSpec {
  readonly id: string;
  readonly roles: readonly RoleSpec[];
  /** Roles whose members have a thread each, with a state of its own. Absent: the conversation has one. */
  readonly threads?: readonly string[];
  /** `ring`: agents speak in turns, in the order of their numbers. Default `free`: whoever has something to say. */
  readonly order?: 'free' | 'ring';
  readonly parameters?: Readonly<Record<string, ParameterSpec>>;
  readonly states: readonly StateSpec[];
  readonly moves: readonly MoveSpec[];
  readonly commitments?: readonly CommitmentSpec[];
  readonly rules?: readonly Rule[];
  /** When the conversation is over at the latest, and the state of threads that had not ended. */
  readonly deadline?: { readonly ticks: number; readonly to: string };
}

type Complete<T, K extends keyof T> = Omit<T, K> & { readonly [key in K]-?: NonNullable<T[key]> };

export type Move = Complete<
  MoveSpec,
  'thread' | 'heardBy' | 'in' | 'out' | 'nil' | 'reply' | 'countsAll' | 'oncePerTick'
>;
export type Commitment = Complete<CommitmentSpec, 'detaches' | 'releases' | 'cancels'>;

/** Whether a commitment can pass to another debtor or creditor. */
export function canPass({ assigns, delegates }: Pick<CommitmentSpec, 'assigns' | 'delegates'>): boolean {
  return assigns !== undefined || delegates !== undefined;
}

/** A declaration with everything said: what all else is derived from. */
export type Declaration = Complete<
  Omit<DeclarationSpec, 'moves' | 'commitments'>,
  'threads' | 'order' | 'parameters' | 'rules'
> & { readonly moves: readonly Move[]; readonly commitments: readonly Commitment[] };

const name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name in small letters, such as accept-offer');
const names = z.array(name);
const ticks = z.int().min(1);
const isType = (value: unknown) => typeof (value as { safeParse?: unknown } | null)?.safeParse === 'function';
const content = z.custom<z.ZodType>(isType, 'a zod schema');

/** The shape of a declaration; names that refer to nothing are found by `declare`. */
export const declarationSchema = z.strictObject({
  id: name,
  roles: z.array(z.strictObject({ name, count: z.int().min(1).max(1000) })).min(1),
  threads: names.optional(),
  order: z.enum(['free', 'ring']).default('free'),
  parameters: z
    .record(
      name,
      z.strictObject({
        says: z.string(),
        content: content.optional(),
        key: z.boolean().optional(),
        under: name.optional(),
      }),
    )
    .default({}),
  states: z
    .array(
      z.strictObject({
        name,
        ends: z.enum(['success', 'failure']).optional(),
        within: ticks.optional(),
        late: name.optional(),
      }),
    )
    .min(1),
  moves: z
    .array(
      z.strictObject({
        id: name,
        performative: z.enum(performativeIds as [Performative, ...Performative[]]),
        by: name,
        from: names.min(1),
        to: name,
        thread: z.enum(['conversation', 'own', 'addressed', 'all']).optional(),
        addressee: name.optional(),
        heardBy: z.enum(['thread', 'all']).default('thread'),
        in: names.default([]),
        out: names.default([]),
        nil: names.default([]),
        reply: z.boolean().default(true),
        onceAll: name.optional(),
        countsAll: z.boolean().default(false),
        atMost: ticks.optional(),
        oncePerTick: z.boolean().default(false),
        sender: z.strictObject({ from: names.min(1), to: name }).optional(),
        only: z
          .strictObject({ debtor: name.optional(), creditor: name.optional(), named: name.optional() })
          .refine((only) => Object.keys(only).length === 1, 'one of debtor, creditor and named')
          .optional(),
      }),
    )
    .min(1),
  commitments: z
    .array(
      z.strictObject({
        id: name,
        says: z.string(),
        debtor: name,
        creditor: name,
        creates: names.min(1),
        detaches: names.default([]),
        discharges: names.min(1),
        releases: names.default([]),
        cancels: names.default([]),
        // No default: a declaration that says nothing of them keeps the hash by which transcripts name it.
        assigns: names.min(1).optional(),
        delegates: names.min(1).optional(),
        within: ticks,
        price: z.number().min(0),
      }),
    )
    .default([]),
  rules: z
    .array(
      z.strictObject({
        id: name,
        says: z.string(),
        moves: names.min(1),
        parameter: name.optional(),
        soft: z.boolean().optional(),
        permits: z.custom<Rule['permits']>((value) => typeof value === 'function', 'a function'),
        narrow: z.custom<Rule['narrow']>((value) => typeof value === 'function', 'a function').optional(),
        strike: z.custom<Rule['strike']>((value) => typeof value === 'function', 'a function').optional(),
      }),
    )
    .default([]),
  deadline: z.strictObject({ ticks, to: name }).optional(),
});
