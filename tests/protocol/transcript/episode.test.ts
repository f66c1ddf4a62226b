import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSignature } from '#cli/transcript-files';
import { type AnyEnv, createStreams, type EpisodeRecord, layOutAgents, PolityError, parseWith } from '#core';
import { worlds } from '#envs';
import { findPolicy } from '#policies';
import {
  canonicalJson,
  hashRecord,
  type Message,
  type Opening,
  protocols,
  rerunEpisode,
  sha256,
  type TranscriptRecord,
  verifyTranscript,
  writeEpisode,
} from '#protocol';
import { playEpisodes } from '#train';
import { polity } from '../../cli/polity.ts';

const game = worlds.get('matrix-game') as AnyEnv;
const record: EpisodeRecord = {
  format: 'polity-episode/1',
  env: 'matrix-game',
  params: {},
  seed: 'e',
  timeLimitSteps: 3,
  agents: ['player_0', 'player_1'],
  seats: { 'player[0]': 'tit-for-tat', 'player[1]': 'random' },
  actions: [
    [[0], [1]],
    [[1], [1]],
    [[1], [0]],
  ],
  rewards: [],
  returns: [],
  length: 3,
  ended: 'truncated',
  metrics: {},
  outcome: {},
};

function transcriptOf(played: EpisodeRecord, env: AnyEnv): string[] {
  const lines: string[] = [];
  writeEpisode(played, env, { episode: 'e', write: (line) => lines.push(line) });
  return lines;
}

/** Other bodies of records, and all hashes made anew. */
function forge(lines: readonly string[], bodyOf: (record: TranscriptRecord) => TranscriptRecord['body']): string[] {
  let prev = '';
  return lines.map((line, seq) => {
    const record = JSON.parse(line) as TranscriptRecord;
    const chained = { ...record, body: bodyOf(record), prev: seq === 0 ? record.prev : prev };
    prev = hashRecord(chained);
    return canonicalJson({ ...chained, hash: prev });
  });
}

describe('an episode as a transcript', () => {
  const lines = transcriptOf(record, game);
  const records = lines.map((line) => JSON.parse(line) as TranscriptRecord);
  const opening = records[0].body as unknown as Opening;

  it('holds a decision for every action, with hashes of what was seen and what might have been done', () => {
    expect(verifyTranscript(lines, { isSignature }).problems).toEqual([]);
    expect(records.map(({ kind, t, actor }) => `${kind} ${t} ${actor}`)).toEqual([
      'open 0 polity',
      'decision 0 player_0',
      'decision 0 player_1',
      'decision 1 player_0',
      'decision 1 player_1',
      'decision 2 player_0',
      'decision 2 player_1',
      'close 3 polity',
    ]);
    expect(records[1].body).toMatchObject({ policy: 'tit-for-tat', action: [0], mask: sha256(Uint8Array.of(1, 1)) });
    expect(records[7].body).toMatchObject({ length: 3, ended: 'truncated' });
  });

  it('is the same when it is played again', () => {
    expect(rerunEpisode(records, opening, game)).toEqual([]);
    expect(transcriptOf(record, game)).toEqual(lines);
  });

  it('is found out where something else is seen, may be done, or comes of it', () => {
    const changed = (seq: number, body: object) =>
      records.map((one) => (one.seq === seq ? { ...one, body: { ...one.body, ...body } } : one));
    const found = (list: readonly TranscriptRecord[]) =>
      rerunEpisode(list, opening, game).map(({ line, message }) => `${line}: ${message}`);
    expect(found(changed(4, { observation: sha256('x') }))).toEqual([
      '5: player_1 sees something else when it is played again',
    ]);
    expect(found(changed(1, { mask: null }))).toEqual(['2: player_0 may do something else when it is played again']);
    expect(found(changed(7, { returns: [9, 9] }))).toEqual(['8: it comes to another end when it is played again']);
    expect(found(changed(2, { action: [0] })).at(-1)).toBe('8: it comes to another end when it is played again');
    expect(found(changed(3, { action: [7] }))[0]).toMatch(/^8: it cannot be played again/);
    expect(hashRecord(records[4])).toBe(records[4].hash);
  });

  it('is not written of what cannot be played', () => {
    const broken = { ...record, actions: [[[5], [0]]] };
    expect(() => writeEpisode(broken, game, { episode: 'e', write: () => {} })).toThrow(PolityError);
  });
});

describe('an episode of a world in which agents talk, as a transcript', () => {
  const worldsThatTalk: readonly [string, object, string][] = [
    ['negotiation', { issues: 2, values: 3 }, 'micro'],
    ['negotiation', { issues: 2, values: 3, rules: ['R1', 'R3'] }, 'linear'],
    ['negotiation', { face: 'relative', parties: 3 }, 'micro'],
    ['exchange', {}, 'zero-intelligence'],
    ['task-market', {}, 'truthful-bidder'],
    ['task-market', { protocol: 'subcontract-net' }, 'truthful-bidder'],
    ['cao-negotiation', {}, 'random'],
    ['negotiation+reward-sharing:prosociality=0.5', { issues: 2, values: 3 }, 'micro'],
    ['exchange+frame-stack:frames=2', {}, 'random'],
    ['negotiation+unmasked', { issues: 2, values: 3, rules: ['R1', 'R2'] }, 'random'],
    ['exchange+pad', {}, 'random'],
    ['exchange+sticky-actions:probability=0.9', {}, 'random'],
    ['task-market+agent-indicator', {}, 'random'],
    ['task-market+sticky-actions:probability=0.5', {}, 'random'],
  ];

  it.each(worldsThatTalk)(
    '%s %o: holds every message, cites those that were heard, and plays again alike',
    (id, given, policy) => {
      const env = worlds.get(id);
      const params = parseWith(env.params, given, 'test');
      const { count } = layOutAgents(env, params);
      const [played] = playEpisodes({
        env,
        params,
        timeLimitSteps: null,
        seating: Array.from({ length: count }, (_, agent) =>
          findPolicy(policy === 'truthful-bidder' && agent === 0 ? 'cheapest-award' : policy),
        ),
        episodes: [0],
        seed: 'talk',
        policyStreams: createStreams('talk'),
        record: true,
      });
      const lines = transcriptOf(played, env);
      const written = lines.map((line) => JSON.parse(line) as TranscriptRecord);
      const { problems, conformanceChecked } = verifyTranscript(lines, { isSignature, protocols });
      // Cao's game has no grammar.
      expect([problems, conformanceChecked]).toEqual([[], !id.startsWith('cao')]);
      const messages = written.filter(({ kind }) => kind === 'message').map(({ body }) => body.message as Message);
      expect(messages.length).toBeGreaterThan(1);
      // What agents are told of is what was said to them, once each, in order, but for what came after their last act.
      for (const name of played.agents) {
        const told = messages.filter(({ receiver }) => receiver.includes(name));
        const names = told.map(({ conversationId, replyWith }) => `${conversationId}/${replyWith}`);
        const own = written.filter(({ kind, actor }) => kind === 'decision' && actor === name);
        const cited = own.flatMap(({ body }) => body.cites as string[]);
        expect(cited).toEqual(names.slice(0, cited.length));
        const before = written.slice(0, written.indexOf(own[own.length - 1]));
        const reached = before.filter(({ body }) => (body.message as Message | undefined)?.receiver.includes(name));
        expect(cited.length).toBe(reached.length);
      }
      const opened = written[0].body as unknown as Opening;
      expect(rerunEpisode(written, opened, env)).toEqual([]);
      const ruled = written.findIndex(({ kind, body }) => kind === 'decision' && (body.rules as string[]).length > 0);
      // Where nothing is masked no rule closes anything.
      const closes = /^exchange|^task-market/.test(id) || 'rules' in given;
      expect(ruled >= 0).toBe(closes && !id.includes('unmasked'));
      if (ruled >= 0) {
        const free = written.map((one, i) => (i === ruled ? { ...one, body: { ...one.body, rules: [] } } : one));
        expect(rerunEpisode(free, opened, env).map(({ record: seq, message }) => [seq, message])).toEqual([
          [ruled, `other rules close something to ${written[ruled].actor} when it is played again`],
        ]);
      }
      const at = written.findIndex(({ kind }) => kind === 'message');
      const forged = written.map((one, i) =>
        i === at ? { ...one, body: { message: { ...messages[0], content: { outcome: [9, 9] } } } } : one,
      );
      expect(rerunEpisode(forged, opened, env).map(({ record: seq, message }) => [seq, message])).toEqual([
        [at, `${written[at].actor} says something else when it is played again`],
      ]);
      const silenced = written.filter((_, i) => i !== at);
      expect(rerunEpisode(silenced, opened, env).map(({ message }) => message)).toContain(
        `${written[at].actor} says something in step ${written[at].t} that is not written down`,
      );
      const cites = written.findIndex(({ kind, body }) => kind === 'decision' && (body.cites as string[]).length > 0);
      const deaf = written.map((one, i) => (i === cites ? { ...one, body: { ...one.body, cites: [] } } : one));
      expect(rerunEpisode(deaf, opened, env).map(({ record: seq }) => seq)).toEqual([cites]);
    },
  );

  it('is held against the protocol that the world speaks', () => {
    const env = worlds.get('negotiation');
    const params = parseWith(env.params, { issues: 2, values: 3 }, 'test');
    const [played] = playEpisodes({
      ...{ env, params, timeLimitSteps: null, episodes: [0], seed: 'talk', record: true },
      seating: [findPolicy('micro'), findPolicy('micro')],
      policyStreams: createStreams('talk'),
    });
    const lines = transcriptOf(played, env);
    // The first offer is in the name of the other party.
    const forged = forge(lines, ({ t, body }) => {
      const first = t === 0 && body.message !== undefined;
      return first ? { message: { ...(body.message as Message), sender: 'party_1', receiver: ['party_0'] } } : body;
    });
    const { problems } = verifyTranscript(forged, { isSignature, protocols });
    expect(problems[0]).toMatchObject({ kind: 'nonconforming', message: expect.stringMatching(/^C1: /) });
  });

  describe.each(['contract-net', 'iterated-contract-net', 'subcontract-net'])('a market by %s', (protocol) => {
    const env = worlds.get('task-market');
    const transcriptsOf = (episodes: number, timeLimitSteps: number | null, given: object = {}) => {
      const params = parseWith(env.params, { protocol, jobs: 3, ...given }, 'test');
      const played = playEpisodes({
        ...{ env, params, timeLimitSteps, seed: 'market', record: true },
        episodes: Array.from({ length: episodes }, (_, i) => i),
        seating: Array.from({ length: layOutAgents(env, params).count }, () => findPolicy('random')),
        policyStreams: createStreams('market'),
      });
      return played.map((episode) => transcriptOf(episode, env));
    };
    const checked = (lines: readonly string[]) => verifyTranscript(lines, { isSignature, protocols });

    it.each([{}, { promises: 'masked' }, { promises: 'priced' }])(
      'holds each job against it as a conversation: %o',
      (given) => {
        const all = transcriptsOf(40, null, given);
        for (const lines of all) expect(checked(lines)).toMatchObject({ problems: [], conformanceChecked: true });
        const records = all.flat().map((line) => JSON.parse(line) as TranscriptRecord);
        const held = records.flatMap(({ body }) => (body.message as Message | undefined)?.conversationId ?? []);
        expect(new Set(held)).toEqual(new Set(['job-1', 'job-2', 'job-3']));
        const events = records.filter(({ kind }) => kind === 'commitment');
        expect([...new Set(events.map(({ body }) => body.what))]).toEqual(
          expect.arrayContaining([
            ...['create', 'detach', 'discharge', 'violate', 'release'],
            ...(protocol === 'subcontract-net' ? ['assign', 'delegate'] : []),
          ]),
        );
        for (const { actor, body } of events) {
          expect(actor).toMatch(/^workshop_\d$/);
          expect(body).toMatchObject({ conversation: expect.stringMatching(/^job-[123]$/), debtor: actor });
        }
      },
    );

    it('lets what is cut off stay open, wherever it is cut off', () => {
      for (let limit = 1; limit <= 20; limit++) {
        for (const lines of transcriptsOf(3, limit)) expect(checked(lines).problems).toEqual([]);
      }
    });

    it('says what was changed, though all hashes are made anew', () => {
      const [lines] = transcriptsOf(1, null);
      const records = lines.map((line) => JSON.parse(line) as TranscriptRecord);
      const changed = (at: number, body: object) => {
        const forged = forge(lines, (record) => (record.seq === at ? { ...record.body, ...body } : record.body));
        return checked(forged).problems.map(({ record, message }) => [record, message]);
      };
      const sayings = records.filter(({ kind }) => kind === 'message');
      const last = sayings[sayings.length - 1];
      const later = { ...(last.body.message as Message), conversationId: 'job-1' };
      expect(changed(last.seq, { message: later })[0]).toEqual([
        last.seq,
        expect.stringMatching(/"job-1" was over before/),
      ]);
      const [first] = sayings;
      expect(changed(first.seq, { tick: 99 })[0]).toEqual([first.seq, expect.stringMatching(/^C[14]: /)]);
      expect(changed(first.seq, { message: { ...(first.body.message as Message), sender: 'workshop_1' } })[0]).toEqual([
        first.seq,
        expect.stringMatching(/^C5: /),
      ]);
      const event = records.findLast(({ kind }) => kind === 'commitment') as TranscriptRecord;
      expect(changed(event.seq, { status: 'owed' })[0]).toEqual([
        records.length - 1,
        expect.stringMatching(/^C9: .*, not owed$/),
      ]);
    });
  });

  it('says who offers what to whom, what it answers, and until when an answer counts', () => {
    const env = worlds.get('negotiation');
    const talk: EpisodeRecord = {
      ...record,
      env: 'negotiation',
      params: { issues: 2, values: 3, rounds: 4 },
      agents: ['party_0', 'party_1'],
      timeLimitSteps: null,
      // Party 0 offers, party 1 offers something else, party 0 accepts.
      actions: [
        [[1, 2, 0], []],
        [[], [1, 0, 1]],
        [[2, 0, 0], []],
      ],
    };
    const lines = transcriptOf(talk, env);
    const said = lines.map((line) => JSON.parse(line) as TranscriptRecord).filter(({ kind }) => kind === 'message');
    const parts = said.map(({ body }) => {
      const { performative, sender, receiver, content, replyWith, inReplyTo, replyBy } = body.message as Message;
      return { performative, sender, receiver, content, replyWith, inReplyTo, replyBy };
    });
    const [first, second] = [['party_0'], ['party_1']];
    expect(parts).toEqual([
      {
        ...{ performative: 'propose', sender: 'party_0', receiver: second, content: { offer: 0, outcome: [2, 0] } },
        ...{ replyWith: 'm1', inReplyTo: undefined, replyBy: 7 },
      },
      {
        ...{ performative: 'propose', sender: 'party_1', receiver: first, content: { offer: 1, outcome: [0, 1] } },
        ...{ replyWith: 'm2', inReplyTo: 'm1', replyBy: 7 },
      },
      {
        ...{ performative: 'accept-proposal', sender: 'party_0', receiver: second, content: { offer: 1 } },
        ...{ replyWith: 'm3', inReplyTo: 'm2', replyBy: undefined },
      },
    ]);
  });
});

describe("what Cao's parties say, in transcripts", () => {
  /** Party 0 keeps [1, 0, 2] and utters 4 and 5, party 1 accepts. */
  const said = (given: object) => {
    const env = worlds.get('cao-negotiation');
    const params = parseWith(env.params, { utteranceLength: 2, ...given }, 'test');
    const utters = (params as { channels: string }).channels === 'proposal' ? [] : [4, 5];
    const rng = createStreams('cao').stream('env');
    const state = env.init(params, rng);
    state.pool.set([5, 5, 5]);
    const width = 4 + utters.length;
    const heard: object[] = [];
    for (const [agent, action] of [
      [0, 1, 0, 2, ...utters],
      [1, 0, 0, 0, ...utters],
    ].entries()) {
      const actions = new Float64Array(2 * width);
      actions.set(action, agent * width);
      heard.push(...(env.messages?.(state, actions, rng, params) ?? []));
      env.step(state, actions, new Float64Array(2), rng, params);
    }
    return (heard as Message[]).map(({ performative, sender, receiver, content, inReplyTo }) => {
      return [performative, sender, ...receiver, content, inReplyTo];
    });
  };
  const [first, second] = [
    ['party_0', 'party_1'],
    ['party_1', 'party_0'],
  ];

  it('is what the channels carry', () => {
    const [keep, symbols] = [
      [1, 0, 2],
      [4, 5],
    ];
    const answer = ['accept-proposal', ...second, {}, 'turn-0'];
    expect(said({})).toEqual([['propose', ...first, { keep, symbols }, undefined], answer]);
    expect(said({ channels: 'proposal' })).toEqual([['propose', ...first, { keep }, undefined], answer]);
    expect(said({ channels: 'linguistic' })).toEqual([['inform', ...first, { symbols }, undefined], answer]);
    expect(said({ heard: 'muted' })).toEqual([['propose', ...first, { keep }, undefined], answer]);
    const unheard = [['accept-proposal', ...second, {}, undefined]];
    expect(said({ channels: 'linguistic', heard: 'muted' })).toEqual(unheard);
  });
});

describe('polity evaluate --transcripts', () => {
  it('writes signed transcripts that polity verify plays again to the same hashes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polity-'));
    const key = join(folder, 'key.json');
    const out = join(folder, 'transcripts');
    expect(polity(['keys', 'new', key]).status).toBe(0);
    const args = [
      'evaluate',
      'boulware',
      'conceder',
      '--env',
      'bargaining',
      '--episodes',
      '2',
      '--transcripts',
      out,
      '--key',
      key,
    ];
    expect(polity([...args, '--json'])).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(out).map((name) => join(out, name));
    expect(files.length).toBeGreaterThan(1);
    const verified = polity(['verify', ...files, '--key', join(folder, 'key.pub.json'), '--rerun']);
    expect(verified).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(`${files.length} passed, 0 failed`),
    });
    expect(polity(args).stderr).toContain('exists already');
    expect(polity(['evaluate', 'random', '--env', 'bargaining', '--key', key]).stderr).toContain(
      'there are no transcripts to sign',
    );
    const unplayable = polity(['verify', 'tests/protocol/data/contract-net.jsonl', '--rerun']);
    expect([unplayable.status, unplayable.stderr]).toEqual([
      2,
      expect.stringContaining('names no world to play again'),
    ]);
  });
});
