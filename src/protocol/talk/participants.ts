import type { Declaration, Move } from '../declaration.ts';
import { agentName } from '../message.ts';

/** Who takes part: agents are numbered through the roles in their order, threads in the order of the agents that own them. */
export interface Participants {
  readonly names: readonly string[];
  /** Role number of each agent. */
  readonly roleOf: Int32Array;
  /** First agent of each role. */
  readonly firstOf: Int32Array;
  /** Agent that owns each thread; -1 for the conversation's only one. */
  readonly ownerOf: Int32Array;
  /** Thread that each agent owns; -1 for none. */
  readonly threadOf: Int32Array;
}

/**
 * Numbers agents and threads.
 *
 * @example
 * const { names, ownerOf } = participantsOf(declarationOf(protocols.get('contract-net'), { participants: 2 }));
 * [names, ownerOf] // [['initiator_0', 'participant_0', 'participant_1'], [1, 2]]
 */
export function participantsOf({ roles, threads }: Pick<Declaration, 'roles' | 'threads'>): Participants {
  const agents = roles.flatMap(({ name, count }, role) =>
    Array.from({ length: count }, (_, i) => ({ name: agentName(name, i), role, owns: threads.includes(name) })),
  );
  const owners = agents.flatMap(({ owns }, agent) => (owns ? agent : []));
  let first = 0;
  const firstOf = roles.map(({ count }) => {
    first += count;
    return first - count;
  });
  return {
    names: agents.map(({ name }) => name),
    roleOf: Int32Array.from(agents, ({ role }) => role),
    firstOf: Int32Array.from(firstOf),
    ownerOf: Int32Array.from(threads.length === 0 ? [-1] : owners),
    threadOf: Int32Array.from(agents, (_, agent) => owners.indexOf(agent)),
  };
}

/** The agents that hear a move, the one addressed first, then the others by number; `thread` is -1 where it is in every one. */
export function hearersOf(
  { ownerOf, threadOf, names }: Participants,
  move: Move,
  sender: number,
  thread: number,
): number[] {
  const owner = thread < 0 ? -1 : ownerOf[thread];
  const hears = (agent: number) =>
    agent !== sender &&
    (move.heardBy === 'all' || move.thread === 'conversation' || thread < 0 || agent === owner || threadOf[agent] < 0);
  const others = names.map((_, agent) => agent).filter((agent) => hears(agent) && agent !== owner);
  return owner >= 0 && owner !== sender ? [owner, ...others] : others;
}
