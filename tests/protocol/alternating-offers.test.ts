import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTalk, declarationOf, protocols } from '#protocol';

interface Case {
  readonly case: string;
  readonly n_steps: number;
  readonly options: {
    readonly offering_is_accepting?: boolean;
    readonly one_offer_per_step?: boolean;
    readonly allow_offering_just_rejected_outcome?: boolean;
  };
  readonly scripts: readonly unknown[];
  readonly actions: readonly (number | 'a' | 'e' | 'none')[];
  readonly status: 'agreement' | 'broken' | 'timedout';
  readonly agreement?: number;
  readonly actors: readonly number[];
  readonly acceptStep?: number;
  readonly steps: readonly number[];
}

const { entries } = JSON.parse(readFileSync('tests/golden/data/negotiation.json', 'utf8')) as {
  entries: { call: string; outputs: unknown }[];
};
const cases = entries.find(({ call }) => call.includes('scripted negotiators'))?.outputs as readonly Case[];
const silence = 0;
const [offer, accept, end] = [1, 2, 3];

/** Plays the acts of a case; says how it went in the words of the record. */
function play({ n_steps: rounds, options, scripts, actions }: Case) {
  const talk = createTalk(
    declarationOf(protocols.get('alternating-offers'), {
      parties: scripts.length,
      issues: [6],
      rounds,
      offeringIsAccepting: options.offering_is_accepting ?? true,
      oneActARound: options.one_offer_per_step ?? false,
      rejectedMayReturn: options.allow_offering_just_rejected_outcome ?? true,
    }),
  );
  const state = talk.begin();
  const actors: number[] = [];
  for (const act of actions) {
    const agent = state.turn;
    expect(state.over).toBe(false);
    actors.push(agent);
    const mask = new Uint8Array(4 + 6);
    talk.writeMask(state, agent, mask);
    expect(mask[silence]).toBe(0);
    if (typeof act === 'number') {
      if (mask[4 + act] === 0) return { actors, status: 'broken' };
      talk.say(state, agent, [offer, act]);
    } else talk.say(state, agent, [act === 'a' ? accept : end, 0]);
    talk.advance(state);
  }
  const status = { agreed: 'agreement', ended: 'broken', 'timed-out': 'timedout' }[talk.tables.states[state.states[0]]];
  const { parameterIndex } = talk.tables;
  const outcome = state.values[parameterIndex.get('outcome') as number];
  return { actors, status, ...(status === 'agreement' ? { agreement: outcome } : {}) };
}

describe('stacked alternating offers', () => {
  it.each(cases)('as NegMAS plays them: $case', (one) => {
    const { actors, status, agreement } = one;
    expect(play(one)).toEqual({ actors, status, ...(agreement === undefined ? {} : { agreement }) });
  });

  it('are covered by more than ten recorded cases', () => {
    expect(cases.length).toBeGreaterThan(10);
  });
});
