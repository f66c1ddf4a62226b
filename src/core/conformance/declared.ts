import type { AgentLayout } from '../agents.ts';
import { layOutAgents } from '../agents.ts';
import type { AnyEnv, Role } from '../env.ts';
import type { EnvCard } from '../env-card.ts';
import type { Space } from '../space.ts';
import type { Findings } from './findings.ts';
import { firstDifference } from './same-value.ts';

/** Checks the parameter schema, and resolves the parameters to play with; `undefined` when that fails. */
export function checkParams(env: AnyEnv, given: unknown, findings: Findings): { readonly value: unknown } | undefined {
  const defaults = findings.attempt('the parameter schema', () => env.params.safeParse({}), 'params-defaults');
  if (defaults === undefined) return undefined;
  if (!defaults.value.success) {
    const issue = defaults.value.error.issues[0];
    findings.fail('params-defaults', `parsing {} fails at ${issue.path.join('.') || 'the root'}: ${issue.message}`);
    if (given === undefined) return undefined;
  }
  const parsed = findings.attempt('the parameter schema', () => env.params.parse(given ?? {}), 'params-defaults');
  if (parsed === undefined) return undefined;
  const again = findings.attempt(
    'a second parse of the parameters',
    () => env.params.parse(JSON.parse(JSON.stringify(parsed.value))),
    'params-json',
  );
  const difference = again && firstDifference(parsed.value, again.value);
  if (difference !== undefined) findings.fail('params-json', `params${difference} changes on the way through JSON`);
  return parsed;
}

/** Checks that the card of a registered world says everything. */
export function checkCard(env: AnyEnv, roles: readonly Role[], findings: Findings): void {
  const { card } = env;
  const texts: [string, string | undefined][] = (
    ['title', 'description', 'source', 'licence', 'tests', 'horizon'] satisfies (keyof EnvCard)[]
  ).map((key) => [key, card[key]]);
  texts.push(['rewardScale.agent', card.rewardScale?.agent], ['rewardScale.team', card.rewardScale?.team]);
  for (const [key, text] of texts) {
    if (text === undefined || text.trim() === '' || text === 'not stated') {
      findings.fail('card-complete', `card.${key} is not stated`);
    }
  }
  const measured = card.randomReturn;
  if (measured === undefined) findings.fail('card-complete', 'card.randomReturn is not stated');
  for (const { name } of measured === undefined ? [] : roles) {
    if (!Number.isFinite(measured?.roles[name]?.mean)) {
      findings.fail('card-complete', `card.randomReturn.roles.${name} is missing`);
    }
  }
}

/** Checks roles, spaces and the time limit; the layout, or `undefined` when there is nothing to play with. */
export function checkRoles(env: AnyEnv, params: unknown, findings: Findings): AgentLayout | undefined {
  const listed = findings.attempt('roles', () => env.roles(params));
  if (listed === undefined) return undefined;
  const roles = listed.value;
  if (roles.length === 0) findings.fail('roles-sane', 'there are no roles');
  const seen = new Set<string>();
  for (const { name, count, observation, action } of roles) {
    if (!/^[a-z]+(_[a-z]+)*$/.test(name)) findings.fail('roles-sane', `role name "${name}" is not like player`);
    if (seen.has(name)) findings.fail('roles-sane', `role "${name}" is listed twice`);
    seen.add(name);
    if (!(Number.isInteger(count) && count > 0)) findings.fail('roles-sane', `role "${name}" has ${count} agents`);
    const problem =
      observation.kind === 'box' ? spaceProblem(observation) : `is ${(observation as Space).kind}, not a box`;
    if (problem !== undefined) findings.fail('space-sane', `observation of "${name}" ${problem}`);
    const trouble = spaceProblem(action);
    if (trouble !== undefined) findings.fail('space-sane', `action of "${name}" ${trouble}`);
  }
  checkStable(env, params, roles, findings);
  const limit = findings.attempt('timeLimitSteps', () => env.timeLimitSteps?.(params))?.value;
  if (limit !== undefined && limit !== Number.POSITIVE_INFINITY && !(Number.isInteger(limit) && limit > 0)) {
    findings.fail('time-limit-sane', `timeLimitSteps is ${limit}`);
  }
  const fatal = findings.has('roles-sane', 'roles-stable', 'space-sane', 'time-limit-sane', 'no-exceptions');
  return fatal ? undefined : layOutAgents(env, params);
}

/** Checks that roles() still says what it said in the beginning. */
export function checkStable(env: AnyEnv, params: unknown, roles: readonly Role[], findings: Findings): void {
  const again = findings.attempt('roles', () => env.roles(params));
  const difference = again && firstDifference(roles, again.value);
  if (difference !== undefined) findings.fail('roles-stable', `roles${difference} differs between two calls`);
}

function spaceProblem(space: Space): string | undefined {
  const count = (n: number) => Number.isInteger(n) && n >= 1;
  if (space.kind === 'discrete') return count(space.n) ? undefined : `has ${space.n} choices`;
  if (space.kind === 'multiDiscrete') {
    return space.sizes.length > 0 && space.sizes.every(count) ? undefined : `has parts of [${space.sizes.join(', ')}]`;
  }
  if (space.kind !== 'box') return 'is no space';
  const size = space.shape.reduce((product, length) => product * length, 1);
  if (!count(size)) return `has the shape [${space.shape.join(', ')}]`;
  if (space.low.length !== size || space.high.length !== size) return `has bounds for ${space.low.length} of ${size}`;
  const bad = space.low.findIndex((low, i) => !(low <= space.high[i]));
  return bad < 0 ? undefined : `has low ${space.low[bad]} above high ${space.high[bad]} at entry ${bad}`;
}
