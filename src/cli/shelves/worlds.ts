import { type AnyEnv, layOutAgents, parseWith, type RandomReturn, type RoleLayout, type Space } from '#core';
import { worlds } from '#envs';
import { optionsOf, optionsSection } from './options-of.ts';
import type { Section, Shelf } from './shelf.ts';

/** The worlds. Roles, declarations and limits are those under default parameters. */
export const worldShelf: Shelf<AnyEnv> = {
  items: worlds,
  columns: ['world', 'agents', 'actions', 'random team return', 'title'],
  title: (env) => env.card.title,

  row(env) {
    const { roles } = layOutOf(env);
    const { randomReturn, title } = env.card;
    return [
      env.id,
      roles.map(({ name, count }) => `${count} ${name}`).join(', '),
      [...new Set(roles.map(({ action }) => actionText(action)))].join(', '),
      randomReturn === undefined ? '' : meanText(randomReturn.team),
      title,
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

function randomText({ team, roles, episodes }: RandomReturn): string {
  const each = Object.entries(roles).map(([role, value]) => `${meanText(value)} a ${role}`);
  return `${meanText(team)} the team, ${each.join(', ')} (${episodes} episodes)`;
}

function meanText({ mean, standardError }: { readonly mean: number; readonly standardError: number }): string {
  return `${mean.toFixed(2)} ± ${standardError.toFixed(2)}`;
}
