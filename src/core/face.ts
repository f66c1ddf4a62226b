import type { Drawing } from './drawing.ts';
import { Driver } from './driver.ts';
import type { EnvDef } from './env.ts';
import { PolityError, suggest } from './errors.ts';
import { createStreams } from './rng.ts';
import { parseWith } from './schema.ts';
import { type BoxSpace, box, contains, describeSpace, type Space } from './space.ts';
import { describeLegal } from './validation.ts';

/** An action as people write it: a number for a discrete space, a list of numbers for the others. */
export type ActionValue = number | ArrayLike<number>;

/** What a face says about an agent beside its observation. */
export interface AgentInfo {
  /** Whether this agent's next action counts. */
  readonly acting: boolean;
  /** 1 where a choice is legal, parts side by side; all ones while the agent is not acting. Absent for box actions. */
  readonly actionMask?: Uint8Array;
}

export interface FaceOptions {
  /** Overrides the world's own time limit. */
  readonly timeLimitSteps?: number;
}

export interface ResetOptions {
  /** Where the episode's randomness begins. Absent: the running generator goes on (the very first reset then uses seed 0). */
  readonly seed?: string | number | undefined;
  /** Accepted as PettingZoo accepts it; worlds take their settings from their parameters, so nothing reads it. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface FaceMetadata {
  readonly name: string;
  readonly renderModes: readonly RenderMode[];
  readonly isParallelizable: boolean;
}

export type RenderMode = 'draw' | 'text';

/** What both faces share: one driver with one env, agents by name, and errors that say which agent at which step. */
export interface Face {
  readonly driver: Driver;
  readonly metadata: FaceMetadata;
  readonly names: readonly string[];
  readonly stateSpace: BoxSpace | undefined;
  reset(options: ResetOptions): void;
  /** Throws PolityError (usage) before the first reset and after `close`. */
  requireOpen(call: string): void;
  indexOf(agent: string): number;
  isAlive(agent: string): boolean;
  isActing(agent: string): boolean;
  observationSpace(agent: string): BoxSpace;
  actionSpace(agent: string): Space;
  observation(agent: string): Float32Array;
  info(agent: string): AgentInfo;
  /** Checks an action and puts it in the driver's row. */
  write(agent: string, action: ActionValue | null | undefined): void;
  state(): Float32Array;
  render(mode?: RenderMode): Drawing | string;
  close(): void;
  error(
    agent: string | undefined,
    message: string,
    more?: { got?: string; expected?: string; remedy?: string },
  ): PolityError;
}

/**
 * The part that `parallelEnv` and `aecEnv` have in common.
 *
 * Throws: PolityError (input) when the parameters do not fit the world.
 */
export function createFace<P, S>(env: EnvDef<P, S>, params: Partial<P>, options: FaceOptions): Face {
  const parsed = parseWith(env.params, params, env.id);
  const driver = new Driver<P, S>(env, parsed, {
    envs: 1,
    autoreset: 'disabled',
    observeAll: true,
    rng: () => createStreams(0).stream('env'),
    ...options,
  });
  const { layout } = driver;
  const { names } = layout;
  const numbers = new Map(names.map((name, agent) => [name, agent]));
  const stateSize = env.stateVector === undefined ? undefined : env.stateSize?.(parsed);
  const renderModes: RenderMode[] = [];
  if (env.draw !== undefined) renderModes.push('draw');
  if (env.text !== undefined) renderModes.push('text');
  let phase: 'new' | 'open' | 'closed' = 'new';

  const error: Face['error'] = (agent, message, more = {}) =>
    new PolityError({
      code: 'usage',
      where: `${env.id}${agent === undefined ? '' : ` › ${agent}`} › step ${driver.lengths[0]}`,
      message,
      ...more,
    });
  const indexOf = (agent: string): number => {
    const index = numbers.get(agent);
    if (index === undefined) throw error(undefined, `there is no agent "${agent}"`, { remedy: suggest(agent, names) });
    return index;
  };
  const roleOf = (agent: string) => layout.roles[layout.roleOf[indexOf(agent)]];
  const requireOpen = (call: string): void => {
    if (phase === 'open') return;
    const message = phase === 'new' ? `${call} before reset` : `${call} after close`;
    throw error(undefined, message, { remedy: 'Call reset first' });
  };

  return {
    driver: driver as unknown as Driver,
    metadata: { name: env.id, renderModes, isParallelizable: true },
    names,
    stateSpace:
      stateSize === undefined ? undefined : box([stateSize], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    reset({ seed }) {
      if (phase === 'closed') throw error(undefined, 'reset after close', { remedy: 'Make a new one' });
      driver.reset(0, seed === undefined ? undefined : createStreams(seed).stream('env'));
      phase = 'open';
    },
    requireOpen,
    indexOf,
    isAlive: (agent) => driver.alive[indexOf(agent)] === 1,
    isActing: (agent) => driver.acting[indexOf(agent)] === 1,
    observationSpace: (agent) => roleOf(agent).observation,
    actionSpace: (agent) => roleOf(agent).action,
    observation: (agent) => driver.observationOf(0, indexOf(agent)).slice(),
    info(agent) {
      const index = indexOf(agent);
      const acting = driver.acting[index] === 1;
      const mask = driver.maskOf(0, index);
      if (mask.length === 0) return { acting };
      return { acting, actionMask: acting ? mask.slice() : new Uint8Array(mask.length).fill(1) };
    },
    write(agent, action) {
      const index = indexOf(agent);
      const space = roleOf(agent).action;
      const expected = describeSpace(space);
      if (action === null || action === undefined) throw error(agent, 'no action for an agent that acts', { expected });
      const values = typeof action === 'number' ? [action] : Array.from(action);
      if (values.length !== roleOf(agent).actionSize || !contains(space, values)) {
        throw error(agent, 'action outside its space', { got: `[${values.join(', ')}]`, expected });
      }
      const mask = driver.maskOf(0, index);
      if (mask.length > 0 && !contains(space, values, mask)) {
        throw error(agent, 'illegal action', {
          got: `[${values.join(', ')}]`,
          expected: `one that the mask allows: ${describeLegal(space, mask)}`,
          remedy: `Choose by infos["${agent}"].actionMask`,
        });
      }
      driver.actions.set(values, index * layout.actionStride);
    },
    state() {
      requireOpen('state()');
      if (stateSize === undefined) {
        throw error(undefined, 'this world has no state vector', { remedy: 'Give it stateSize and stateVector' });
      }
      const out = new Float32Array(stateSize);
      env.stateVector?.(driver.stateOf(0), out, parsed);
      return out;
    },
    render(mode = renderModes[0]) {
      requireOpen('render()');
      if (mode === 'draw' && env.draw !== undefined) return env.draw(driver.stateOf(0), parsed);
      if (mode === 'text' && env.text !== undefined) {
        const text = env.text;
        return names.map((name, agent) => `${name}\n${text(driver.stateOf(0), agent, parsed)}`).join('\n\n');
      }
      const expected = renderModes.length === 0 ? 'a world with draw or text' : renderModes.join(' or ');
      throw error(undefined, 'cannot render', { got: mode ?? 'no render mode', expected });
    },
    close() {
      phase = 'closed';
    },
    error,
  };
}
