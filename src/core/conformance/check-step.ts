import type { Rng } from '../rng.ts';
import type { Space } from '../space.ts';
import type { Play } from './play.ts';
import { firstDifference } from './same-value.ts';

/** Sums of rewards are compared to this share of their size. */
const tolerance = 1e-9;

/** Checks the rewards of one step against what is declared and against who took part. */
export function checkRewards(
  play: Play,
  rewards: Float64Array,
  wasAlive: readonly boolean[],
  nowAlive: readonly boolean[],
  when: string,
): void {
  const { env, params, layout, findings } = play;
  const bad = rewards.findIndex((reward) => !Number.isFinite(reward));
  if (bad >= 0) {
    findings.fail('reward-finite', `${when}: ${layout.names[bad]} receives ${rewards[bad]}`);
    return;
  }
  const { rewardBounds, zeroSum, commonReward } = env.declares?.(params) ?? {};
  const scale = rewards.reduce((largest, reward) => Math.max(largest, Math.abs(reward)), 1);
  if (rewardBounds !== undefined) {
    const [low, high] = rewardBounds;
    const slack = tolerance * scale;
    const out = rewards.findIndex((reward) => reward < low - slack || reward > high + slack);
    if (out >= 0) {
      findings.fail(
        'reward-bounds',
        `${when}: ${layout.names[out]} receives ${rewards[out]}, declared ${low}..${high}`,
      );
    }
  }
  const sum = rewards.reduce((total, reward) => total + reward, 0);
  if (zeroSum === true && Math.abs(sum) > tolerance * scale * layout.count) {
    findings.fail('zero-sum', `${when}: rewards [${rewards.join(', ')}] sum to ${sum}`);
  }
  const taking = layout.names.map((_, agent) => agent).filter((agent) => wasAlive[agent] || nowAlive[agent]);
  const first = rewards[taking[0] ?? 0];
  if (commonReward === true && taking.some((agent) => Math.abs(rewards[agent] - first) > tolerance * scale)) {
    findings.fail('common-reward', `${when}: rewards [${rewards.join(', ')}] are not all the same`);
  }
  const late = rewards.findIndex((reward, agent) => reward !== 0 && !wasAlive[agent] && !nowAlive[agent]);
  if (late >= 0) {
    findings.fail('reward-after-leaving', `${when}: ${layout.names[late]} is not there and receives ${rewards[late]}`);
  }
}

/** Plays the step twice on copies that differ only in what the agents that are not acting do: nothing else may differ. */
export function checkIgnored(
  play: Play,
  state: unknown,
  rng: Rng,
  actions: Float64Array,
  acting: readonly boolean[],
  when: string,
): void {
  const { env, params, layout, findings } = play;
  const others = actions.slice();
  for (let agent = 0; agent < layout.count; agent++) {
    const role = layout.roles[layout.roleOf[agent]];
    const from = agent * layout.actionStride;
    if (!acting[agent]) changeAction(role.action, others.subarray(from, from + role.actionSize));
  }
  const before = rng.state();
  const tryOut = (row: Float64Array) => {
    rng.restore(before);
    const next = structuredClone(state);
    const rewards = new Float64Array(layout.count);
    const ended = env.step(next, row.slice(), rewards, rng, params);
    return { state: next, rewards, ended, rng: rng.state() };
  };
  const given = findings.attempt(`${when}: step`, () => tryOut(actions));
  const changed =
    given &&
    findings.attempt(
      `${when}: step with other actions of those who are not acting`,
      () => tryOut(others),
      'ignored-actions',
    );
  rng.restore(before);
  const difference = given && changed && firstDifference(given.value, changed.value);
  if (difference === undefined) return;
  const idle = layout.names.filter((_, agent) => !acting[agent]).join(', ');
  findings.fail('ignored-actions', `${when}: ${difference.slice(1)} depends on the action of ${idle}`);
}

/** Replaces an action by another one of the same space. */
function changeAction(space: Space, row: Float64Array): void {
  if (space.kind === 'discrete') row[0] = (row[0] + 1) % space.n;
  else if (space.kind === 'multiDiscrete') for (const [i, size] of space.sizes.entries()) row[i] = (row[i] + 1) % size;
  else for (let i = 0; i < row.length; i++) row[i] = row[i] === space.low[i] ? space.high[i] : space.low[i];
}
