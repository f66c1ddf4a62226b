import type { z } from 'zod';
import { didYouMean, PolityError, suggest } from './errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * Checks a value against a schema and fills in defaults; the first problem becomes an error that names the key, what was
 * found, what was expected and the remedy.
 *
 * @param where File or world that the value belongs to, for the message; or what makes a place of the keys to the problem.
 * Throws: PolityError (input).
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, where: string | Locate): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const locate = typeof where === 'string' ? (keys: readonly string[]) => place(where, keys) : where;
  throw issueError(deepest(result.error.issues), value, locate, schema);
}

/** Says where a key is: `experiments/x.yaml › learner.gaeLambda`. */
export type Locate = (keys: readonly string[]) => string;

/**
 * A key's place in a file, a world or an option.
 *
 * @example
 * place('x.yaml', ['learner', 'gamma']) // 'x.yaml › learner.gamma'
 */
export function place(where: string, keys: readonly string[]): string {
  return keys.length === 0 ? where : `${where} › ${keys.join('.')}`;
}

/** Union errors hold the reasons of each branch; the branch that got furthest into the value, with least amiss, says most. */
function deepest(issues: readonly Issue[]): Issue {
  const issue = issues[0];
  if (issue.code !== 'invalid_union') return issue;
  let best: { issue: Issue; amiss: number } | undefined;
  for (const branch of issue.errors) {
    if (branch.length === 0) continue;
    const other = { issue: deepest(branch as Issue[]), amiss: branch.length };
    const further = other.issue.path.length - (best?.issue.path.length ?? 0);
    if (further > 0 || (best !== undefined && further === 0 && other.amiss < best.amiss)) best = other;
  }
  return best === undefined ? issue : { ...best.issue, path: [...issue.path, ...best.issue.path] };
}

function issueError(issue: Issue, root: unknown, locate: Locate, schema: z.ZodType): PolityError {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    const known = knownKeys(schema, issue.path);
    const remedy = known.length === 0 ? 'This part takes no keys' : suggest(key, known);
    return new PolityError({ code: 'input', where: locate([...path, key]), message: 'unknown key', remedy });
  }
  const got = show(valueAt(root, issue.path));
  return new PolityError({
    code: 'input',
    where: locate(path),
    message: isOutOfRange(issue) ? 'out of range' : 'not accepted',
    got,
    expected: expectation(issue, schema),
    ...slip(issue, valueAt(root, issue.path)),
  });
}

/** The choice that was meant, where a word is a slip of one of those there are. */
function slip(issue: Issue, value: unknown): { remedy?: string } {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return {};
  const close = didYouMean(value, issue.values.map(String));
  return close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
}

function expectation(issue: Issue, schema: z.ZodType): string {
  const range = isOutOfRange(issue) ? boundsAt(schema, issue.path) : undefined;
  if (range !== undefined) return range;
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'too_small':
      return `${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_union': {
      const branches = issue.errors.map((branch) => expectation(branch[0] as Issue, schema));
      return branches.length === 0 ? issue.message : [...new Set(branches)].join(', or ');
    }
    default:
      return issue.message;
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON has no word for these, nor for numbers that are not finite.
  const plain = ['number', 'bigint', 'function', 'symbol'].includes(typeof value);
  const text = plain ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The keys that an object schema knows at a path, seen through defaults, optionals and unions. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const shapes = schemasAt(schema, path).map((candidate) => (candidate.def as unknown as Definition).shape ?? {});
  return [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
}

interface Definition {
  readonly shape?: Record<string, z.ZodType>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}

function isOutOfRange(issue: Issue): boolean {
  return (issue.code === 'too_small' || issue.code === 'too_big') && ['number', 'int'].includes(issue.origin);
}

interface Bound {
  readonly check: string;
  readonly value: number;
  readonly inclusive: boolean;
}

/** `0..1` for a number with two ends that belong to it; a sentence for open ends; nothing where only one end is known. */
function boundsAt(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  for (const candidate of schemasAt(schema, path)) {
    const checks = ((candidate.def as unknown as { checks?: readonly z.core.$ZodCheck[] }).checks ?? []).map(
      (check) => check._zod.def as unknown as Bound,
    );
    const low = checks.find(({ check }) => check === 'greater_than');
    const high = checks.find(({ check }) => check === 'less_than');
    if (low === undefined || high === undefined) continue;
    if (low.inclusive && high.inclusive) return `${low.value}..${high.value}`;
    return `${low.inclusive ? 'at least' : 'more than'} ${low.value} and ${high.inclusive ? 'at most' : 'less than'} ${high.value}`;
  }
  return undefined;
}

/** Every schema that describes the value at a path, seen through defaults, optionals, unions, arrays and records. */
function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  const definition = schema.def as unknown as Definition;
  if (definition.innerType !== undefined) return schemasAt(definition.innerType, path);
  if (definition.in !== undefined) return schemasAt(definition.in, path);
  if (definition.options !== undefined) return definition.options.flatMap((option) => schemasAt(option, path));
  if (path.length === 0) return [schema];
  const [key, ...rest] = path;
  const child = definition.shape?.[String(key)] ?? definition.element ?? definition.valueType;
  return child === undefined ? [] : schemasAt(child, rest);
}
