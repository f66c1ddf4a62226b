import { type BaselineReturn, PolityError, parseWith, type RandomReturn } from '#core';
import { measureRandomReturn, worlds } from '#envs';
import { findPolicy } from '#policies';
import { measureReturns } from './measure-returns.ts';

export interface MeasureOptions {
  readonly id: string | undefined;
  /** Scripted policies to measure instead of random play; each role is played by the first that can. */
  readonly policies: readonly string[];
  /** Absent: as many as a card has. */
  readonly episodes?: number | undefined;
  readonly seed: number;
  readonly json: boolean;
}

/** Episodes that the numbers of a card are measured over. */
const randomEpisodes = 10_000;
const scriptedEpisodes = 1000;

/**
 * Measures what random or scripted play returns under default parameters and prints it as a world's card holds it.
 *
 * Throws: PolityError (usage) without a world, (input) for a world or a policy that there is not, or that do not fit.
 */
export function runMeasure({ id, policies, episodes, seed, json }: MeasureOptions): void {
  const where = 'polity envs --measure';
  if (id === undefined) {
    throw new PolityError({
      code: 'usage',
      where,
      message: 'no world',
      remedy: 'Name one: polity envs kuhn-poker --measure',
    });
  }
  if (episodes === 1) {
    const [got, expected] = ['1', 'at least 2: one episode has no standard error'];
    throw new PolityError({ code: 'usage', where: '--episodes', message: 'too few', got, expected });
  }
  if (!Number.isInteger(seed)) {
    throw new PolityError({
      code: 'usage',
      where: '--seed',
      message: 'cannot be read',
      got: `${seed}`,
      expected: 'a whole number',
    });
  }
  const env = worlds.get(id, where);
  const params = parseWith(env.params, {}, `env ${env.id}`);
  if (policies.length === 0) {
    print('randomReturn', measureRandomReturn(env, params, { episodes: episodes ?? randomEpisodes, seed }), json);
    return;
  }
  const minds = policies.map((policy) => findPolicy(policy, '--policy'));
  print('baseline', measureReturns(env, params, minds, { episodes: episodes ?? scriptedEpisodes, seed }), json);
}

function print(key: 'randomReturn' | 'baseline', measured: RandomReturn | BaselineReturn, json: boolean): void {
  console.log(json ? JSON.stringify({ [key]: measured }) : cardText(key, measured));
}

/** As it stands in the source of a card. */
function cardText(key: string, measured: RandomReturn | BaselineReturn): string {
  const { episodes, seed, team, roles } = measured;
  const named = 'policies' in measured ? [`  policies: { ${entries(measured.policies, (id) => `'${id}'`)} },`] : [];
  return [
    `${key}: {`,
    ...named,
    `  episodes: ${grouped(episodes)},`,
    `  seed: ${seed},`,
    `  team: ${estimate(team)},`,
    `  roles: { ${entries(roles, estimate)} },`,
    '},',
  ].join('\n');
}

function entries<T>(values: Readonly<Record<string, T>>, text: (value: T) => string): string {
  return Object.entries(values)
    .map(([name, value]) => `${/^[a-z]\w*$/i.test(name) ? name : `'${name}'`}: ${text(value)}`)
    .join(', ');
}

function estimate({ mean, standardError }: RandomReturn['team']): string {
  return `{ mean: ${rounded(mean)}, standardError: ${rounded(standardError)} }`;
}

/** Four places; what rounds to zero has no sign. */
function rounded(value: number): number {
  return Number(value.toFixed(4)) + 0;
}

function grouped(value: number): string {
  return value < 10_000 ? `${value}` : `${value}`.replace(/\B(?=(\d{3})+$)/g, '_');
}
