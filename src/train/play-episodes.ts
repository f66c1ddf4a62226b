import {
  type Account,
  type ActionAccount,
  type Actor,
  type AnyEnv,
  CountedRng,
  createStreams,
  Driver,
  type EpisodeRecord,
  layOutAgents,
  type Policy,
  PolityError,
  type RoleLayout,
  type Streams,
} from '#core';
import { requireFiniteMoment, thrownBy } from './world-failure.ts';

/** Which policy plays each agent, by agent number. */
export type Seating = readonly Policy[];

export interface PlayOptions {
  readonly env: AnyEnv;
  readonly params: unknown;
  /** Overrides the world's own time limit. */
  readonly timeLimitSteps: number | null;
  readonly seating: Seating;
  /** Numbers of the episodes to play; the same number always begins the same way. */
  readonly episodes: readonly number[];
  /** Episode k is played with the generator `createStreams('<seed>/episode/<k>').stream('env')`. */
  readonly seed: string | number;
  /** What the policies draw from. The name says who asks, so that no two callers share draws. */
  readonly policyStreams: Streams;
  /** Keep every action and reward. */
  readonly record: boolean;
  /** Keep how every action came about, too. Default: not. */
  readonly accounts?: boolean;
  /** Most episodes side by side. Default 64. */
  readonly envs?: number;
}

interface Group {
  readonly policy: Policy;
  readonly role: RoleLayout;
  readonly agents: readonly number[];
  readonly actor: Actor;
  readonly actions: Float64Array;
  readonly rows: Int32Array;
  /** Where the actor accounts for what it does, by its rows; null where nobody asks. */
  readonly account: Account | null;
}

/**
 * Plays episodes to their ends, some side by side, and returns one record each, in the order of `episodes`.
 *
 * Throws: PolityError (contract) for an episode that never ends (a world without an end and without a time limit).
 */
export function playEpisodes(options: PlayOptions): EpisodeRecord[] {
  const { env, params, seating, episodes, seed, record } = options;
  if (episodes.length === 0) return [];
  const envs = Math.min(options.envs ?? 64, episodes.length);
  const driver = new Driver(env, params, {
    envs,
    autoreset: 'disabled',
    rng: (e) => createStreams(episodeSeed(seed, episodes[e])).stream('env'),
    ...(options.timeLimitSteps === null ? {} : { timeLimitSteps: options.timeLimitSteps }),
  }) as Driver;
  const groups = groupSeats(driver, options);
  const seats = seatNames(driver, seating);
  const results: EpisodeRecord[] = new Array(episodes.length);
  const playing = new Int32Array(envs);
  const recordings: Recording[] = Array.from({ length: envs }, nothingYet);
  let next = 0;
  let left = 0;
  const begin = (e: number) => {
    if (next === episodes.length) {
      playing[e] = -1;
      return;
    }
    playing[e] = next;
    driver.reset(e, createStreams(episodeSeed(seed, episodes[next])).stream('env'));
    recordings[e] = nothingYet();
    for (const { actor, role, agents } of groups) {
      for (const agent of agents) actor.begin(e * role.count + agent - role.first);
    }
    next++;
    left++;
  };
  for (let e = 0; e < envs; e++) begin(e);
  while (left > 0) {
    for (const group of groups) actGroup(driver, group, playing);
    for (let e = 0; e < envs; e++) {
      if (playing[e] < 0) continue;
      if (record) recordActions(driver, e, recordings[e]);
      if (options.accounts === true) recordings[e].accounts.push(accountsOf(driver, e, groups));
      try {
        driver.stepEnv(e);
      } catch (error) {
        throw thrownBy(driver, e, episodeSeed(seed, episodes[playing[e]]), error);
      }
      requireFiniteMoment(driver, e, episodeSeed(seed, episodes[playing[e]]));
      if (record) recordings[e].rewards.push([...rowOf(driver.rewards, e, driver.layout.count)]);
      if (!driver.isOver(e)) {
        if (driver.lengths[e] > longestEpisode) throw endless(env.id);
        continue;
      }
      const k = playing[e];
      results[k] = toRecord(driver, e, options, episodes[k], seats, recordings[e]);
      left--;
      begin(e);
    }
  }
  return results;
}

/** The seed that an episode is reproduced from. */
export function episodeSeed(seed: string | number, episode: number): string {
  return `${seed}/episode/${episode}`;
}

const longestEpisode = 1_000_000;

interface Recording {
  readonly actions: number[][][];
  readonly rewards: number[][];
  readonly accounts: (ActionAccount | null)[][];
}

function nothingYet(): Recording {
  return { actions: [], rewards: [], accounts: [] };
}

function groupSeats(driver: Driver, options: PlayOptions): Group[] {
  const { env, params, seating, policyStreams } = options;
  const { roles } = driver.layout;
  const groups: Group[] = [];
  for (const role of roles) {
    const agents = Array.from({ length: role.count }, (_, i) => role.first + i);
    const policies = [...new Set(agents.map((agent) => seating[agent]))];
    policies.forEach((policy, index) => {
      const rows = driver.envs * role.count;
      const stream = policyStreams.stream(`policy/${role.name}/${index}`);
      const counted = options.accounts === true ? new CountedRng(stream) : null;
      const rng = counted ?? stream;
      const mine = agents.filter((agent) => seating[agent] === policy);
      const actor = policy.createActor({ env: { id: env.seatsAs ?? env.id, params }, role, rows, rng });
      const actions = new Float64Array(rows * role.actionSize);
      const account =
        counted === null
          ? null
          : { drawn: () => counted.drawn, probability: new Float64Array(rows), counter: new Float64Array(rows) };
      groups.push({ policy, role, agents: mine, actor, actions, rows: new Int32Array(rows), account });
    });
  }
  return groups;
}

function actGroup(driver: Driver, { role, agents, actor, actions, rows, account }: Group, playing: Int32Array): void {
  const { layout } = driver;
  let count = 0;
  for (let e = 0; e < driver.envs; e++) {
    if (playing[e] < 0) continue;
    for (const agent of agents) {
      if (driver.acting[e * layout.count + agent] === 1) rows[count++] = e * role.count + agent - role.first;
    }
  }
  if (count === 0) return;
  const r = layout.roles.indexOf(role);
  const batch = { rows, count, observations: driver.observations[r], masks: driver.masks[r], actions };
  if (account === null) actor.act(batch);
  else {
    account.probability.fill(Number.NaN);
    account.counter.fill(Number.NaN);
    actor.act({ ...batch, account });
  }
  for (let k = 0; k < count; k++) {
    const e = Math.floor(rows[k] / role.count);
    const agent = role.first + rows[k] - e * role.count;
    const target = (e * layout.count + agent) * layout.actionStride;
    for (let i = 0; i < role.actionSize; i++) {
      driver.actions[target + i] = actions[rows[k] * role.actionSize + i];
    }
  }
}

function recordActions(driver: Driver, e: number, { actions }: Recording): void {
  const { count, roles, roleOf, actionStride } = driver.layout;
  const step: number[][] = [];
  for (let a = 0; a < count; a++) {
    const at = (e * count + a) * actionStride;
    const acts = driver.acting[e * count + a] === 1;
    step.push(acts ? [...driver.actions.subarray(at, at + roles[roleOf[a]].actionSize)] : []);
  }
  actions.push(step);
}

/** How the actions of a step came about, by agent. */
function accountsOf(driver: Driver, e: number, groups: readonly Group[]): (ActionAccount | null)[] {
  const { count } = driver.layout;
  const all: (ActionAccount | null)[] = Array.from({ length: count }, () => null);
  for (const { role, agents, actor, account } of groups) {
    if (account === null) continue;
    for (const agent of agents) {
      if (driver.acting[e * count + agent] === 0) continue;
      const row = e * role.count + agent - role.first;
      all[agent] = {
        network: actor.hash ?? null,
        probability: known(account.probability[row]),
        counter: known(account.counter[row]),
      };
    }
  }
  return all;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function toRecord(
  driver: Driver,
  e: number,
  { env, params, timeLimitSteps, seed }: PlayOptions,
  episode: number,
  seats: Readonly<Record<string, string>>,
  { actions, rewards, accounts }: Recording,
): EpisodeRecord {
  return {
    format: 'polity-episode/1',
    env: env.id,
    params,
    seed: episodeSeed(seed, episode),
    timeLimitSteps,
    agents: driver.layout.names,
    seats,
    actions,
    rewards,
    returns: [...rowOf(driver.returns, e, driver.layout.count)],
    length: driver.lengths[e],
    ended: driver.terminated[e] === 1 ? 'terminated' : 'truncated',
    metrics: driver.endMetrics(e),
    outcome: driver.endOutcome(e),
    ...(accounts.length === 0 ? {} : { accounts }),
  };
}

/** `player[0]` -> `boulware`. */
function seatNames(driver: Driver, seating: Seating): Record<string, string> {
  return Object.fromEntries(
    driver.layout.roles.flatMap((role) =>
      Array.from({ length: role.count }, (_, i) => [`${role.name}[${i}]`, seating[role.first + i].id]),
    ),
  );
}

function rowOf(values: Float64Array, e: number, count: number): Float64Array {
  return values.subarray(e * count, (e + 1) * count);
}

function endless(id: string): PolityError {
  return new PolityError({
    code: 'contract',
    where: `world ${id}`,
    message: `an episode has not ended after ${longestEpisode} steps`,
    remedy: 'Set env.timeLimitSteps, or give the world a time limit',
  });
}

/** The policies of every agent when each role is played by one policy. */
export function seatRoles(env: AnyEnv, params: unknown, policyOf: (role: string) => Policy): Policy[] {
  return layOutAgents(env, params).roles.flatMap((role) => {
    const policy = policyOf(role.name);
    return Array.from({ length: role.count }, () => policy);
  });
}
