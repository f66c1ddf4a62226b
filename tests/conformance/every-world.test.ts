import { describe, expect, it } from 'vitest';
import {
  type AnyEnv,
  type AutoresetMode,
  createStreams,
  Driver,
  type EpisodeRecord,
  parseEpisode,
  sampleSpace,
  verifyEpisode,
} from '#core';
import { worlds } from '#envs';

const episodes = 3;
/** Long episodes are cut, which is one of the ends that every mode has to get right. */
const longest = 40;

function driverOf(env: AnyEnv, autoreset: AutoresetMode): Driver {
  const params = env.params.parse({});
  const timeLimitSteps = Math.min(longest, env.timeLimitSteps?.(params) ?? longest);
  const rng = () => createStreams('every world').stream('env');
  const driver: Driver = new Driver(env, params, { autoreset, timeLimitSteps, rng, validate: true });
  driver.reset();
  return driver;
}

/** Legal random actions for those who act, as a record holds them. */
function choose(driver: Driver, choices: ReturnType<typeof createStreams>, at: string): number[][] {
  const { layout } = driver;
  return layout.names.map((name, agent) => {
    if (driver.acting[agent] === 0) return [];
    const role = layout.roles[layout.roleOf[agent]];
    const from = agent * layout.actionStride;
    const row = driver.actions.subarray(from, from + role.actionSize);
    sampleSpace(
      role.action,
      choices.stream(`${at}/${name}`),
      row,
      role.maskSize === 0 ? undefined : driver.maskOf(0, agent),
    );
    return [...row];
  });
}

interface Seen {
  readonly first: readonly number[][];
  readonly final: readonly number[][];
  readonly record: EpisodeRecord;
}

/** Plays episodes one after the other and keeps what a learner would: first rows, final rows, rewards, ends. */
function play(env: AnyEnv, autoreset: AutoresetMode): Seen[] {
  const driver = driverOf(env, autoreset);
  const { layout, params, timeLimitSteps } = driver;
  const choices = createStreams('choices');
  const rowsOfActing = () =>
    layout.names.map((_, agent) => (driver.acting[agent] === 1 ? [...driver.observationOf(0, agent)] : []));
  const seen: Seen[] = [];
  for (let episode = 0; episode < episodes; episode++) {
    const first = rowsOfActing();
    const actions: number[][][] = [];
    const rewards: number[][] = [];
    do {
      actions.push(choose(driver, choices, `${episode}/${actions.length}`));
      driver.step();
      rewards.push([...driver.rewards]);
    } while (!driver.isOver(0));
    const final = layout.names.map((_, agent) => [...driver.finalObservationOf(0, agent)]);
    const record: EpisodeRecord = {
      format: 'polity-episode/1',
      env: env.id,
      params,
      seed: 'every world',
      timeLimitSteps,
      agents: layout.names,
      seats: {},
      actions,
      rewards,
      returns: [...driver.returns],
      length: driver.lengths[0],
      ended: driver.terminated[0] === 1 ? 'terminated' : 'truncated',
      metrics: driver.endMetrics(0),
      outcome: driver.endOutcome(0),
    };
    seen.push({ first, final, record });
    if (autoreset === 'disabled') driver.reset();
    if (autoreset === 'next_step') {
      driver.step();
      expect([...driver.rewards, driver.terminated[0], driver.truncated[0]]).toEqual([
        ...layout.names.map(() => 0),
        0,
        0,
      ]);
    }
  }
  return seen;
}

describe('every registered world', () => {
  it.each(worlds.items.map((env) => [env.id, env] as const))(
    '%s plays the same episodes in the three modes of autoreset',
    (_, env) => {
      const disabled = play(env, 'disabled');
      expect(disabled).toHaveLength(episodes);
      expect(play(env, 'same_step')).toEqual(disabled);
      expect(play(env, 'next_step')).toEqual(disabled);
    },
  );

  it.each(worlds.items.map((env) => [env.id, env] as const))(
    '%s replays a recorded episode exactly from a line of JSON',
    (_, env) => {
      const [{ record }] = play(env, 'disabled');
      const line = parseEpisode(JSON.parse(JSON.stringify(record)), 'line 1');
      expect(verifyEpisode(line, env)).toBeNull();
      const rewards = line.rewards.map((row, t) => (t === line.length - 1 ? row.map((reward) => reward + 1) : row));
      expect(verifyEpisode({ ...line, rewards }, env)).toMatchObject({
        step: line.length,
        agent: line.agents[0],
        field: 'reward',
      });
    },
  );
});
