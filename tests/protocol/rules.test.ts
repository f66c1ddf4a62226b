import { describe, expect, it } from 'vitest';
import {
  type BargainingRuleId,
  bargainingRules,
  createTalk,
  declarationOf,
  type Facts,
  Judge,
  Monitor,
  messageOf,
  metricName,
  noFacts,
  protocols,
  ruleIds,
  ruleSays,
  withRules,
} from '#protocol';

const moves = { offers: ['offer'], accepts: ['accept'], parameter: 'outcome' };
const plain = declarationOf(protocols.get('alternating-offers'), { issues: [5], rounds: 4 });

/** Two parties over outcomes 0..4, under some rules. */
function table(chosen: readonly BargainingRuleId[], soft = false) {
  const talk = createTalk(withRules(plain, bargainingRules(chosen, moves, soft)));
  return { talk, state: talk.begin(), judge: new Judge(talk) };
}

/** Party 0 gains outcome - 2; party 1 what remains of 3. */
const facts: Facts = { ...noFacts, gain: (agent, outcome) => (agent === 0 ? outcome - 2 : 3 - outcome) };

/** What the mask of a party leaves open: utterances (0 silence, 1 offer, 2 accept, 3 end), then outcomes. */
function open({ talk, state }: ReturnType<typeof table>, agent: number, known = facts) {
  const mask = new Uint8Array(4 + 5);
  talk.writeMask(state, agent, mask, 0, known);
  const list = (from: number, to: number) => [...mask.subarray(from, to)].flatMap((one, i) => (one === 1 ? [i] : []));
  return { says: list(0, 4), outcomes: list(4, 9) };
}

describe('as masks', () => {
  it('R1 closes offers and acceptances that lose', () => {
    const game = table(['R1']);
    expect(open(game, 0)).toEqual({ says: [1, 3], outcomes: [2, 3, 4] });
    game.talk.say(game.state, 0, [1, 4], 0, facts);
    // Outcome 4 brings party 1 a loss of 1: it can offer something better, or end.
    expect(open(game, 1)).toEqual({ says: [1, 3], outcomes: [0, 1, 2, 3] });
  });

  it('R2 closes what was offered before, but for what the other offers now', () => {
    const game = table(['R2']);
    const known: Facts = { ...noFacts, offered: (_, outcome) => outcome < 3 };
    expect(open(game, 0, known).outcomes).toEqual([3, 4]);
    game.talk.say(game.state, 0, [1, 4], 0, known);
    game.talk.say(game.state, 1, [1, 3], 0, known);
    // Had the other offered 1 it would be open.
    game.state.values[1] = 1;
    expect(open(game, 0, known).outcomes).toEqual([1, 3, 4]);
  });

  it('R3 closes offers that ask for more than the last', () => {
    const known: Facts = { ...facts, lastGain: () => 1 };
    expect(open(table(['R3']), 0, known).outcomes).toEqual([0, 1, 2, 3]);
    expect(open(table(['R3']), 0).outcomes).toEqual([0, 1, 2, 3, 4]);
  });

  it('R4 leaves only what stands to be accepted', () => {
    const game = table(['R4']);
    expect(open(game, 0).says).toEqual([1, 3]);
    game.talk.say(game.state, 0, [1, 4]);
    expect(open(game, 1).says).toEqual([1, 2, 3]);
  });

  it('R5 wants a claim that holds', () => {
    const claims = createTalk(withRules(plain, bargainingRules(['R5'], { ...moves, claim: 'outcome' })));
    const game = { talk: claims, state: claims.begin(), judge: new Judge(claims) };
    expect(open(game, 0, { ...noFacts, holds: (_, claim) => claim === 3 })).toEqual({ says: [1, 3], outcomes: [3] });
    expect(bargainingRules(['R5'], moves)).toEqual([]);
  });

  it('R6 closes promises that cannot be kept', () => {
    const game = table(['R6']);
    const known: Facts = { ...noFacts, affords: (_, outcome) => outcome === 0 };
    expect(open(game, 0, known).outcomes).toEqual([0]);
    game.talk.say(game.state, 0, [1, 0], 0, known);
    game.state.values[1] = 2;
    expect(open(game, 1, known).says).toEqual([1, 3]);
  });

  it('R7 closes silence at the last tick at which an answer counts', () => {
    const net = declarationOf(protocols.get('contract-net'), { participants: 1, proposeWithin: 2 });
    const rules = bargainingRules(['R7'], { offers: ['propose'], accepts: ['accept'], parameter: 'price' });
    const talk = createTalk(withRules(net, rules));
    const state = talk.begin();
    const mask = new Uint8Array(talk.space(1).sizes.reduce((sum, size) => sum + size, 0));
    talk.say(state, 0, [1]);
    const silences = [0, 1, 2].map(() => {
      talk.writeMask(state, 1, mask);
      talk.advance(state);
      return mask[0];
    });
    // Called at tick 0: the answer counts at ticks 0, 1 and 2.
    expect(silences).toEqual([1, 1, 0]);
  });
});

describe('the judge', () => {
  it('names the rules that close something now: not those that find nothing, nor soft ones', () => {
    const hard = table(['R1', 'R3']);
    expect(hard.judge.closing(hard.state, 0, facts)).toEqual(['r1-offer']);
    expect(hard.judge.closing(hard.state, 0, { ...facts, lastGain: () => 1 })).toEqual(['r1-offer', 'r3']);
    expect(hard.judge.closing(hard.state, 0, { ...noFacts, gain: () => 1 })).toEqual([]);
    const soft = table(['R1', 'R3'], true);
    expect(soft.judge.closing(soft.state, 0, facts)).toEqual([]);
  });
});

describe('soft', () => {
  it('close nothing, and lay actions out as masks do', () => {
    const [soft, hard] = [table(ruleIds, true), table(ruleIds)];
    expect(open(soft, 0)).toEqual({ says: [1, 3], outcomes: [0, 1, 2, 3, 4] });
    expect(soft.talk.space(0)).toEqual(hard.talk.space(0));
  });

  it('are broken by name: the judge says which, before it is said', () => {
    const game = table(['R1', 'R3'], true);
    const known: Facts = { ...facts, lastGain: () => -2 };
    const broken = new Float64Array(game.judge.rules.length);
    // Outcome 1: a loss of 1 (R1), though more than the last (-2, R3). Ending breaks nothing.
    expect(game.judge.judge(game.state, 0, [1, 1], 0, broken, known)).toBe(2);
    expect(game.judge.judge(game.state, 0, [3, 0], 0, broken, known)).toBe(0);
    expect(game.judge.rules.map(({ id }, r) => [id, broken[r]])).toEqual([
      ['r1-offer', 1],
      ['r1-accept', 0],
      ['r3', 1],
    ]);
  });

  it('and hard rules about what only the sender knows are not the monitor’s business', () => {
    for (const softly of [true, false]) {
      const { talk, state } = table(['R1'], softly);
      const monitor = new Monitor(talk.declaration, 'c1');
      expect(monitor.hear(messageOf(talk, state, 0, [1, 0], 'c1')).understood).toBe(true);
    }
  });
});

describe('the tally', () => {
  it('counts what each rule looks at and closes, whether it is hard or soft', () => {
    for (const soft of [true, false]) {
      const game = table(['R1'], soft);
      const [looked, closed] = [new Float64Array(2), new Float64Array(2)];
      // Of five outcomes 0 and 1 lose; nothing can be accepted yet.
      game.judge.tally(game.state, 0, looked, closed, facts);
      expect([[...looked], [...closed]]).toEqual([
        [5, 0],
        [2, 0],
      ]);
      game.talk.say(game.state, 0, [1, 4], 0, facts);
      // To party 1 only 4 loses, and that is what it would accept.
      game.judge.tally(game.state, 1, looked, closed, facts);
      expect([[...looked], [...closed]]).toEqual([
        [10, 1],
        [3, 1],
      ]);
      expect(game.judge.rates({ looked, closed, broken: new Float64Array(2) })).toEqual({
        maskRateR1Offer: 0.3,
        maskRateR1Accept: 1,
      });
    }
  });

  it('names rates after rules', () => {
    expect(metricName('maskRate', 'not-the-rejected')).toBe('maskRateNotTheRejected');
  });
});

it('every rule says what it is about, and refers to what there is', () => {
  expect(Object.keys(ruleSays)).toEqual([...ruleIds]);
  expect(() => withRules(plain, bargainingRules(['R1'], { ...moves, offers: ['ofer'] }))).toThrow(
    'Did you mean "offer"?',
  );
});
