import type { z } from 'zod';
import { PolityError, suggest } from './errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * Checks a value against a schema and fills in defaults; the first problem becomes an error that names the key, what was
 * found, what was expected and the remedy.
 *
 * @param where File or world that the value belongs to, for the message.
 * Throws: PolityError (input).
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw issueError(deepest(result.error.issues), value, where, schema);
}

/** Union errors hold the reasons of each branch; the branch that got furthest into the value says most. */
function deepest(issues: readonly Issue[]): Issue {
  const issue = issues[0];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0).map((branch) => deepest(branch as Issue[]));
  const furthest = branches.reduce((best, other) => (other.path.length > best.path.length ? other : best), branches[0]);
  if (furthest === undefined || furthest.path.length === 0) return issue;
  return { ...furthest, path: [...issue.path, ...furthest.path] };
}

function issueError(issue: Issue, root: unknown, where: string, schema: z.ZodType): PolityError {
  const path = issue.path.map(String);
  const at = (keys: readonly string[]) => (keys.length === 0 ? where : `${where} › ${keys.join('.')}`);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0];
    const known = knownKeys(schema, issue.path);
    const remedy = known.length === 0 ? 'This part takes no keys' : suggest(key, known);
    return new PolityError({ code: 'input', where: at([...path, key]), message: 'unknown key', remedy });
  }
  const got = show(valueAt(root, issue.path));
  return new PolityError({
    code: 'input',
    where: at(path),
    message: 'not accepted',
    got,
    expected: expectation(issue),
  });
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'too_small':
      return `${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
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
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The keys that an object schema knows at a path, seen through defaults, optionals and unions. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const shapes = objectShapes(schema);
  if (path.length === 0) return [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
  const [key, ...rest] = path;
  return [...new Set(shapes.flatMap((shape) => (shape[String(key)] ? knownKeys(shape[String(key)], rest) : [])))];
}

interface Definition {
  readonly shape?: Record<string, z.ZodType>;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

function objectShapes(schema: z.ZodType): Record<string, z.ZodType>[] {
  const definition = schema.def as unknown as Definition;
  if (definition.shape !== undefined) return [definition.shape];
  if (definition.innerType !== undefined) return objectShapes(definition.innerType);
  if (definition.in !== undefined) return objectShapes(definition.in);
  return definition.options?.flatMap(objectShapes) ?? [];
}
