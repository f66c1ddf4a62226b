import type { FunctionNode, MathNode, OperatorNode, SymbolNode } from 'mathjs';
import { PolityError, suggest } from '#core';

/** A number that may change over training. */
export interface ScheduleFunction {
  /** What it was made from, as it stands in the configuration. */
  readonly source: number | string;
  /**
   * Its value at `progress` (0 at the start of training, 1 at the end of the budget), after `envSteps` steps.
   *
   * Throws: PolityError (input) where a formula gives no finite number.
   */
  at(progress: number, envSteps?: number): number;
}

const variables = ['progress', 'envSteps'];
const constants = ['pi', 'e'];
const functions = [
  ...['abs', 'ceil', 'cos', 'exp', 'floor', 'log', 'log10', 'log2', 'max', 'min', 'pow', 'round', 'sign', 'sin'],
  ...['sqrt', 'tan', 'tanh'],
];
const operators = [
  ...['add', 'subtract', 'multiply', 'divide', 'pow', 'mod', 'unaryMinus', 'unaryPlus'],
  ...['smaller', 'smallerEq', 'larger', 'largerEq', 'equal', 'unequal', 'and', 'or', 'not'],
];

/**
 * Makes a schedule from a number, or from a formula in `progress` and `envSteps`: `2.5e-4 * (1 - progress)`,
 * `max(0.05, 1 - envSteps / 1e5)`, `progress < 0.5 ? 1e-3 : 1e-4`. `where` names the key in messages.
 *
 * A formula knows arithmetic, comparison, `and`, `or`, `not`, `? :`, `pi`, `e` and a few functions of numbers, and nothing
 * else: no assignment, no strings, no objects. It is compiled once; only formulas load the parser.
 *
 * Throws: PolityError (input) when the formula cannot be read, names something unknown or gives no finite number.
 * Source: expression syntax of mathjs.
 *
 * @example
 * (await createSchedule('3e-4 * (1 - progress)', 'learner.learningRate')).at(0.5) // 1.5e-4
 */
export async function createSchedule(value: number | string, where: string): Promise<ScheduleFunction> {
  if (typeof value === 'number') return constantSchedule(value, where);
  const evaluate = await compile(value, where);
  const at = (progress: number, envSteps = 0) => {
    const result = evaluate({ progress, envSteps });
    if (typeof result === 'number' && Number.isFinite(result)) return result;
    throw new PolityError({
      code: 'input',
      where,
      message: `the formula "${value}" gives no finite number at progress ${progress}, envSteps ${envSteps}`,
      got: String(result),
      expected: 'a finite number',
      remedy:
        typeof result === 'boolean' ? 'Write a choice as "condition ? a : b".' : 'Bound it, for example with max().',
    });
  };
  // Most faults (a division by zero, a logarithm) show at an end: better now than after hours of training.
  for (const progress of [0, 0.5, 1]) at(progress);
  return { source: value, at };
}

/**
 * A schedule that never changes.
 *
 * Throws: PolityError (input) when the number is not finite.
 *
 * @example
 * constantSchedule(0.5).at(0.9) // 0.5
 */
export function constantSchedule(value: number, where = 'schedule'): ScheduleFunction {
  if (!Number.isFinite(value)) {
    throw new PolityError({
      code: 'input',
      where,
      message: 'not a finite number',
      got: String(value),
      expected: 'a number or a formula in progress',
    });
  }
  return { source: value, at: () => value };
}

async function compile(source: string, where: string): Promise<(scope: Record<string, number>) => unknown> {
  const { parse } = await import('mathjs/number');
  let node: MathNode;
  try {
    node = parse(source);
  } catch (cause) {
    throw new PolityError(
      {
        code: 'input',
        where,
        message: `the formula "${source}" cannot be read`,
        got: cause instanceof Error ? cause.message : String(cause),
        expected: 'arithmetic in progress, such as "2.5e-4 * (1 - progress)"',
      },
      { cause },
    );
  }
  check(node, source, where);
  const code = node.compile();
  return (scope) => code.evaluate(scope);
}

/** Refuses whatever is not plain arithmetic, by name, before anything is evaluated. */
function check(node: MathNode, source: string, where: string): void {
  switch (node.type) {
    case 'ConstantNode': {
      const { value } = node as unknown as { value: unknown };
      if (typeof value !== 'number' && typeof value !== 'boolean') throw notArithmetic(node, source, where);
      return;
    }
    case 'ParenthesisNode':
    case 'ConditionalNode':
      break;
    case 'OperatorNode':
      if (!operators.includes((node as OperatorNode).fn)) throw notArithmetic(node, source, where);
      break;
    case 'SymbolNode':
      requireKnown((node as SymbolNode).name, [...variables, ...constants], 'symbol', source, where);
      return;
    case 'FunctionNode': {
      const { fn, args } = node as FunctionNode;
      requireKnown(fn.toString(), functions, 'function', source, where);
      for (const argument of args) check(argument, source, where);
      return;
    }
    case 'RelationalNode': {
      for (const side of (node as unknown as { params: MathNode[] }).params) check(side, source, where);
      return;
    }
    default:
      throw notArithmetic(node, source, where);
  }
  node.forEach((child) => {
    check(child, source, where);
  });
}

function requireKnown(name: string, known: readonly string[], kind: string, source: string, where: string): void {
  if (known.includes(name)) return;
  throw new PolityError({
    code: 'input',
    where,
    message: `unknown ${kind} in the formula "${source}"`,
    got: `"${name}"`,
    remedy: suggest(name, known),
  });
}

function notArithmetic(node: MathNode, source: string, where: string): PolityError {
  return new PolityError({
    code: 'input',
    where,
    message: `the formula "${source}" holds something that is not arithmetic`,
    got: node.toString(),
    expected: `numbers, ${variables.join(', ')}, operators and ${functions.join(', ')}`,
  });
}
