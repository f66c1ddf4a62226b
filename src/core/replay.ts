import { Driver } from './driver.ts';
import type { AnyEnv } from './env.ts';
import type { EpisodeRecord } from './episode.ts';
import { PolityError } from './errors.ts';
import { createStreams } from './rng.ts';
import { parseWith } from './schema.ts';
import { contains, describeSpace } from './space.ts';
import { describeLegal } from './validation.ts';

/** Where a replay first leaves its record. Step 0 is the start of the episode, step t the moment after its t-th step. */
export interface ReplayDifference {
  readonly step: number;
  /** Null where the field belongs to nobody. */
  readonly agent: string | null;
  /** What differs, with its place: `reward`, `action`, `ended`, `metrics.rounds`. */
  readonly field: string;
  /** What the record says. */
  readonly expected: unknown;
  /** What playing it again gives. */
  readonly got: unknown;
}

/** Shown every moment of a replay, the reset (step 0) included; the driver's env 0 holds the state. Reads, never writes. */
export type ReplayVisitor = (driver: Driver, step: number) => void;

/**
 * Plays a recorded episode again from its seed and actions alone, and returns the record of that.
 *
 * Throws: PolityError (input) when the record is of another world, holds no actions, or its actions cannot be played, with
 * step and agent; (contract) when the world throws.
 *
 * @example
 * const seats = { 'guesser[0]': 'always(1)' };
 * const start = { format: 'polity-episode/1', env: 'coin', params: {}, seed: 'e', timeLimitSteps: null, agents: ['guesser_0'], seats };
 * const { rewards, ended } = replayEpisode({ ...start, actions: [[[1]]], rewards: [], returns: [], length: 1, ended: 'truncated', metrics: {}, outcome: {} }, coin);
 * [rewards, ended] // [[[1]], 'terminated']
 */
export function replayEpisode(record: EpisodeRecord, env: AnyEnv, visit?: ReplayVisitor): EpisodeRecord {
  const { replay, obstacle } = simulate(record, env, visit);
  if (replay !== undefined) return replay;
  const { step, agent, field, expected, got } = obstacle;
  throw new PolityError({
    code: 'input',
    where: placeOf(record, step, agent),
    message: `the recorded ${field} cannot be played`,
    got: String(expected),
    expected: String(got),
    remedy: 'The record was changed, or made by another version of the world',
  });
}

/**
 * Plays a recorded episode again and compares what happens with what the record says: who acted, every reward, the end,
 * returns, metrics and outcome, all exactly. Null when nothing differs.
 *
 * Throws: PolityError (input) when the record is of another world or holds no actions; (contract) when the world throws.
 */
export function verifyEpisode(record: EpisodeRecord, env: AnyEnv, visit?: ReplayVisitor): ReplayDifference | null {
  const { replay, obstacle, rewards } = simulate(record, env, visit);
  return firstReward(record, rewards) ?? obstacle ?? firstOfEnd(record, replay);
}

type Simulation = { readonly rewards: readonly (readonly number[])[] } & (
  | { readonly replay: EpisodeRecord; readonly obstacle?: undefined }
  | { readonly replay?: undefined; readonly obstacle: ReplayDifference }
);

/** Plays until the episode ends, or until something stands in the way: then there is a difference already. */
function simulate(record: EpisodeRecord, env: AnyEnv, visit: ReplayVisitor | undefined): Simulation {
  const driver = begin(record, env);
  const { layout } = driver;
  const rewards: number[][] = [];
  visit?.(driver, 0);
  for (const [t, actions] of record.actions.entries()) {
    const step = t + 1;
    if (driver.isOver(0)) {
      return { rewards, obstacle: { step: t, agent: null, field: 'ended', expected: 'running', got: endOf(driver) } };
    }
    const obstacle = writeActions(driver, actions, step);
    if (obstacle !== undefined) return { rewards, obstacle };
    try {
      driver.stepEnv(0);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new PolityError({ code: 'contract', where: placeOf(record, step, null), message }, { cause: error });
    }
    rewards.push([...driver.rewards]);
    visit?.(driver, step);
  }
  const { length } = record.actions;
  if (!driver.isOver(0)) {
    const obstacle = { step: length, agent: null, field: 'ended', expected: record.ended, got: 'running' };
    return { rewards, obstacle };
  }
  const replay: EpisodeRecord = {
    ...record,
    params: driver.params,
    agents: layout.names,
    rewards,
    returns: [...driver.returns],
    length,
    ended: endOf(driver),
    metrics: driver.endMetrics(0),
    outcome: driver.endOutcome(0),
  };
  return { rewards, replay };
}

function begin(record: EpisodeRecord, env: AnyEnv): Driver {
  if (record.env !== env.id) {
    throw new PolityError({
      code: 'input',
      where: 'replay',
      message: 'the record is of another world',
      got: record.env,
      expected: env.id,
    });
  }
  if (record.actions.length === 0) {
    throw new PolityError({
      code: 'input',
      where: placeOf(record, 0, null),
      message: 'the record holds no actions',
      remedy: 'Record the episode with its actions: `polity evaluate --replays DIR`',
    });
  }
  const params = parseWith(env.params, record.params, `replay of ${env.id}`);
  const driver: Driver = new Driver(env, params, {
    autoreset: 'disabled',
    rng: () => createStreams(record.seed).stream('env'),
    ...(record.timeLimitSteps === null ? {} : { timeLimitSteps: record.timeLimitSteps }),
  });
  driver.reset();
  const names = driver.layout.names.join(', ');
  if (record.agents.join(', ') === names) return driver;
  throw new PolityError({
    code: 'input',
    where: placeOf(record, 0, null),
    message: 'the agents are others',
    got: record.agents.join(', '),
    expected: names,
  });
}

/** Puts one recorded step into the driver's rows; what cannot be played is a difference. */
function writeActions(driver: Driver, actions: EpisodeRecord['actions'][number], step: number) {
  const { layout } = driver;
  for (let agent = 0; agent < layout.count; agent++) {
    const role = layout.roles[layout.roleOf[agent]];
    const action = actions[agent] ?? [];
    const acts = driver.acting[agent] === 1;
    const obstacle = (got: string): ReplayDifference => {
      return { step, agent: layout.names[agent], field: 'action', expected: `[${action.join(', ')}]`, got };
    };
    if (!acts && action.length > 0) return obstacle('no action: it does not act');
    if (!acts) continue;
    if (action.length !== role.actionSize || !contains(role.action, action)) {
      return obstacle(`an action of ${describeSpace(role.action)}`);
    }
    const mask = driver.maskOf(0, agent);
    if (mask.length > 0 && !contains(role.action, action, mask)) {
      return obstacle(`a legal action: ${describeLegal(role.action, mask)}`);
    }
    driver.actions.set(action, agent * layout.actionStride);
  }
  return undefined;
}

function firstReward(record: EpisodeRecord, rewards: readonly (readonly number[])[]): ReplayDifference | undefined {
  for (const [t, row] of rewards.entries()) {
    for (const [agent, name] of record.agents.entries()) {
      const expected = record.rewards[t]?.[agent] ?? null;
      if (expected !== row[agent]) return { step: t + 1, agent: name, field: 'reward', expected, got: row[agent] };
    }
  }
  return undefined;
}

function firstOfEnd(record: EpisodeRecord, replay: EpisodeRecord | undefined): ReplayDifference | null {
  if (replay === undefined) return null;
  const step = replay.length;
  for (const field of ['ended', 'length'] as const) {
    if (record[field] !== replay[field]) {
      return { step, agent: null, field, expected: record[field], got: replay[field] };
    }
  }
  for (const [agent, name] of record.agents.entries()) {
    const [expected, got] = [record.returns[agent], replay.returns[agent]];
    if (expected !== got) return { step, agent: name, field: 'return', expected, got };
  }
  for (const field of ['metrics', 'outcome'] as const) {
    const found = firstMismatch(throughJson(record[field]), throughJson(replay[field]), field);
    if (found !== undefined) return { step, agent: null, ...found };
  }
  return null;
}

/** Records live in JSON, which knows neither -0 nor absent keys. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function firstMismatch(
  expected: unknown,
  got: unknown,
  field: string,
): Omit<ReplayDifference, 'step' | 'agent'> | undefined {
  if (expected === got) return undefined;
  if (!isObject(expected) || !isObject(got) || Array.isArray(expected) !== Array.isArray(got)) {
    return { field, expected, got };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const place = Array.isArray(expected) ? `${field}[${key}]` : `${field}.${key}`;
    const found = firstMismatch(expected[key], got[key], place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function endOf(driver: Driver): EpisodeRecord['ended'] {
  return driver.terminated[0] === 1 ? 'terminated' : 'truncated';
}

function placeOf(record: EpisodeRecord, step: number, agent: string | null): string {
  return `replay of ${record.env} › seed ${record.seed} › step ${step}${agent === null ? '' : ` › ${agent}`}`;
}
