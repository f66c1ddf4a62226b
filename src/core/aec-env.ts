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
import type { ByAgent } from './parallel-env.ts';
import type { BoxSpace, Space } from './space.ts';

/** What the selected agent finds when its turn comes. */
export interface AecLast {
  /** Absent when asked for without. */
  readonly observation: Float32Array | null;
  /** Everything this agent received since it last acted. */
  readonly reward: number;
  readonly termination: boolean;
  readonly truncation: boolean;
  readonly info: AgentInfo;
}

/** PettingZoo's `AECEnv` in camelCase: one agent at a time. The dictionaries hold the agents listed in `agents`. */
export interface AecEnv {
  readonly metadata: FaceMetadata;
  readonly possibleAgents: readonly string[];
  /** Agents that still have a turn to come; a finished agent stays until its one last turn. */
  readonly agents: readonly string[];
  readonly numAgents: number;
  readonly maxNumAgents: number;
  /** Whose turn it is. */
  readonly agentSelection: string;
  /** Rewards of the last step alone. */
  readonly rewards: ByAgent<number>;
  /** Rewards since each agent last acted. */
  readonly cumulativeRewards: ByAgent<number>;
  readonly terminations: ByAgent<boolean>;
  readonly truncations: ByAgent<boolean>;
  readonly infos: ByAgent<AgentInfo>;
  readonly stateSpace: BoxSpace | undefined;
  reset(options?: ResetOptions): void;
  last(observe?: boolean): AecLast;
  /** The selected agents in turn, until nobody is left or `maxIter` turns have passed. Each turn must be stepped. */
  agentIter(maxIter?: number): Generator<string, void, undefined>;
  /** Plays the selected agent's turn; `null`, and nothing else, when it has finished. */
  step(action: ActionValue | null): void;
  observe(agent: string): Float32Array;
  observationSpace(agent: string): BoxSpace;
  actionSpace(agent: string): Space;
  state(): Float32Array;
  render(mode?: RenderMode): Drawing | string;
  close(): void;
}

/**
 * PettingZoo's agent-environment-cycle face of a world. Those who act get one turn each, in order, and the world steps when
 * the last of them has acted; in a turn-based world that is the mover alone. Finished agents then get one turn with `null`.
 *
 * Throws: PolityError (input) for parameters that do not fit; (usage) for calls out of order, an action for a finished
 * agent, a missing, malformed or illegal action.
 * Source: PettingZoo 1.27, `pettingzoo/utils/env.py` and `parallel_to_aec` of `pettingzoo/utils/conversions.py`.
 *
 * @example
 * const env = aecEnv(coin);
 * env.reset({ seed: 1 });
 * for (const agent of env.agentIter()) env.step(env.last().termination ? null : 1);
 */
export function aecEnv<P, S>(env: EnvDef<P, S>, params: Partial<P> = {}, options: FaceOptions = {}): AecEnv {
  const face = createFace(env, params, options);
  const { driver, names } = face;
  const everyone = new Set<string>();
  let agents: string[] = [];
  let finished: string[] = [];
  let round: string[] = [];
  let turns = 0;
  let rewards: Record<string, number> = {};
  let cumulativeRewards: Record<string, number> = {};
  let terminations: Record<string, boolean> = {};
  let truncations: Record<string, boolean> = {};

  const selected = (call: string): string => {
    face.requireOpen(call);
    const agent = finished[0] ?? round[0];
    if (agent === undefined) throw face.error(undefined, `${call} after the episode is over`, { remedy: 'Call reset' });
    return agent;
  };
  const clearRewards = () => {
    rewards = Object.fromEntries(agents.map((agent) => [agent, 0]));
  };
  const admit = (agent: string) => {
    everyone.add(agent);
    agents = names.filter((name) => name === agent || agents.includes(name));
    rewards[agent] = 0;
    cumulativeRewards[agent] = 0;
    terminations[agent] = false;
    truncations[agent] = false;
  };
  const advance = () => {
    driver.stepEnv(0);
    for (const agent of names) if (face.isAlive(agent) && !everyone.has(agent)) admit(agent);
    for (const agent of agents) {
      rewards[agent] = driver.rewards[face.indexOf(agent)];
      cumulativeRewards[agent] += rewards[agent];
      terminations[agent] = driver.terminated[0] === 1 || !face.isAlive(agent);
      truncations[agent] = driver.truncated[0] === 1 && face.isAlive(agent);
    }
    finished = agents.filter((agent) => terminations[agent] || truncations[agent]);
    round = agents.filter(face.isActing);
  };
  const bury = (agent: string, action: ActionValue | null) => {
    if (action !== null) {
      throw face.error(agent, 'an action for an agent that has finished', { got: String(action), expected: 'null' });
    }
    for (const values of [rewards, cumulativeRewards, terminations, truncations]) delete values[agent];
    agents = agents.filter((name) => name !== agent);
    finished = finished.slice(1);
    clearRewards();
  };

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
    get agentSelection() {
      return selected('agentSelection');
    },
    get rewards() {
      return rewards;
    },
    get cumulativeRewards() {
      return cumulativeRewards;
    },
    get terminations() {
      return terminations;
    },
    get truncations() {
      return truncations;
    },
    get infos() {
      return Object.fromEntries(agents.map((agent) => [agent, face.info(agent)]));
    },
    stateSpace: face.stateSpace,
    reset(resetOptions = {}) {
      face.reset(resetOptions);
      everyone.clear();
      agents = [];
      finished = [];
      rewards = {};
      cumulativeRewards = {};
      terminations = {};
      truncations = {};
      for (const agent of names) if (face.isAlive(agent)) admit(agent);
      round = agents.filter(face.isActing);
      turns++;
    },
    last(observe = true) {
      const agent = selected('last()');
      return {
        observation: observe ? face.observation(agent) : null,
        reward: cumulativeRewards[agent],
        termination: terminations[agent],
        truncation: truncations[agent],
        info: face.info(agent),
      };
    },
    *agentIter(maxIter = Number.POSITIVE_INFINITY) {
      face.requireOpen('agentIter()');
      for (let i = 0; i < maxIter && agents.length > 0; i++) {
        const before = turns;
        yield selected('agentIter()');
        if (turns === before) {
          throw face.error(selected('agentIter()'), 'a turn of agentIter was not stepped', {
            remedy: 'Call step (or reset) once in every turn of the loop',
          });
        }
      }
    },
    step(action) {
      const agent = selected('step');
      if (finished.length > 0) bury(agent, action);
      else {
        face.write(agent, action);
        cumulativeRewards[agent] = 0;
        round = round.slice(1);
        if (round.length === 0) advance();
        else clearRewards();
      }
      turns++;
    },
    observe(agent) {
      face.requireOpen('observe()');
      return face.observation(agent);
    },
    observationSpace: face.observationSpace,
    actionSpace: face.actionSpace,
    state: face.state,
    render: face.render,
    close: face.close,
  };
}
