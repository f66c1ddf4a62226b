import { type AnyEnv, createStreams, Driver, defineScripted, type EpisodeRecord, type Policy, parseWith } from '#core';
import { type NegotiationParams, negotiation } from '#envs';
import type { NegotiationState } from '#envs/negotiation/state';
import { playEpisodes } from '#train';

/** An offer by number, an acceptance, or the end. */
export type Act = number | 'a' | 'e';

export interface Run {
  readonly acts: readonly Act[];
  readonly state: NegotiationState;
  /** Of each act: its round, and the time that the party saw. */
  readonly times: readonly number[];
  /** What each party was paid. */
  readonly rewards: readonly number[];
}

export interface TableDomain {
  readonly sizes: readonly number[];
  readonly utilities: readonly (readonly number[])[];
  readonly reserved: readonly number[];
}

/** Strategies as records of NegMAS call them, and what they are here. */
export const strategies: Readonly<Record<string, string>> = {
  boulware: 'boulware',
  linear: 'linear',
  conceder: 'conceder',
  micro: 'micro',
  tft: 'naive-tit-for-tat',
  tftDefault: 'yielding-tit-for-tat',
  tough: 'hard-headed',
};

/** A domain as parameters of the world. */
export function given({ sizes, utilities, reserved }: TableDomain): object {
  return {
    parties: utilities.length,
    domain: { sizes, reserved, utilities: utilities.map((of) => ({ kind: 'table', utilities: of })) },
  };
}

export function paramsOf(params: object): NegotiationParams {
  const key = JSON.stringify(params);
  const parsed = known.get(key) ?? parseWith(negotiation.params, params, 'test');
  known.set(key, parsed);
  return parsed;
}

/** Parameters that were read before: what follows from them is made once. */
const known = new Map<string, NegotiationParams>();

/** Plays one negotiation through the driver, a policy in each seat. */
export function run(params: object, policies: readonly Policy[], seed = 'test'): Run {
  const complete = paramsOf(params);
  let state: NegotiationState | undefined;
  const spied: AnyEnv = {
    ...negotiation,
    init: (p: NegotiationParams, rng) => {
      state = negotiation.init(p, rng);
      return state;
    },
  };
  const streams = createStreams(seed);
  const driver = new Driver(spied, complete, {
    autoreset: 'disabled',
    validate: true,
    rng: () => streams.stream('env'),
  });
  driver.reset();
  const role = driver.layout.roles[0];
  const actors = policies.map((policy, agent) =>
    policy.createActor({
      env: { id: negotiation.id, params: complete },
      role,
      rows: policies.length,
      rng: streams.stream(`policy/${agent}`),
    }),
  );
  for (const [agent, actor] of actors.entries()) actor.begin(agent);
  const acts: Act[] = [];
  const times: number[] = [];
  const rewards = policies.map(() => 0);
  const actions = new Float64Array(policies.length * role.actionSize);
  while (driver.terminated[0] === 0 && driver.truncated[0] === 0) {
    const agent = driver.acting.indexOf(1);
    times.push(timeSeen(driver, agent));
    actors[agent].act({
      rows: Int32Array.of(agent),
      count: 1,
      observations: driver.observations[0],
      masks: driver.masks[0],
      actions,
    });
    for (let i = 0; i < role.actionSize; i++) {
      driver.actions[agent * driver.layout.actionStride + i] = actions[agent * role.actionSize + i];
    }
    driver.step();
    for (const [party] of rewards.entries()) rewards[party] += driver.rewards[party];
    const now = state as unknown as NegotiationState;
    const offer = now.offers[now.acts - 1];
    acts.push(offer >= 0 ? offer : now.status === 'ended' ? 'e' : 'a');
  }
  return { acts, state: state as unknown as NegotiationState, times, rewards };
}

function timeSeen(driver: Driver, agent: number): number {
  let at = 0;
  for (const { name, size } of driver.layout.roles[0].observation.fields ?? []) {
    if (name === 'time') return driver.observationOf(0, agent)[at];
    at += size;
  }
  throw new Error('no field time');
}

/** A party that makes the same offer whatever happens. */
export function offering(sizes: readonly number[], outcome: number): Policy {
  return defineScripted<null, null>({
    id: 'offering',
    card: { title: 'Offering', description: 'One offer.', source: 'test', worlds: ['negotiation'] },
    prepare: () => null,
    remember: () => null,
    act(_view, out) {
      out[0] = 1;
      let left = outcome;
      for (let issue = sizes.length - 1; issue >= 0; issue--) {
        out[1 + issue] = left % sizes[issue];
        left = Math.floor(left / sizes[issue]);
      }
    },
  });
}

/** Episodes of a line-up, as records. */
export function episodes(params: object, policies: readonly Policy[], count: number, seed = 'test'): EpisodeRecord[] {
  return [
    ...playEpisodes({
      env: negotiation,
      params: paramsOf(params),
      timeLimitSteps: null,
      seating: policies,
      episodes: Array.from({ length: count }, (_, k) => k),
      seed,
      policyStreams: createStreams(`${seed}/policies`),
      record: true,
    }),
  ];
}
