import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigner, isSignature } from '#cli/transcript-files';
import { createStreams, PolityError } from '#core';
import {
  beginning,
  canonicalJson,
  declare,
  hashRecord,
  Monitor,
  protocols,
  readLine,
  Scribe,
  sha256,
  TranscriptWriter,
  verifyTranscript,
} from '#protocol';
import { errand } from '../errand.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders keys as RFC 8785 does: by code units, not by code points', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      1: 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    const order = [...canonicalJson(value).matchAll(/":"([^"]+)"/g)].map(([, text]) => text);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of RFC 8785, appendix B, as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [[1, { a: () => 1 }]],
    ['\ud800'],
    [{ '\udc00': 1 }],
    [1n],
    [undefined],
    [new Float32Array(2)],
  ])('refuses what JSON has no word for: %s', (value) => expect(() => canonicalJson(value)).toThrow(PolityError));

  it('leaves out keys without a value, and says where something is wrong', () => {
    expect(canonicalJson({ a: undefined, b: [{ c: '\u2028' }] })).toBe('{"b":[{"c":"\u2028"}]}');
    expect(() => canonicalJson({ a: [0, { b: Number.NaN }] })).toThrow('canonical JSON › a.1.b');
  });
});

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of "%s" is what FIPS 180 gives', (text, expected) => {
    expect(sha256(text)).toBe(expected);
  });

  it('of a million letters a is what FIPS 180 gives', () => {
    expect(sha256('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('is that of Node for every length around the blocks', () => {
    const rng = createStreams('sha').stream('bytes');
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, () => rng.integer(0, 256));
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(sha256('Grüße, 😀')).toBe(createHash('sha256').update('Grüße, 😀').digest('hex'));
  });
});

describe('a transcript', () => {
  const opening = { protocol: null, conversationId: 'c1', agents: ['a_0'], world: null };
  const decision = { observation: 'x', policy: 'random', mask: null, action: [1, 0] };

  function write(options: object = {}): { readonly writer: TranscriptWriter; readonly lines: string[] } {
    const lines: string[] = [];
    return {
      writer: new TranscriptWriter({ episode: 'e', opening, write: (line) => lines.push(line), ...options }),
      lines,
    };
  }

  it('hashes every record into the next, from zeros on', () => {
    const { writer, lines } = write();
    writer.decide(0, 'a_0', decision);
    writer.close(3);
    const records = lines.map((line) => JSON.parse(line));
    expect(records.map(({ seq, kind, t }) => `${seq} ${kind} ${t}`)).toEqual(['0 open 0', '1 decision 0', '2 close 3']);
    expect(records.map(({ prev }) => prev)).toEqual([beginning, records[0].hash, records[1].hash]);
    for (const [i, { hash, ...rest }] of records.entries()) {
      expect(hash).toBe(createHash('sha256').update(canonicalJson(rest)).digest('hex'));
      expect(hashRecord(records[i])).toBe(hash);
      expect(readLine(lines[i]).state).toBe('sound');
    }
    expect(writer.head).toBe(records[2].hash);
    expect(records[1].body).toEqual({ ...decision, rules: [], probability: null, counter: null, cites: [] });
  });

  it('is signed every so many records and at the end, and only then trusted by who knows the key', () => {
    const signer = createSigner();
    const { writer, lines } = write({ signer, everyRecords: 3 });
    for (let i = 0; i < 5; i++) writer.decide(i, 'a_0', decision);
    writer.close(5);
    const kinds = lines.map((line) => JSON.parse(line).kind[0]).join('');
    expect(kinds).toBe('oddcdddccc');
    const verify = (trusted?: readonly (typeof signer.key)[]) =>
      verifyTranscript(lines, { isSignature, ...(trusted === undefined ? {} : { trusted }) });
    expect(verify()).toMatchObject({ problems: [], signed: true, records: 10 });
    expect(verify([createSigner().key, signer.key]).problems).toEqual([]);
    expect(verify([createSigner().key]).problems).toMatchObject([{ kind: 'foreign-key', line: 1 }]);
  });

  it('that nobody signed passes as such, and not where a key is asked for', () => {
    const { writer, lines } = write();
    writer.close(0);
    expect(verifyTranscript(lines, { isSignature })).toMatchObject({ problems: [], signed: false });
    expect(verifyTranscript(lines, { isSignature, trusted: [createSigner().key] }).problems).toMatchObject([
      { kind: 'foreign-key' },
    ]);
    expect(verifyTranscript(lines.slice(0, 1), { isSignature }).problems).toMatchObject([
      { kind: 'truncated', line: 1 },
    ]);
  });

  it.each<[string, string[]]>([
    ['nothing', []],
    ['an empty line', ['']],
    ['other JSON', ['[]', '{}', '1']],
    ['text', ['hello']],
    ['an endless number', [JSON.stringify({ seq: 1e300 })]],
  ])('of %s is not one', (_, lines) => {
    const { problems } = verifyTranscript(lines, { isSignature });
    expect(problems.length).toBeGreaterThan(0);
  });

  it('takes nothing after its end, and no decision without its parts', () => {
    const { writer } = write();
    expect(() => writer.decide(0, 'a_0', { policy: 'x' })).toThrow('transcript › decision of a_0 › observation');
    writer.close(0);
    expect(() => writer.close(1)).toThrow('it is closed');
  });

  it('holds what was refused, whatever it was, and says so when what is recorded does not conform', () => {
    const lines: string[] = [];
    const monitor = new Monitor(declare(errand), 'c1');
    const scribe = new Scribe(monitor, {}, ['boss_0', 'helper_0', 'helper_1'], {
      episode: 'e',
      write: (line) => lines.push(line),
    });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const said of ['hello', circle, { text: '\ud800' }, undefined, 10n]) scribe.hear(said, 'helper_0');
    const bodies = lines.slice(1).map((line) => JSON.parse(line).body);
    expect(bodies.map(({ violation }) => violation.clause)).toEqual(['C7', 'C7', 'C7', 'C7', 'C7']);
    expect(bodies.map(({ message }) => message)).toEqual([
      'hello',
      '[object Object]',
      '{"text":"\\ud800"}',
      'undefined',
      '[object BigInt]',
    ]);
  });

  it('is heard again: what does not conform is named with its clause', () => {
    const declaration = protocols.get('request').declare(protocols.get('request').options.parse({}));
    const lines: string[] = [];
    const scribe = new Scribe(new Monitor(declaration, 'c1'), {}, ['initiator_0', 'participant_0'], {
      episode: 'e',
      write: (line) => lines.push(line),
    });
    const message = {
      performative: 'request',
      sender: 'initiator_0',
      receiver: ['participant_0'],
      content: { action: 'action-1' },
      protocol: 'request',
      conversationId: 'c1',
      replyWith: 'm1',
    };
    expect(scribe.hear(message, 'initiator_0').understood).toBe(true);
    const wrong = {
      ...message,
      performative: 'inform',
      sender: 'participant_0',
      receiver: ['initiator_0'],
      replyWith: 'm2',
      inReplyTo: 'm1',
      content: { result: 'result-0' },
    };
    scribe.writer.record('message', 0, 'participant_0', { message: wrong });
    scribe.close();
    expect(verifyTranscript(lines, { isSignature, protocols }).problems).toEqual([
      {
        kind: 'nonconforming',
        line: 3,
        record: 2,
        message: 'C1: inform cannot be said now: the thread is at "requested"',
      },
      {
        kind: 'nonconforming',
        line: 4,
        record: 3,
        message: 'C8: the thread of participant_0 stopped at "requested", which is not final',
      },
    ]);
  });
});
