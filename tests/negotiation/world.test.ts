import { describe, expect, it } from 'vitest';
import { checkEnv, createStreams, Driver, PolityError, parseWith, replayEpisode } from '#core';
import { NegotiationFacts, negotiation } from '#envs';
import { domainOf } from '#envs/negotiation/setting';
import { findPolicy } from '#policies';
import { episodes, given, offering, paramsOf, run } from './play.ts';

/** Two issues of two values. Party 0 likes 3 best, party 1 likes 0 best; 1 is good for both. */
const domain = {
  sizes: [2, 2],
  utilities: [
    [0.1, 0.7, 0.4, 1],
    [1, 0.8, 0.3, 0],
  ],
  reserved: [0.2, 0.1],
};

describe('negotiation', () => {
  it('passes the conformance kit in every face and with every kind of utilities', () => {
    for (const params of [
      { face: 'relative' },
      { face: 'relative', parties: 3, issues: [1, 4], values: [2, 5], reward: 'advantage' },
      { parties: 3, utilities: 'table', reward: 0.5, discount: 0.9 },
      { utilities: 'constraints', breakdown: 0.2, reward: 'joint' },
      { rules: ['R1', 'R2', 'R3', 'R4'] },
      { rules: ['R1'], fine: 0.1 },
      given(domain),
    ]) {
      const fixed = paramsOf(params);
      const env = { ...negotiation, params: negotiation.params.transform(() => fixed) };
      expect(checkEnv(env as never).failures, JSON.stringify(params)).toEqual([]);
    }
  });

  it('pays an agreement by its utilities, and reserved values without one', () => {
    const agreed = run({ ...given(domain), rounds: 3 }, [offering([2, 2], 1), findPolicy('conceder')]);
    // 0.8 of party 1 is above what a conceder asks for at a quarter of the time: 0.1 + 0.9 (1 - 0.25 ** 0.25) = 0.36.
    expect(agreed.acts).toEqual([1, 'a']);
    expect(agreed.rewards).toEqual([0.7, 0.8]);
    const failed = run({ ...given(domain), rounds: 3 }, [findPolicy('hard-headed'), findPolicy('hard-headed')]);
    expect(failed.acts).toEqual([3, 0, 3, 0, 3, 0]);
    expect(failed.state.status).toBe('timed out');
    expect(failed.rewards).toEqual([0.2, 0.1]);
  });

  it('pays gains as shares of the greatest gain, or their mean, where it is asked to', () => {
    const paid = (params: object) =>
      run({ ...given(domain), rounds: 3, ...params }, [offering([2, 2], 1), findPolicy('conceder')]).rewards;
    // (0.7 - 0.2) / (1 - 0.2) and (0.8 - 0.1) / (1 - 0.1).
    const [own, other] = [0.625, 7 / 9];
    expect(paid({ reward: 'advantage' })[0]).toBeCloseTo(own, 12);
    expect(paid({ reward: 'advantage' })[1]).toBeCloseTo(other, 12);
    const joint = paid({ reward: 'joint' });
    expect(joint[0]).toBe(joint[1]);
    expect(joint[0]).toBeCloseTo((own + other) / 2, 12);
    expect(paid({ reward: 0.5 })[0]).toBeCloseTo(own / 2 + (own + other) / 4, 12);
  });

  it('discounts an agreement once for each round before its own', () => {
    // A linear party 1 asks for 0.1 + 0.9 (1 - t): 0.46 at t = 3/5, and 0.28 at 4/5, when it takes 0.3.
    const late = run({ ...given(domain), rounds: 4, discount: 0.5 }, [offering([2, 2], 2), findPolicy('linear')]);
    expect(late.acts).toHaveLength(8);
    expect(late.acts[7]).toBe('a');
    expect(late.rewards).toEqual([0.4 / 8, 0.3 / 8]);
  });

  it('shows the time (round + 1) / (rounds + 1), the same to all parties of a round', () => {
    const { times } = run({ ...given(domain), rounds: 3 }, [findPolicy('hard-headed'), findPolicy('hard-headed')]);
    expect(times.map((time) => Number(time.toFixed(6)))).toEqual([0.25, 0.25, 0.5, 0.5, 0.75, 0.75]);
  });

  it('breaks down after a round with the given probability, unforeseen', () => {
    const lengths = episodes(
      { ...given(domain), rounds: 50, breakdown: 0.25 },
      [findPolicy('hard-headed'), findPolicy('hard-headed')],
      2000,
    ).map(({ length }) => length / 2);
    // Geometric with mean 1 / 0.25 = 4, deviation sqrt(0.75) / 0.25 = 3.46; five standard errors are 0.39.
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(Math.abs(mean - 4)).toBeLessThan(0.39);
  });

  it('needs all of three parties to accept the same offer, across the border of a round', () => {
    const three = {
      sizes: [3],
      utilities: [
        [1, 0.5, 0],
        [0, 0.5, 1],
        [0.2, 0.9, 0.3],
      ],
      reserved: [0, 0, 0],
    };
    const played = run({ ...given(three), rounds: 9 }, [
      findPolicy('hard-headed'),
      findPolicy('hard-headed'),
      offering([3], 1),
    ]);
    expect(played.state.status).toBe('timed out');
    const easy = run({ ...given(three), rounds: 9 }, [
      findPolicy('conceder'),
      findPolicy('conceder'),
      offering([3], 1),
    ]);
    expect(easy.state.status).toBe('agreed');
    expect(easy.state.agreement).toBe(1);
    expect(easy.acts.slice(-2)).toEqual(['a', 'a']);
  });

  it('meets in the middle where two MiCROs split a sum, after as many turns as there are outcomes', () => {
    for (const count of [11, 101]) {
      const up = Array.from({ length: count }, (_, i) => i / (count - 1));
      const split = { sizes: [count], utilities: [up, [...up].reverse()], reserved: [0, 0] };
      const { acts, rewards } = run({ ...given(split), rounds: count }, [findPolicy('micro'), findPolicy('micro')]);
      expect(acts).toHaveLength(count + 1);
      expect(rewards[0]).toBeCloseTo(0.5, 12);
      expect(rewards[1]).toBeCloseTo(0.5, 12);
    }
  });

  it('holds a million outcomes, and steps through them without going over them', () => {
    const params = paramsOf({ face: 'relative', issues: 6, values: 10, domains: 1, rounds: 20 });
    expect(domainOf(params, 0).count).toBe(1_000_000);
    const driver = new Driver(negotiation, params, {
      autoreset: 'same_step',
      rng: () => createStreams('large').stream('env'),
    });
    driver.reset();
    const start = performance.now();
    const steps = 2000;
    for (let step = 0; step < steps; step++) {
      const agent = driver.acting.indexOf(1);
      driver.actions[agent * 2] = 4 + ((7 * step) % 21);
      driver.actions[agent * 2 + 1] = step % 6;
      driver.step();
    }
    // Going over the outcomes once takes milliseconds; a step takes hundredths of one.
    expect((performance.now() - start) / steps).toBeLessThan(5);
  }, 60_000);

  it('plays a recorded episode again to the same end', () => {
    for (const face of ['outcomes', 'relative']) {
      const [record] = episodes({ face, breakdown: 0.1 }, [findPolicy('micro'), findPolicy('random')], 1);
      const driver = replayEpisode(record, negotiation, () => {});
      expect([...driver.returns]).toEqual(record.returns);
    }
  });

  it('tells a party its own worths and never those of others', () => {
    const params = paramsOf(given({ ...domain, utilities: [domain.utilities[0], [0.123, 0.456, 0.789, 0.987]] }));
    const state = negotiation.init(params, createStreams('text').stream('env'));
    const text = negotiation.text?.(state, 0, params) ?? '';
    expect(text).toContain('Without an agreement you have 0.2');
    expect(text).toContain('make an offer, or end it');
    for (const hidden of ['0.123', '0.456', '0.789', '0.987']) expect(text).not.toContain(hidden);
  });

  it('tells rules what they need: gains, last gains, what was offered, the standing offer and the time', () => {
    const params = paramsOf({ ...given(domain), rounds: 3 });
    const state = run({ ...given(domain), rounds: 3 }, [offering([2, 2], 1), findPolicy('hard-headed')]).state;
    const facts = new NegotiationFacts(params, [2, 2], (number) => domainOf(params, number)).of(state);
    expect(facts.gain(0, 2)).toBeCloseTo(0.4 - 0.2, 12);
    expect(facts.lastGain(0)).toBeCloseTo(0.7 - 0.2, 12);
    expect([facts.offered(0, 1), facts.offered(0, 2), facts.offered(1, 0)]).toEqual([true, false, true]);
    expect(facts.standing(0)).toBe(0.1);
    expect(facts.reserved(1)).toBe(0.1);
  });

  it('closes offers below the reserved value under rule R1, and charges for them where the rule is soft', () => {
    const start = (params: object) => {
      const driver = new Driver(negotiation, paramsOf({ ...given(domain), ...params }), {
        autoreset: 'disabled',
        rng: () => createStreams('rules').stream('env'),
      });
      driver.reset();
      return driver;
    };
    const masked = start({ rules: ['R1'] });
    // silence, offer, accept, end; then the four outcomes: 0 is worth 0.1 to party 0, less than its 0.2.
    expect([...masked.masks[0].subarray(0, 8)]).toEqual([0, 1, 0, 1, 0, 1, 1, 1]);
    const soft = start({ rules: ['R1'], fine: 0.3 });
    soft.actions.set([1, 0]);
    soft.step();
    expect(soft.rewards[0]).toBeCloseTo(-0.3, 12);
  });

  it('refuses parameters that do not fit, with the place and what was expected', () => {
    const refusal = (params: object) => {
      try {
        const complete = parseWith(negotiation.params, params, 'env negotiation');
        negotiation.roles(complete);
        negotiation.init(complete, createStreams('bad').stream('env'));
      } catch (error) {
        expect(error).toBeInstanceOf(PolityError);
        const { where, expected, got } = (error as PolityError).detail;
        return `${where}: ${expected ?? ''} ${got ?? ''}`;
      }
      return 'accepted';
    };
    expect(refusal({ parties: 1 })).toContain('parties');
    expect(refusal({ issues: 8, values: 10 })).toContain('at most 1000000 outcomes');
    expect(refusal({ issues: 6, values: 10 })).toContain('more than 4096 outcomes');
    expect(refusal({ issues: [1, 3] })).toContain('relative');
    expect(refusal({ face: 'relative', rules: ['R1'] })).toContain('face: outcomes');
    expect(refusal({ ...given(domain), parties: 3 })).toContain('3, one for each party');
    expect(refusal(given({ ...domain, sizes: [2, 3] }))).toContain('6, one number for each outcome');
    expect(refusal({ discount: 0 })).toContain('discount');
    const boxes = { kind: 'constraints', boxes: [{ from: [0], to: [1], worth: 1 }] };
    expect(refusal({ domain: { sizes: [2, 2], reserved: [0, 0], utilities: [boxes, boxes] } })).toContain(
      'boxes.0.from',
    );
    const additive = {
      kind: 'additive',
      weights: [0, 0],
      values: [
        [0, 1],
        [1, 0],
      ],
    };
    expect(refusal({ domain: { sizes: [2, 2], reserved: [0, 0], utilities: [additive, additive] } })).toContain(
      'above 0',
    );
  });
});
