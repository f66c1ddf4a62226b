import { createStreams, type Rng } from '../rng.ts';
import { sampleSpace } from '../space.ts';
import { checkEnd } from './check-end.ts';
import { checkLooks } from './check-looks.ts';
import { checkIgnored, checkRewards } from './check-step.ts';
import { checkStable } from './declared.ts';
import { guarded } from './guarded.ts';
import { isActing, isAlive, type Play } from './play.ts';
import type { RuleId } from './rules.ts';
import { firstDifference } from './same-value.ts';

/** Steps of an episode that are looked at in full; the rest of a long episode is only played. */
const detailedSteps = 100;

/** Findings after which an episode cannot go on. */
const fatal: readonly RuleId[] = [
  'no-exceptions',
  'state-plain',
  'someone-acts',
  'acting-pure',
  'mask-not-empty',
  'mask-binary',
  'ended-boolean',
];

/**
 * Plays episodes with random legal actions straight on the world's functions, and checks every state and step on the way.
 */
export function checkEpisodes(play: Play): void {
  checkStateSize(play);
  const { env, params, findings } = play;
  const roles = env.roles(params);
  const kept = findings.attempt('a copy of the parameters', () => structuredClone(params), 'params-json')?.value;
  const lengths: number[] = [];
  let ends = 0;
  for (let episode = 0; episode < play.episodes && !findings.has(...fatal); episode++) {
    const played = findings.attempt(`episode ${episode}`, () => playEpisode(play, episode));
    if (played?.value === undefined) return;
    const changed = kept === undefined ? undefined : firstDifference(kept, params);
    if (changed !== undefined) findings.fail('params-untouched', `episode ${episode} changed params${changed}`);
    checkStable(env, params, roles, findings);
    lengths.push(played.value.length);
    if (played.value.ended) ends++;
  }
  checkLimit(play, lengths, ends);
}

function playEpisode(play: Play, episode: number): { length: number; ended: boolean } | undefined {
  const { env, params, layout, findings } = play;
  const streams = createStreams(play.seed);
  const rng = streams.stream(`check/env/${episode}`);
  const choices = streams.stream(`check/actions/${episode}`);
  const state = env.init(params, rng);
  const actions = new Float64Array(layout.count * layout.actionStride);
  const gone = new Uint8Array(layout.count);
  const limit = env.timeLimitSteps?.(params) ?? Number.POSITIVE_INFINITY;
  const wasAlive = layout.names.map((_, agent) => isAlive(play, state, agent));
  for (let step = 0; step < play.steps; step++) {
    const when = `episode ${episode}, step ${step}`;
    const detailed = step < detailedSteps;
    if (detailed) checkLooks(play, state, when, false);
    if (findings.has(...fatal)) return undefined;
    const acting = layout.names.map((_, agent) => isActing(play, state, agent));
    if (!acting.includes(true)) findings.fail('someone-acts', `${when}: nobody acts and the episode is not over`);
    if (findings.has('someone-acts')) return undefined;
    for (let agent = 0; agent < layout.count; agent++) chooseLegal(play, state, agent, acting[agent], choices, actions);
    if (detailed && acting.includes(false)) checkIgnored(play, state, rng, actions, acting, when);
    const rewards = new Float64Array(layout.count);
    const given = actions.slice();
    const row = guarded(rewards, (index) => findings.fail('writes-in-range', `${when}: step wrote reward ${index}`));
    const ended: unknown = env.step(state, actions, detailed ? row : rewards, rng, params);
    if (firstDifference(given, actions) !== undefined)
      findings.fail('actions-untouched', `${when}: step changed the actions`);
    if (typeof ended !== 'boolean') {
      findings.fail('ended-boolean', `${when}: step returned ${String(ended)}`);
      return undefined;
    }
    const nowAlive = layout.names.map((_, agent) => isAlive(play, state, agent));
    checkRewards(play, rewards, wasAlive, nowAlive, when);
    for (let agent = 0; agent < layout.count; agent++) {
      if (nowAlive[agent] && gone[agent] === 1)
        findings.fail('alive-no-return', `${when}: ${layout.names[agent]} came back`);
      if (wasAlive[agent] && !nowAlive[agent]) gone[agent] = 1;
      wasAlive[agent] = nowAlive[agent];
    }
    if (ended || step + 1 >= limit) {
      checkLooks(play, state, `the end of episode ${episode}`, true);
      checkEnd(play, state, `the end of episode ${episode}`);
      return { length: step + 1, ended };
    }
  }
  findings.fail('episode-ends', `episode ${episode} goes on after ${play.steps} steps`);
  return undefined;
}

function chooseLegal(
  play: Play,
  state: unknown,
  agent: number,
  acting: boolean,
  rng: Rng,
  actions: Float64Array,
): void {
  const { env, params, layout } = play;
  const role = layout.roles[layout.roleOf[agent]];
  const from = agent * layout.actionStride;
  const row = actions.subarray(from, from + role.actionSize);
  if (!acting || role.maskSize === 0) {
    sampleSpace(role.action, rng, row);
    return;
  }
  const mask = new Uint8Array(role.maskSize).fill(1);
  env.legal?.(state, agent, mask, params);
  sampleSpace(role.action, rng, row, mask);
}

function checkStateSize({ env, params, findings }: Play): void {
  if (env.stateSize === undefined && env.stateVector === undefined) return;
  const size = findings.attempt('stateSize', () => env.stateSize?.(params))?.value;
  if (env.stateVector === undefined || !(size !== undefined && Number.isInteger(size) && size > 0)) {
    findings.fail(
      'state-vector-declared',
      `stateSize is ${size ?? 'absent'}, stateVector is ${env.stateVector === undefined ? 'absent' : 'there'}`,
    );
  }
}

/** A world with a time limit whose every episode "ends" exactly there has counted to the limit itself. */
function checkLimit({ env, params, findings }: Play, lengths: readonly number[], ends: number): void {
  const limit = env.timeLimitSteps?.(params);
  if (limit === undefined || limit === 1 || lengths.length === 0 || ends < lengths.length) return;
  if (lengths.every((length) => length === limit)) {
    findings.fail(
      'time-limit-truncates',
      `all ${lengths.length} episodes end at step ${limit}, the time limit, by themselves`,
    );
  }
}
