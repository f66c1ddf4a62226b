import type { Declaration } from '../declaration.ts';
import type { Graph, Step } from './explore.ts';

/** A run that shows what is wrong: the way there, and where it goes on for ever what is repeated. */
export interface CounterExample {
  /** Role that owns the thread; `conversation` where there is one for all. */
  readonly thread: string;
  readonly path: readonly Step[];
  readonly loop?: readonly Step[];
}

/** Something wrong with an automaton. */
export interface Finding {
  readonly check: string;
  /** State, move or role that it is about. */
  readonly subject: string;
  readonly message: string;
  readonly counterExample: CounterExample;
}

/** A question about an automaton. */
export interface DeclarationCheck {
  readonly id: string;
  /** What holds where nothing is found, in a sentence. */
  readonly explains: string;
  find(declaration: Declaration, graphs: readonly Graph[]): readonly Omit<Finding, 'check'>[];
}

/**
 * A run in one line.
 *
 * @example
 * counterExampleText({ thread: 'a', path: [{ move: 'say', by: 'a', performative: 'inform', from: 'open', to: 'shut' }, { move: null, ticks: 2, from: 'shut', to: 'over' }] })
 * // 'say (inform by a): open -> shut; 2 ticks of silence: shut -> over'
 */
export function counterExampleText({ path, loop }: CounterExample): string {
  const way = path.length === 0 ? 'at the beginning' : path.map(stepText).join('; ');
  return loop === undefined ? way : `${way}; again and again: ${loop.map(stepText).join('; ')}`;
}

function stepText({ move, by, performative, ticks, from, to }: Step): string {
  const what =
    move === null ? `${ticks} tick${ticks === 1 ? '' : 's'} of silence` : `${move} (${performative} by ${by})`;
  return `${what}: ${from} -> ${to}`;
}
