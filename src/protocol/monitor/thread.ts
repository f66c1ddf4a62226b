import type { Declaration, Move } from '../declaration.ts';

/** A thread as the monitor sees it: in words and values. */
export interface Thread {
  /** Name of the agent that owns it; null for the conversation's only one. */
  readonly owner: string | null;
  state: string;
  since: number;
  /** Id of its last message; null before any. */
  open: string | null;
  readonly bound: Map<string, unknown>;
  /** How often each key was bound. */
  readonly keys: Map<string, number>;
  /** Ticks at which each move was made. */
  readonly uses: Map<string, number[]>;
  /** Who made the last move that does not wait for all. */
  opener: string | null;
  readonly joined: Set<string>;
}

export function beginThread({ states }: Declaration, owner: string | null): Thread {
  return {
    owner,
    state: states[0].name,
    since: 0,
    open: null,
    bound: new Map(),
    keys: new Map(),
    uses: new Map(),
    opener: null,
    joined: new Set(),
  };
}

export function isFinal({ states }: Declaration, state: string): boolean {
  return states.some(({ name, ends }) => name === state && ends !== undefined);
}

/** Why a move cannot be made in a thread now, whatever it says; undefined where it can. */
export function hindrance(
  { parameters }: Declaration,
  thread: Thread,
  move: Move,
  sender: string,
  tick: number,
): string | undefined {
  if (!move.from.includes(thread.state)) return `the thread is at "${thread.state}"`;
  const missing = move.in.find((name) => !thread.bound.has(name));
  if (missing !== undefined) return `"${missing}" is not bound`;
  const stale = [...move.out, ...move.nil].find((name) => {
    const { key, under } = parameters[name];
    return thread.bound.has(name) && key !== true && !(under !== undefined && move.out.includes(under));
  });
  if (stale !== undefined) return `"${stale}" is bound already`;
  const uses = thread.uses.get(move.id) ?? [];
  if (move.atMost !== undefined && uses.length >= move.atMost) return `it was said ${uses.length} times already`;
  if (move.oncePerTick && uses.at(-1) === tick) return 'it was said at this tick already';
  if (move.onceAll !== undefined && thread.joined.has(sender)) return `${sender} has said it already`;
  if (move.onceAll !== undefined && !move.countsAll && thread.opener === sender) return 'it is about the sender’s own';
  return undefined;
}

/** What a move does to its thread. `size` is how many members the sender's role has. */
export function applyMove(
  { parameters }: Declaration,
  thread: Thread,
  move: Move,
  content: Readonly<Record<string, unknown>>,
  said: { readonly sender: string; readonly id: string; readonly tick: number; readonly size: number },
): void {
  for (const name of thread.bound.keys()) {
    const { under } = parameters[name];
    if (under !== undefined && move.out.includes(under)) thread.bound.delete(name);
  }
  for (const name of move.out) {
    thread.bound.set(name, content[name]);
    if (parameters[name].key === true) thread.keys.set(name, (thread.keys.get(name) ?? 0) + 1);
  }
  let to = move.to;
  if (move.onceAll === undefined) {
    thread.opener = said.sender;
    thread.joined.clear();
  } else {
    thread.joined.add(said.sender);
    if (thread.joined.size >= said.size - (move.countsAll ? 0 : 1)) to = move.onceAll;
  }
  thread.uses.set(move.id, [...(thread.uses.get(move.id) ?? []), said.tick]);
  thread.open = said.id;
  thread.state = to;
  thread.since = said.tick;
}
