import {
  type AnyEnv,
  type BaselineReturn,
  type Declarations,
  layOutAgents,
  parseWith,
  type RandomReturn,
  type RoleLayout,
  type Space,
} from '#core';
import { worlds } from '#envs';
import { wrapped } from '../terminal-table.ts';
import { optionsOf, optionsSection } from './options-of.ts';
import type { Section, Shelf } from './shelf.ts';

/** The worlds. Roles, declarations and limits are those under default parameters. */
export const worldShelf: Shelf<AnyEnv> = {
  items: worlds,
  columns: ['world', 'sees→does', 'horizon', 'reward', 'random,\nteam', 'baseline,\nteam', 'best published'],
  title: (env) => env.card.title,

  row(env) {
    const { roles, params } = layOutOf(env);
    const { randomReturn, baseline, published } = env.card;
    const minds =
      baseline === undefined
        ? []
        : [...[...new Set(Object.values(baseline.policies))].map(folded), twoPlaces(baseline.team.mean)];
    return [
      [env.id, ...roles.map(({ name, count }) => `  ${count} ${name}`)].join('\n'),
      [blankLine, ...roles.map(({ observationSize, action }) => `${observationSize}→${shortAction(action)}`)].join(
        '\n',
      ),
      horizonText(env, params),
      rewardText(env.declares?.(params) ?? {}),
      randomReturn === undefined ? '' : twoPlaces(randomReturn.team.mean),
      minds.join('\n'),
      published === undefined ? '' : `${published.result}\n${firstClause(published.source)}`,
    ];
  },

  card(env) {
    const { roles, params } = layOutOf(env);
    return {
      id: env.id,
      ...env.card,
      params: optionsOf(env.params),
      roles: roles.map(roleCard),
      declares: finiteBounds(env.declares?.(params) ?? {}),
      timeLimitSteps: limitOf(env, params),
      stateSize: env.stateVector === undefined ? null : (env.stateSize?.(params) ?? null),
      text: env.text !== undefined,
      draw: env.draw !== undefined,
    };
  },

  sections(env) {
    const { card } = env;
    const { roles, params } = layOutOf(env);
    const limit = limitOf(env, params);
    const facts: (readonly [string, string])[] = [
      ['source', card.source],
      ['licence', card.licence],
      ['tests', card.tests],
      ['reward, agent', card.rewardScale.agent],
      ['reward, team', card.rewardScale.team],
      ['horizon', card.horizon],
      ['time limit', limit === null ? 'none' : `${limit} steps`],
      ['declares', declarations(env, params)],
    ];
    if (card.randomReturn !== undefined) facts.push(['random policy', randomText(card.randomReturn)]);
    if (card.baseline !== undefined) facts.push(['scripted', scriptedText(card.baseline)]);
    if (card.published !== undefined) facts.push(['published', `${card.published.result}. ${card.published.source}`]);
    if (card.knownAnswer !== undefined) facts.push(['known answer', card.knownAnswer]);
    const head = ['role', 'agents', 'observation', 'actions'];
    const rows = roles.map(({ name, count, observationSize, action }) => [
      name,
      `${count}`,
      `${observationSize} numbers`,
      actionText(action),
    ]);
    const table: Section = { kind: 'table', title: 'Roles under default parameters', head, rows };
    return [
      { kind: 'text', text: card.description },
      { kind: 'facts', facts },
      table,
      ...optionsSection('Parameters', optionsOf(env.params)),
    ];
  },
};

function layOutOf(env: AnyEnv): { readonly roles: readonly RoleLayout[]; readonly params: unknown } {
  const params = parseWith(env.params, {}, `env ${env.id}`);
  return { roles: layOutAgents(env, params).roles, params };
}

/** The world's own time limit; null where there is none, which a world may also call infinity. */
function limitOf(env: AnyEnv, params: unknown): number | null {
  const limit = env.timeLimitSteps?.(params) ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(limit) ? limit : null;
}

function roleCard({ name, count, observation, observationSize, action }: RoleLayout) {
  const { fields = [] } = observation;
  return { name, count, observation: { size: observationSize, fields }, action: actionCard(action) };
}

function actionCard(action: Space) {
  if (action.kind === 'box')
    return { kind: action.kind, shape: action.shape, low: [...action.low], high: [...action.high] };
  return action;
}

function actionText(action: Space): string {
  if (action.kind === 'discrete') return `one of ${action.n}`;
  if (action.kind === 'multiDiscrete') return `one each of ${action.sizes.join(' x ')}`;
  return `${action.shape.join(' x ')} numbers`;
}

/** JSON has neither infinity nor a negative zero: an open end is null. */
function finiteBounds(declares: object): object {
  const bounds = (declares as { rewardBounds?: readonly number[] }).rewardBounds;
  if (bounds === undefined) return declares;
  return { ...declares, rewardBounds: bounds.map((bound) => (Number.isFinite(bound) ? bound + 0 : null)) };
}

function declarations(env: AnyEnv, params: unknown): string {
  const { zeroSum, commonReward, symmetric, rewardBounds } = env.declares?.(params) ?? {};
  const words = [
    zeroSum === true ? 'zero-sum' : '',
    commonReward === true ? 'common reward' : '',
    symmetric === true ? 'symmetric' : '',
    rewardBounds === undefined ? '' : `rewards of a step in ${rewardBounds[0]}..${rewardBounds[1]}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? 'nothing' : words.join(', ');
}

/** Who plays and what it returns; where one policy takes all seats, its name alone. */
function scriptedText(baseline: BaselineReturn): string {
  const seats = Object.entries(baseline.policies);
  const alike = new Set(Object.values(baseline.policies)).size === 1;
  const minds = alike ? seats[0][1] : seats.map(([role, policy]) => `${policy} as ${role}`).join(', ');
  return `${minds}: ${randomText(baseline)}`;
}

/** What a table cell begins with where its first line is empty: spaces would be taken away, this has no width. */
const blankLine = '\u200b';

const horizonWidth = 11;
const idWidth = 15;

/** A long id over two lines, at its last dash that fits. */
function folded(id: string): string {
  const at = id.lastIndexOf('-', idWidth);
  return id.length <= idWidth || at < 0 ? id : `${id.slice(0, at + 1)}\n${id.slice(at + 1)}`;
}

/** The time limit; where there is none, what the card says first about when an episode ends. */
function horizonText(env: AnyEnv, params: unknown): string {
  const limit = limitOf(env, params);
  return limit !== null
    ? `${limit} steps`
    : wrapped(firstClause(env.card.horizon.replace(/ by default.*/s, '')), horizonWidth).join('\n');
}

function firstClause(text: string): string {
  const [clause] = text.split(/[:;,]|\.\s| \((?!\d)/);
  return clause.trim().replace(/\.$/, '');
}

/** Letters of an action's sizes; more parts than fit are counted. */
const longestSizes = 12;

function shortAction(action: Space): string {
  if (action.kind === 'discrete') return `${action.n}`;
  if (action.kind === 'box') return `${action.low.length} reals`;
  const sizes = action.sizes.join('x');
  return sizes.length <= longestSizes ? sizes : `${action.sizes.length} choices`;
}

/** What the rewards of all have to do with each other, and the bounds of one in a step. */
function rewardText({ zeroSum, commonReward, rewardBounds }: Declarations): string {
  const kind = zeroSum === true ? 'zero-sum' : commonReward === true ? 'common' : 'own';
  if (rewardBounds === undefined) return kind;
  const [low, high] = rewardBounds.map((bound) =>
    Number.isFinite(bound) ? `${Number(bound.toPrecision(3)) + 0}` : '∞',
  );
  return `${kind}\n${low === '∞' ? '-∞' : low}..${high}`;
}

function twoPlaces(value: number): string {
  return value.toFixed(2).replace(/^-(0\.00)$/, '$1');
}

function randomText({ team, roles, episodes }: RandomReturn): string {
  const each = Object.entries(roles).map(([role, value]) => `${meanText(value)} a ${role}`);
  return `${meanText(team)} the team, ${each.join(', ')} (${episodes} episodes)`;
}

function meanText({ mean, standardError }: { readonly mean: number; readonly standardError: number }): string {
  return `${mean.toFixed(2)} ± ${standardError.toFixed(2)}`;
}
