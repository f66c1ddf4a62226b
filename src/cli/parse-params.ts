import { parse } from 'yaml';
import { PolityError } from '#core';

/**
 * Parameters from `key=value` texts; keys may have dots, values are YAML.
 *
 * Throws: PolityError (usage) for a text without `=` or with a value that is not YAML.
 *
 * @example
 * parseParams(['maxTurns=4', 'a.b=[1, 2]']) // { maxTurns: 4, a: { b: [1, 2] } }
 */
export function parseParams(assignments: readonly string[]): Readonly<Record<string, unknown>> {
  const params: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    const keys = assignment.slice(0, at).split('.');
    if (at < 1 || keys.some((key) => key.trim() === '')) throw bad(assignment, 'key=value, such as maxTurns=4');
    let target = params;
    for (const key of keys.slice(0, -1)) {
      const inner = target[key];
      target[key] = typeof inner === 'object' && inner !== null ? { ...inner } : {};
      target = target[key] as Record<string, unknown>;
    }
    target[keys[keys.length - 1]] = readValue(assignment.slice(at + 1), assignment);
  }
  return params;
}

function readValue(text: string, assignment: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw bad(assignment, 'a value in YAML after the =', error);
  }
}

function bad(got: string, expected: string, cause?: unknown): PolityError {
  const detail = { code: 'usage', where: '--param', message: 'cannot be read', got, expected } as const;
  return new PolityError(detail, { cause });
}
