import { createStreams, type Rng } from '../rng.ts';
import { maskSize, partsOf, type Space, sampleSpace } from '../space.ts';
import { isActing, type Play } from './play.ts';

/** Episodes of each line-up. */
const episodes = 128;
/** Most steps of one episode; both line-ups are cut alike. */
const steps = 50;
/** Means that differ by more standard errors than this differ. By chance that happens once in some hundred million checks. */
const standardErrors = 6;

/** Returns of two agents over the episodes of one line-up. */
interface LineUp {
  readonly odd: readonly number[];
  readonly other: readonly number[];
}

/**
 * Checks a declared symmetry: one agent of a role plays unlike all the others, then another one of the role does; whoever
 * is the odd one must be paid the same on average, and so must the other. Cheap, so it finds what is plainly lopsided.
 */
export function checkSymmetry(play: Play): void {
  const { env, params, layout, findings } = play;
  if (env.declares?.(params).symmetric !== true) return;
  for (const { first, count } of layout.roles) {
    const others = new Set([first + 1, first + count - 1].filter((agent) => agent > first && agent < first + count));
    for (const other of others) {
      const lineUps = findings.attempt('an episode', () => [
        playLineUp(play, first, other),
        playLineUp(play, other, first),
      ]);
      if (lineUps === undefined) return;
      const [one, two] = lineUps.value;
      const difference = describeDifference(one.odd, two.odd) ?? describeDifference(one.other, two.other);
      if (difference === undefined) continue;
      const who = `${layout.names[first]} and ${layout.names[other]}`;
      findings.fail(
        'symmetric',
        `${who} exchange their behaviour over ${episodes} episodes, and receive ${difference}`,
      );
      return;
    }
  }
}

function playLineUp(play: Play, odd: number, other: number): LineUp {
  const { env, params, layout, seed } = play;
  const streams = createStreams(seed);
  const lineUp = { odd: [] as number[], other: [] as number[] };
  const actions = new Float64Array(layout.count * layout.actionStride);
  const rewards = new Float64Array(layout.count);
  const masks = layout.roles.map(({ action }) => new Uint8Array(maskSize(action)));
  for (let episode = 0; episode < episodes; episode++) {
    const rng = streams.stream(`check/symmetry/${odd}/${episode}`);
    const choices = streams.stream(`check/symmetry/${odd}/choices/${episode}`);
    const returns = new Float64Array(layout.count);
    const state = env.init(params, rng);
    const limit = Math.min(steps, env.timeLimitSteps?.(params) ?? steps);
    for (let step = 0, ended = false; step < limit && !ended; step++) {
      for (let agent = 0; agent < layout.count; agent++) {
        if (!isActing(play, state, agent)) continue;
        const role = layout.roles[layout.roleOf[agent]];
        const mask = masks[layout.roleOf[agent]].fill(1);
        if (mask.length > 0) env.legal?.(state, agent, mask, params);
        const row = actions.subarray(agent * layout.actionStride, agent * layout.actionStride + role.actionSize);
        if (agent === odd) chooseLow(role.action, choices, row, mask);
        else sampleSpace(role.action, choices, row, mask.length === 0 ? undefined : mask);
      }
      rewards.fill(0);
      ended = env.step(state, actions, rewards, rng, params);
      for (let agent = 0; agent < layout.count; agent++) returns[agent] += rewards[agent];
    }
    lineUp.odd.push(returns[odd]);
    lineUp.other.push(returns[other]);
  }
  return lineUp;
}

/** Behaves unlike a uniformly random agent: two times in three the lowest legal choice of each part, or the lower bound. */
function chooseLow(space: Space, rng: Rng, row: Float64Array, mask: Uint8Array): void {
  sampleSpace(space, rng, row, mask.length === 0 ? undefined : mask);
  if (rng.random() > 2 / 3) return;
  if (space.kind === 'box') {
    for (let i = 0; i < row.length; i++) row[i] = Number.isFinite(space.low[i]) ? space.low[i] : row[i];
    return;
  }
  let offset = 0;
  for (const [part, size] of partsOf(space).entries()) {
    row[part] = mask.indexOf(1, offset) - offset;
    offset += size;
  }
}

function describeDifference(a: readonly number[], b: readonly number[]): string | undefined {
  const [left, right] = [momentsOf(a), momentsOf(b)];
  const error = Math.sqrt((left.variance + right.variance) / episodes);
  // Rounding alone moves sums of equal rewards that were added in another order.
  const rounding = 1e-9 * Math.max(1, Math.abs(left.mean), Math.abs(right.mean));
  if (Math.abs(left.mean - right.mean) <= standardErrors * error + rounding) return undefined;
  const values = [left.mean, right.mean, error].map((value) => Number(value.toPrecision(4)));
  return `${values[0]} and ${values[1]} on average, standard error of the difference ${values[2]}`;
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}
