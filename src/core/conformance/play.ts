import type { AgentLayout } from '../agents.ts';
import type { AnyEnv } from '../env.ts';
import type { Findings } from './findings.ts';

/** What every check of a world in play works with. */
export interface Play {
  readonly env: AnyEnv;
  readonly params: unknown;
  readonly layout: AgentLayout;
  readonly findings: Findings;
  readonly seed: string | number;
  readonly episodes: number;
  /** Most steps of one episode. */
  readonly steps: number;
}

/** Whether an agent is part of the episode now. */
export function isAlive({ env, params }: Play, state: unknown, agent: number): boolean {
  return env.alive === undefined || Boolean(env.alive(state, agent, params));
}

/** Whether an agent's action counts now, as the driver sees it. */
export function isActing(play: Play, state: unknown, agent: number): boolean {
  const { env, params } = play;
  return isAlive(play, state, agent) && (env.acting === undefined || Boolean(env.acting(state, agent, params)));
}
