import {
  type ActionAccount,
  type AnyEnv,
  type ConversationPlace,
  type Driver,
  type EpisodeRecord,
  PolityError,
  parseWith,
  replayEpisode,
} from '#core';
import type { Declaration } from '../declaration.ts';
import { type Message, messageSchema } from '../message.ts';
import { declarationOf } from '../protocol.ts';
import { protocols } from '../protocols/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { Conversations } from './conversations.ts';
import type { Problem } from './problem.ts';
import { type Decision, decisionSchema, type Opening, type TranscriptRecord } from './record.ts';
import { RoleNames } from './role-names.ts';
import { sha256 } from './sha256.ts';
import { protocolIn } from './verify.ts';
import { type TranscriptOptions, TranscriptWriter } from './writer.ts';

/**
 * Writes a recorded episode as a transcript: every action with the hashes of what the agent saw and of what it might have done, the
 * rules that closed something of it, and the messages that reached the agent since its last one; what was said; what it came to at the
 * end. All of this is found by playing the episode again. Networks, probabilities and counters are those of the record's accounts.
 *
 * Throws: PolityError (input) when the record cannot be played.
 */
export function writeEpisode(record: EpisodeRecord, env: AnyEnv, options: Omit<TranscriptOptions, 'opening'>): void {
  const { params, seed, timeLimitSteps, agents, seats } = record;
  const { declaration, ...spoken } = spokenIn(env, params, options.episode);
  const opening = { ...spoken, agents: [...agents], world: { env: env.id, params, seed, timeLimitSteps } };
  const writer = new TranscriptWriter({ ...options, opening });
  const heard = new Ears(agents);
  const talks = declaration === null ? null : new Conversations(declaration, opening);
  const names = new RoleNames(opening);
  const writeCommitments = (step: number) => {
    for (const event of talks?.takeEvents() ?? []) {
      const debtor = names.agentOf(event.debtor);
      writer.record('commitment', step, debtor, { ...event, debtor, creditor: names.agentOf(event.creditor) });
    }
  };
  const end = replayEpisode(record, env, (driver, step) => {
    const actions = record.actions[step] ?? [];
    const { number, tick } = placeOf(driver, step);
    talks?.reach(number, tick);
    writeCommitments(step);
    for (const [agent, action] of actions.entries()) {
      if (action.length === 0) continue;
      const { network, probability, counter } = record.accounts?.[step]?.[agent] ?? unaccounted;
      const policy = network ?? seats[agents[agent].replace(/_(\d+)$/, '[$1]')] ?? 'unknown';
      const cites = [...heard.take(agents[agent])];
      const chosen = { policy, action: [...action], probability, counter, cites };
      writer.decide(step, agents[agent], { ...seenBy(driver, agent), ...chosen });
    }
    for (const said of saidBy(driver, actions)) {
      const body = { ...said, message: names.inTranscript(said.message) };
      writer.record('message', step, body.message.sender, body);
      heard.hear(body.message);
      talks?.monitors[number].hear(said.message);
      writeCommitments(step);
    }
  });
  if (end.ended === 'terminated') talks?.end();
  writeCommitments(record.length);
  writer.close(record.length, endOf(end));
}

/**
 * Plays a transcript's episode again from its seed and actions, and says where what an agent saw, heard, might have done, said or got
 * is another than what was written down.
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
  const spoken: TranscriptRecord[][] = Array.from({ length: close.t }, () => []);
  for (const record of records) if (record.kind === 'message') spoken[record.t]?.push(record);
  const heard = new Ears(agents);
  const names = new RoleNames(opening);
  try {
    const end = replayEpisode(start, env, (driver, step) => {
      for (const record of decisions[step] ?? []) {
        const { observation, mask, rules, cites } = bodies.get(record) as Decision;
        if (canonicalJson(heard.take(record.actor)) !== canonicalJson(cites))
          report(record, `${record.actor} has heard something else when it is played again`);
        const seen = seenBy(driver, agents.indexOf(record.actor));
        if (seen.observation !== observation)
          report(record, `${record.actor} sees something else when it is played again`);
        else if (seen.mask !== mask) report(record, `${record.actor} may do something else when it is played again`);
        else if (canonicalJson(seen.rules) !== canonicalJson(rules))
          report(record, `other rules close something to ${record.actor} when it is played again`);
      }
      const said = saidBy(driver, actions[step] ?? []).map((body) => {
        return { ...body, message: names.inTranscript(body.message) };
      });
      const written = spoken[step] ?? [];
      for (const { message } of said) heard.hear(message);
      for (const [i, record] of written.entries()) {
        if (record.actor !== said[i]?.message.sender || canonicalJson(record.body) !== canonicalJson(said[i]))
          report(record, `${record.actor} says something else when it is played again`);
      }
      if (said.length > written.length)
        report(close, `${said[written.length].message.sender} says something in step ${step} that is not written down`);
    });
    if (canonicalJson(endOf(end)) !== canonicalJson(close.body))
      report(close, 'it comes to another end when it is played again');
  } catch (error) {
    if (!(error instanceof PolityError) || error.detail.code !== 'input') throw error;
    report(close, `it cannot be played again: ${error.message}`);
  }
  return problems;
}

const unaccounted: ActionAccount = { network: null, probability: null, counter: null };

/** The protocol that the opening names, with its declaration and the hash of that, and the conversations that messages belong to. */
function spokenIn(
  env: AnyEnv,
  params: unknown,
  episode: string,
): Pick<Opening, 'protocol' | 'conversationId'> & { readonly declaration: Declaration | null } {
  const spoken = env.protocol?.(parseWith(env.params, params, `world ${env.id}`)) ?? null;
  if (spoken === null) return { protocol: null, conversationId: episode, declaration: null };
  const { id, options, conversations, roles } = spoken;
  const declaration = declarationOf(protocols.get(id), options);
  return {
    protocol: {
      ...protocolIn(declaration, options),
      ...(env.conversation === undefined ? {} : { conversations: [...conversations] }),
      ...(roles === undefined ? {} : { roles }),
    },
    conversationId: conversations[0],
    declaration,
  };
}

/** Where the talk is at a step. */
function placeOf(driver: Driver, step: number): ConversationPlace {
  const { env, params } = driver;
  return env.conversation?.(driver.stateOf(0), params) ?? { number: 0, tick: step };
}

/** What has reached each agent since it last acted, by the names of messages. */
class Ears {
  readonly #unread: ReadonlyMap<string, string[]>;

  constructor(agents: readonly string[]) {
    this.#unread = new Map(agents.map((name) => [name, []]));
  }

  hear({ receiver, conversationId, replyWith }: Message): void {
    for (const name of receiver) this.#unread.get(name)?.push(`${conversationId}/${replyWith}`);
  }

  /** Hands out what an agent has not been told of yet. */
  take(agent: string): readonly string[] {
    return this.#unread.get(agent)?.splice(0) ?? [];
  }
}

/** What is said in the step that these actions are for, where the world speaks; with its tick where that is not the step. */
function saidBy(
  driver: Driver,
  actions: readonly (readonly number[])[],
): readonly { readonly message: Message; readonly tick?: number }[] {
  const { env, params, layout } = driver;
  if (env.messages === undefined || actions.every(({ length }) => length === 0)) return [];
  const row = new Float64Array(layout.count * layout.actionStride);
  for (const [agent, action] of actions.entries()) row.set(action, agent * layout.actionStride);
  const rng = driver.rngOf(0);
  const before = rng.state();
  const messages = env.messages(driver.stateOf(0), row, rng, params);
  rng.restore(before);
  const tick = env.conversation?.(driver.stateOf(0), params).tick;
  return messages.map((message) => {
    return { message: messageSchema.parse(message), ...(tick === undefined ? {} : { tick }) };
  });
}

function seenBy(driver: Driver, agent: number): Pick<Decision, 'observation' | 'mask' | 'rules'> {
  const { env, params } = driver;
  const observation = driver.observationOf(0, agent);
  const mask = driver.maskOf(0, agent);
  const bytes = new Uint8Array(observation.buffer, observation.byteOffset, observation.byteLength);
  const rules = [...(env.closedBy?.(driver.stateOf(0), agent, params) ?? [])];
  return { observation: sha256(bytes), mask: mask.length === 0 ? null : sha256(mask), rules };
}

function endOf({ returns, length, ended, metrics }: EpisodeRecord) {
  return { returns: [...returns], length, ended, metrics };
}
