import { describe, expect, it } from 'vitest';
import { createStreams, parseEpisode, replayEpisode, verifyEpisode } from '#core';
import { worlds } from '#envs';
import { findPolicy } from '#policies';
import { playEpisodes, seatRoles } from '#train/play-episodes';

/** Records as evaluation writes them, read back from their lines. */
function record(id: string, policy: string, params: object = {}, timeLimitSteps: number | null = null) {
  const env = worlds.get(id);
  const parsed = env.params.parse(params);
  const seating = seatRoles(env, parsed, () => findPolicy(policy));
  const policyStreams = createStreams('policies');
  const episodes = [4, 7, 9];
  const records = playEpisodes({
    env,
    params: parsed,
    timeLimitSteps,
    seating,
    episodes,
    seed: 3,
    policyStreams,
    record: true,
  });
  return { env, records: records.map((line, i) => parseEpisode(JSON.parse(JSON.stringify(line)), `line ${i + 1}`)) };
}

describe('episodes that evaluation records', () => {
  it.each<[string, string, object, number | null]>([
    ['bargaining', 'boulware', {}, null],
    ['bargaining', 'random', { probEnd: 0.2, discount: 0.9 }, null],
    ['matrix-game', 'tit-for-tat', { rounds: 12 }, null],
    ['simple-spread', 'greedy-spread', {}, null],
    ['simple-spread', 'random', { continuous: true }, 7],
  ])('of %s by %s with %o and limit %s are played again exactly', (id, policy, params, limit) => {
    const { env, records } = record(id, policy, params, limit);
    expect(records.map(({ seed }) => seed)).toEqual(['3/episode/4', '3/episode/7', '3/episode/9']);
    for (const line of records) {
      expect(verifyEpisode(line, env)).toBeNull();
      expect(JSON.parse(JSON.stringify(replayEpisode(line, env)))).toEqual(line);
    }
  });

  it('are told from episodes of other seeds', () => {
    const { env, records } = record('simple-spread', 'random');
    expect(verifyEpisode({ ...records[0], seed: records[1].seed }, env)).toMatchObject({ step: 1, field: 'reward' });
  });
});
