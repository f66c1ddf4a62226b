import type { Drawing } from './drawing.ts';
import type { EnvDef } from './env.ts';
import {
  type ActionValue,
  type AgentInfo,
  createFace,
  type FaceMetadata,
  type FaceOptions,
  type RenderMode,
  type ResetOptions,
} from './face.ts';
import type { BoxSpace, Space } from './space.ts';

/** One value for each agent, by name. */
export type ByAgent<T> = Readonly<Record<string, T>>;

/** What a step of the parallel face returns, for every agent that was live when it began or joined in it. */
export interface ParallelStep {
  readonly observations: ByAgent<Float32Array>;
  readonly rewards: ByAgent<number>;
  readonly terminations: ByAgent<boolean>;
  readonly truncations: ByAgent<boolean>;
  readonly infos: ByAgent<AgentInfo>;
}

/** PettingZoo's `ParallelEnv` in camelCase. Observations and masks are copies that the caller may keep. */
export interface ParallelEnv {
  readonly metadata: FaceMetadata;
  readonly possibleAgents: readonly string[];
  /** The agents that are live now; empty when the episode is over. */
  readonly agents: readonly string[];
  readonly numAgents: number;
  readonly maxNumAgents: number;
  /** Absent where the world has no state vector. */
  readonly stateSpace: BoxSpace | undefined;
  reset(options?: ResetOptions): Pick<ParallelStep, 'observations' | 'infos'>;
  /** Needs an action of every live agent that acts; those of the others are ignored. */
  step(actions: ByAgent<ActionValue | null | undefined>): ParallelStep;
  observationSpace(agent: string): BoxSpace;
  actionSpace(agent: string): Space;
  state(): Float32Array;
  render(mode?: RenderMode): Drawing | string;
  close(): void;
}

/**
 * PettingZoo's parallel face of a world: everyone acts at once, values go by agent name, `while (env.agents.length > 0)`.
 * An agent is in `agents` until the step that terminates or truncates it, and never comes back.
 *
 * Throws: PolityError (input) for parameters that do not fit; (usage) for a step before reset or after the end, an unknown
 * agent, a missing, malformed or illegal action.
 * Source: PettingZoo 1.27, `pettingzoo/utils/env.py`.
 *
 * @example
 * const env = parallelEnv(coin);
 * env.reset({ seed: 1 });
 * env.step({ guesser_0: 1 }).terminations; // { guesser_0: true }
 */
export function parallelEnv<P, S>(env: EnvDef<P, S>, params: Partial<P> = {}, options: FaceOptions = {}): ParallelEnv {
  const face = createFace(env, params, options);
  const { driver, names } = face;
  let agents: string[] = [];
  const gone = new Set<string>();
  const collect = <T>(live: readonly string[], value: (agent: string) => T): Record<string, T> =>
    Object.fromEntries(live.map((agent) => [agent, value(agent)]));

  return {
    metadata: face.metadata,
    possibleAgents: names,
    get agents() {
      return agents;
    },
    get numAgents() {
      return agents.length;
    },
    maxNumAgents: names.length,
    stateSpace: face.stateSpace,
    reset(resetOptions = {}) {
      face.reset(resetOptions);
      gone.clear();
      agents = names.filter(face.isAlive);
      return { observations: collect(agents, face.observation), infos: collect(agents, face.info) };
    },
    step(actions) {
      face.requireOpen('step');
      if (agents.length === 0) throw face.error(undefined, 'the episode is over', { remedy: 'Call reset' });
      for (const agent of Object.keys(actions)) face.indexOf(agent);
      for (const agent of agents) if (face.isActing(agent)) face.write(agent, actions[agent]);
      driver.stepEnv(0);
      const ended = driver.terminated[0] === 1;
      const cut = driver.truncated[0] === 1;
      const joined = names.filter((agent) => face.isAlive(agent) && !agents.includes(agent) && !gone.has(agent));
      const touched = names.filter((agent) => agents.includes(agent) || joined.includes(agent));
      const result: ParallelStep = {
        observations: collect(touched, face.observation),
        rewards: collect(touched, (agent) => driver.rewards[face.indexOf(agent)]),
        terminations: collect(touched, (agent) => ended || !face.isAlive(agent)),
        truncations: collect(touched, (agent) => cut && face.isAlive(agent)),
        infos: collect(touched, face.info),
      };
      agents = touched.filter((agent) => {
        const finished = result.terminations[agent] || result.truncations[agent];
        if (finished) gone.add(agent);
        return !finished;
      });
      return result;
    },
    observationSpace: face.observationSpace,
    actionSpace: face.actionSpace,
    state: face.state,
    render: face.render,
    close: face.close,
  };
}
