import type { Declaration, Move } from '../declaration.ts';

/** One step of a run: a move that is made, or time that passes. */
export interface Step {
  /** Null where time passes. */
  readonly move: string | null;
  readonly by?: string;
  readonly performative?: string;
  /** Ticks that pass in silence. */
  readonly ticks?: number;
  readonly from: string;
  readonly to: string;
}

/** A situation of a thread: its state, and which parameters are bound in it. */
export interface Node {
  readonly key: string;
  readonly state: string;
  readonly bound: ReadonlySet<string>;
  readonly edges: readonly Edge[];
  /** The shortest way here from the beginning. */
  readonly path: readonly Step[];
}

export interface Edge {
  readonly step: Step;
  readonly move: Move | null;
  readonly to: string;
}

/** Every situation that threads of one kind can come to; rules and counts are not looked at, so there may be too many. */
export interface Graph {
  /** Role that owns the threads; `conversation` where there is one for all. */
  readonly owner: string;
  readonly nodes: ReadonlyMap<string, Node>;
}

/** The situations that a declaration's threads can come to, one graph for each role that owns threads. */
export function explore(declaration: Declaration): readonly Graph[] {
  const owners = declaration.threads.length === 0 ? ['conversation'] : declaration.threads;
  return owners.map((owner) => ({ owner, nodes: exploreThread(declaration, owner) }));
}

/** Whether a move can be said in threads that a role owns, or changes its sender's own thread of that kind. */
export function concerns(move: Move, owner: string): boolean {
  if (move.thread === 'conversation' || move.thread === 'all') return true;
  if (move.thread === 'own') return move.by === owner;
  return move.addressee === undefined || move.addressee === owner;
}

/** The parameters bound after a move: a new key unbinds what was under the old one. */
export function boundAfter(declaration: Declaration, bound: ReadonlySet<string>, move: Move): ReadonlySet<string> {
  const after = new Set(bound);
  for (const name of bound) {
    const { under } = declaration.parameters[name];
    if (under !== undefined && move.out.includes(under)) after.delete(name);
  }
  for (const name of move.out) after.add(name);
  return after;
}

/** The first parameter that stands in the way of a move; undefined where none does. */
export function obstacle(declaration: Declaration, bound: ReadonlySet<string>, move: Move): string | undefined {
  const missing = move.in.find((name) => !bound.has(name));
  if (missing !== undefined) return missing;
  return [...move.out, ...move.nil].find((name) => {
    const { key, under } = declaration.parameters[name];
    const renewed = under !== undefined && move.out.includes(under);
    return bound.has(name) && key !== true && !renewed;
  });
}

function exploreThread(declaration: Declaration, owner: string): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  const [{ name: initial }] = declaration.states;
  const queue: Omit<Node, 'edges'>[] = [{ key: initial, state: initial, bound: new Set(), path: [] }];
  const seen = new Set([initial]);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const edges: Edge[] = [];
    for (const { step, move, bound } of stepsFrom(declaration, owner, next)) {
      const key = [step.to, ...[...bound].sort()].join(' ');
      edges.push({ step, move, to: key });
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ key, state: step.to, bound, path: [...next.path, step] });
    }
    nodes.set(next.key, { ...next, edges });
  }
  return nodes;
}

interface Next {
  readonly step: Step;
  readonly move: Move | null;
  readonly bound: ReadonlySet<string>;
}

function* stepsFrom(declaration: Declaration, owner: string, node: Omit<Node, 'edges'>): Generator<Next> {
  const { state, bound } = node;
  for (const move of declaration.moves) {
    const said = { move: move.id, by: move.by, performative: move.performative, from: state };
    if (concerns(move, owner) && move.from.includes(state) && obstacle(declaration, bound, move) === undefined) {
      const after = boundAfter(declaration, bound, move);
      yield { step: { ...said, to: move.to }, move, bound: after };
      if (move.onceAll !== undefined) yield { step: { ...said, to: move.onceAll }, move, bound: after };
    }
    if (move.sender !== undefined && move.by === owner && move.sender.from.includes(state)) {
      yield { step: { ...said, to: move.sender.to }, move, bound };
    }
  }
  const { within, late } = declaration.states.find(({ name }) => name === state) ?? {};
  if (within !== undefined && late !== undefined) {
    yield { step: { move: null, ticks: within, from: state, to: late }, move: null, bound };
  }
}
