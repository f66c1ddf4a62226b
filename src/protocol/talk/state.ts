import type { Tables } from './tables.ts';

/** Where the commitments of a thread are; the order of `statusOf`. */
export const commitmentStatuses = [
  'none',
  'conditional',
  'detached',
  'discharged',
  'violated',
  'expired',
  'released',
  'cancelled',
] as const;

export type CommitmentStatus = Exclude<(typeof commitmentStatuses)[number], 'none'>;

/**
 * A conversation as plain data, which `structuredClone` copies; worlds keep it in their own state.
 *
 * Shapes: H threads, P parameters, M moves, C commitments, A agents.
 */
export interface TalkState {
  tick: number;
  /** Agent whose turn it is, in a ring. */
  turn: number;
  /** Messages said so far. */
  said: number;
  over: boolean;
  /** [H] */
  readonly states: Int32Array;
  /** Tick at which each thread came to its state. [H] */
  readonly since: Int32Array;
  /** Agent that made the last move other than one that waits for all; -1 before any. [H] */
  readonly opener: Int32Array;
  /** Who has joined in a move that waits for all. [A] */
  readonly joined: Uint8Array;
  /** [H, P] */
  readonly bound: Uint8Array;
  /** Numbers of values on their grids; of keys, how often they were bound. [H, P] */
  readonly values: Int32Array;
  /** [H, M] */
  readonly uses: Int32Array;
  /** Tick of the last use; -1 for none. [H, M] */
  readonly usedAt: Int32Array;
  /** Last message of each thread, counted from 1; 0 for none. [H] */
  readonly lastMessage: Int32Array;
  /** -1 for none. [H] */
  readonly lastMove: Int32Array;
  /** -1 for none. [H] */
  readonly lastSender: Int32Array;
  /** Index into `commitmentStatuses`. [H, C] */
  readonly status: Uint8Array;
  /** Last tick at which what is owed is in time; -1 where nothing is. [H, C] */
  readonly due: Int32Array;
  /** Agent that a commitment was delegated to; -1 where the declared debtor owes it. [H, C] */
  readonly debtors: Int32Array;
  /** Agent that a commitment was assigned to; -1 where it is owed to the declared creditor. [H, C] */
  readonly creditors: Int32Array;
  /** What agents got for violations by others less what they paid for their own. [A] */
  readonly balance: Float64Array;
  /** Violations by each agent. [A] */
  readonly violations: Int32Array;
  /** How often commitments have come to each status, by index into `commitmentStatuses`. */
  readonly settled: Int32Array;
  /** How often commitments were assigned, and delegated. */
  assigned: number;
  delegated: number;
}

/** What lists of no length share: most episodes are short, and their beginning counts. */
const noNumbers = new Int32Array(0);

/** Numbers of which none is known yet. */
function unknown(count: number): Int32Array {
  return count === 0 ? noNumbers : new Int32Array(count).fill(-1);
}

/** The beginning of a conversation. */
export function beginState({ participants, parameters, moves, declaration, final }: Tables): TalkState {
  const threads = participants.ownerOf.length;
  const agents = participants.names.length;
  const commitments = declaration.commitments.length;
  return {
    tick: 0,
    turn: 0,
    said: 0,
    over: final[0] === 1,
    states: new Int32Array(threads),
    since: new Int32Array(threads),
    opener: unknown(threads),
    joined: new Uint8Array(agents),
    bound: new Uint8Array(threads * parameters.length),
    values: new Int32Array(threads * parameters.length),
    uses: new Int32Array(threads * moves.length),
    usedAt: unknown(threads * moves.length),
    lastMessage: new Int32Array(threads),
    lastMove: unknown(threads),
    lastSender: unknown(threads),
    status: new Uint8Array(threads * commitments),
    due: unknown(threads * commitments),
    debtors: unknown(threads * commitments),
    creditors: unknown(threads * commitments),
    balance: new Float64Array(agents),
    violations: new Int32Array(agents),
    settled: new Int32Array(commitmentStatuses.length),
    assigned: 0,
    delegated: 0,
  };
}

/** Begins another conversation among the same agents in place: what was said is forgotten, the accounts of commitments stay. */
export function restartState(state: TalkState, { final }: Tables): void {
  state.tick = 0;
  state.turn = 0;
  state.said = 0;
  state.over = final[0] === 1;
  state.states.fill(0);
  state.since.fill(0);
  state.opener.fill(-1);
  state.joined.fill(0);
  state.bound.fill(0);
  state.values.fill(0);
  state.uses.fill(0);
  state.usedAt.fill(-1);
  state.lastMessage.fill(0);
  state.lastMove.fill(-1);
  state.lastSender.fill(-1);
  state.status.fill(0);
  state.due.fill(-1);
  state.debtors.fill(-1);
  state.creditors.fill(-1);
}

/**
 * How often commitments came to each status, by names for a world's metrics: `commitmentsDischarged` and so on.
 *
 * @example
 * const talk = createTalk(declarationOf(protocols.get('contract-net'), { participants: 1 }));
 * Object.keys(commitmentCounts(talk.begin())).length // 7
 */
export function commitmentCounts({ settled }: Pick<TalkState, 'settled'>): Readonly<Record<string, number>> {
  const named = commitmentStatuses.slice(1).map((status, i) => {
    return [`commitments${status.charAt(0).toUpperCase()}${status.slice(1)}`, settled[i + 1]] as const;
  });
  return Object.fromEntries(named);
}

/**
 * How often what is owed, and the claim to it, passed to another, by names for the metrics of worlds where they can.
 *
 * @example
 * const talk = createTalk(declarationOf(protocols.get('subcontract-net'), { participants: 2 }));
 * transferCounts(talk.begin()) // { commitmentsAssigned: 0, commitmentsDelegated: 0 }
 */
export function transferCounts({
  assigned,
  delegated,
}: Pick<TalkState, 'assigned' | 'delegated'>): Readonly<Record<string, number>> {
  return { commitmentsAssigned: assigned, commitmentsDelegated: delegated };
}
