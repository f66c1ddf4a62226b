import { type AnyEnv, type Driver, type EpisodeRecord, PolityError, replayEpisode } from '#core';
import { canonicalJson } from './canonical-json.ts';
import type { Problem } from './problem.ts';
import { type Decision, decisionSchema, type Opening, type TranscriptRecord } from './record.ts';
import { sha256 } from './sha256.ts';
import { type TranscriptOptions, TranscriptWriter } from './writer.ts';

/**
 * Writes a recorded episode as a transcript: every action with the hashes of what the agent saw and of what it might have done,
 * found by playing the episode again; what it came to at the end.
 *
 * Throws: PolityError (input) when the record cannot be played.
 */
export function writeEpisode(record: EpisodeRecord, env: AnyEnv, options: Omit<TranscriptOptions, 'opening'>): void {
  const { params, seed, timeLimitSteps, agents, seats } = record;
  const writer = new TranscriptWriter({
    ...options,
    opening: {
      protocol: null,
      conversationId: options.episode,
      agents: [...agents],
      world: { env: env.id, params, seed, timeLimitSteps },
    },
  });
  const end = replayEpisode(record, env, (driver, step) => {
    for (const [agent, action] of (record.actions[step] ?? []).entries()) {
      if (action.length === 0) continue;
      const policy = seats[agents[agent].replace(/_(\d+)$/, '[$1]')] ?? 'unknown';
      writer.decide(step, agents[agent], { ...seenBy(driver, agent), policy, action: [...action] });
    }
  });
  writer.close(record.length, endOf(end));
}

/**
 * Plays a transcript's episode again from its seed and actions, and says where what an agent saw, might have done, or got is
 * another than what was written down.
 *
 * Throws: PolityError (contract) when the world throws.
 */
export function rerunEpisode(records: readonly TranscriptRecord[], opening: Opening, env: AnyEnv): readonly Problem[] {
  const { world, agents } = opening;
  const problems: Problem[] = [];
  const report = ({ seq }: TranscriptRecord, message: string) => {
    problems.push({ kind: 'different', line: seq + 1, record: seq, message });
  };
  const close = records.find(({ kind }) => kind === 'close');
  if (world === null || close === undefined) return problems;
  const decisions: TranscriptRecord[][] = Array.from({ length: close.t }, () => []);
  for (const record of records) if (record.kind === 'decision') decisions[record.t]?.push(record);
  const bodies = new Map(decisions.flat().map((record) => [record, decisionSchema.parse(record.body) as Decision]));
  const actions = decisions.map((made) => {
    return agents.map((name) => {
      const record = made.find(({ actor }) => actor === name);
      return record === undefined ? [] : (bodies.get(record) as Decision).action;
    });
  });
  const start: EpisodeRecord = {
    format: 'polity-episode/1',
    ...world,
    agents,
    seats: {},
    actions,
    rewards: [],
    returns: [],
    length: close.t,
    ended: 'truncated',
    metrics: {},
    outcome: {},
  };
  try {
    const end = replayEpisode(start, env, (driver, step) => {
      for (const record of decisions[step] ?? []) {
        const { observation, mask } = bodies.get(record) as Decision;
        const seen = seenBy(driver, agents.indexOf(record.actor));
        if (seen.observation !== observation)
          report(record, `${record.actor} sees something else when it is played again`);
        else if (seen.mask !== mask) report(record, `${record.actor} may do something else when it is played again`);
      }
    });
    if (canonicalJson(endOf(end)) !== canonicalJson(close.body))
      report(close, 'it comes to another end when it is played again');
  } catch (error) {
    if (!(error instanceof PolityError) || error.detail.code !== 'input') throw error;
    report(close, `it cannot be played again: ${error.message}`);
  }
  return problems;
}

function seenBy(driver: Driver, agent: number): { readonly observation: string; readonly mask: string | null } {
  const observation = driver.observationOf(0, agent);
  const mask = driver.maskOf(0, agent);
  const bytes = new Uint8Array(observation.buffer, observation.byteOffset, observation.byteLength);
  return { observation: sha256(bytes), mask: mask.length === 0 ? null : sha256(mask) };
}

function endOf({ returns, length, ended, metrics }: EpisodeRecord) {
  return { returns: [...returns], length, ended, metrics };
}
