import { createSigner, isSignature } from '#cli/transcript-files';
import { createStreams, sampleSpace } from '#core';
import {
  createTalk,
  declarationOf,
  Monitor,
  messageOf,
  type PublicKey,
  protocols,
  rememberingReader,
  Scribe,
  type Signer,
  sha256,
  type Verification,
  verifyTranscript,
} from '#protocol';

/** A conversation under the contract net, with a decision before every message, in exactly so many records. */
export function transcriptOf(
  records: number,
  signer: Signer | undefined,
  seed = 'transcript',
  participants = 60,
): string[] {
  const options = { participants, awards: 20, decideWithin: 200 };
  const declaration = declarationOf(protocols.get('contract-net'), options);
  const rng = createStreams(seed).stream('talk');
  const talk = createTalk(declaration);
  const state = talk.begin();
  const lines: string[] = [];
  const { names, roleOf } = talk.participants;
  const scribe = new Scribe(new Monitor(declaration, 'c1'), options, names, {
    episode: `episode-${seed}`,
    ...(signer === undefined ? {} : { signer }),
    write: (line) => lines.push(line),
  });
  const decide = (agent: number, mask: Uint8Array, action: readonly number[]) => {
    const inbox = new Float32Array(talk.inbox.size(roleOf[agent]));
    talk.inbox.write(state, agent, inbox);
    scribe.writer.decide(state.tick, names[agent], {
      observation: sha256(new Uint8Array(inbox.buffer)),
      policy: 'random',
      mask: sha256(mask),
      rules: [],
      action: [...action],
      probability: null,
      counter: null,
      cites: [],
    });
  };
  const mask = new Uint8Array(1000);
  while (!state.over && lines.length < records - 40) {
    for (const agent of rng.permutation(names.length)) {
      const end = talk.writeMask(state, agent, mask);
      const action = new Array<number>(talk.space(roleOf[agent]).sizes.length).fill(0);
      sampleSpace(talk.space(roleOf[agent]), rng, action, mask);
      const message = messageOf(talk, state, agent, action, 'c1');
      if (message === undefined || lines.length >= records - 40) continue;
      decide(agent, mask.slice(0, end), action);
      talk.say(state, agent, action);
      scribe.hear(message, message.sender);
    }
    talk.advance(state);
    scribe.advance();
  }
  scribe.hear('nonsense', names[1]);
  // What is left runs out of time.
  while (!state.over) {
    talk.advance(state);
    scribe.advance();
  }
  const checkpoints = signer === undefined ? 0 : 1;
  while (lines.length < records - 1 - checkpoints) decide(0, mask, [0]);
  scribe.close({ returns: [] });
  return lines;
}

export const signer = createSigner();

/** Verifies texts of which most were seen before. */
export function createVerifier(trusted?: readonly PublicKey[]): (lines: readonly string[]) => Verification {
  const read = rememberingReader();
  const known = new Map<string, boolean>();
  return (lines) =>
    verifyTranscript(lines, {
      read,
      protocols,
      ...(trusted === undefined ? {} : { trusted }),
      isSignature(text, signature, key) {
        const id = `${text}${signature}${key.x}`;
        let is = known.get(id);
        if (is === undefined) {
          is = isSignature(text, signature, key);
          known.set(id, is);
        }
        return is;
      },
    });
}
