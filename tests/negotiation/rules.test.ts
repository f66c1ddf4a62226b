import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreams, Driver, parseWith, type Rng, sampleSpace } from '#core';
import { type NegotiationState, worlds } from '#envs';

const negotiation = worlds.get('negotiation');
/** Issues of values that divide up what four values of the last one and two of the first make. */
const sizes = [2, 4];
const outcomes = 8;
const say = { offer: 1, accept: 2, end: 3 } as const;
/** Where outcomes begin in a mask: behind silence, offer, accept, end. */
const offersAt = 4;

interface Game {
  readonly driver: Driver;
  readonly utilities: readonly (readonly number[])[];
  readonly reserved: readonly number[];
}

function begin(rules: readonly string[], utilities: number[][], reserved: number[], fine: number | null): Game {
  const domain = { sizes, utilities: utilities.map((of) => ({ kind: 'table', utilities: of })), reserved };
  const params = parseWith(negotiation.params, { domain, rules, fine, rounds: 6, parties: utilities.length }, 'test');
  const rng = () => createStreams('rules').stream('env');
  const driver = new Driver(negotiation, params, { autoreset: 'disabled', observeAll: true, rng });
  driver.reset();
  return { driver, utilities, reserved };
}

/** Which outcomes a rule forbids a party, read off its sentence and the whole list of offers. */
function forbidden(rule: string, { driver, utilities, reserved }: Game, party: number): boolean[] {
  const { offers, actors, acts, standing } = driver.stateOf(0) as NegotiationState;
  const own = [...offers.subarray(0, acts)].filter((offer, act) => offer >= 0 && actors[act] === party);
  return Array.from({ length: outcomes }, (_, outcome) => {
    const gain = (of: number) => utilities[party][of] - reserved[party];
    if (rule === 'R1') return gain(outcome) < 0;
    if (rule === 'R2') return own.includes(outcome) && outcome !== standing;
    return own.length > 0 && gain(outcome) > gain(own[own.length - 1]);
  });
}

const tastes = fc.array(fc.constantFrom(0, 0.25, 0.5, 0.5, 0.75, 1), { minLength: outcomes, maxLength: outcomes });
const games = fc.record({
  rules: fc.subarray(['R1', 'R2', 'R3']),
  utilities: fc.array(tastes, { minLength: 2, maxLength: 3 }),
  reserved: fc.array(fc.constantFrom(0, 0.3, 0.5, 1), { minLength: 3, maxLength: 3 }),
  seed: fc.nat(1000),
});

describe('rules of a negotiation, kept up to date offer by offer', () => {
  it('close the same outcomes as their sentences do, asked one by one after every act', () => {
    fc.assert(
      fc.property(games, ({ rules, utilities, reserved, seed }) => {
        const game = begin(rules, utilities, reserved.slice(0, utilities.length), null);
        const rng = createStreams(seed).stream('acts');
        while (!game.driver.isOver(0)) {
          const { mover } = game.driver.stateOf(0) as NegotiationState;
          const mask = game.driver.maskOf(0, mover);
          const closed = rules.map((rule) => forbidden(rule, game, mover));
          const open = Array.from({ length: outcomes }, (_, outcome) => !closed.some((of) => of[outcome]));
          if (rules.length > 0) {
            expect(mask[say.offer] === 1).toBe(open.includes(true));
            if (open.includes(true)) {
              expect([...mask.subarray(offersAt, offersAt + outcomes)].map((of) => of === 1)).toEqual(open);
            }
          }
          act(game, mover, rng, mask);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('are counted as their sentences count: what each closes, whichever others close it too', () => {
    fc.assert(
      fc.property(games, ({ rules, utilities, reserved, seed }) => {
        const game = begin(rules, utilities, reserved.slice(0, utilities.length), 0.1);
        const { driver } = game;
        const rng = createStreams(seed).stream('acts');
        const expected = new Map(rules.map((rule) => [rule, 0]));
        while (!driver.isOver(0)) {
          const { mover } = driver.stateOf(0) as NegotiationState;
          for (const rule of rules) {
            const closed = forbidden(rule, game, mover).filter((is) => is).length;
            expected.set(rule, (expected.get(rule) as number) + closed);
          }
          act(game, mover, rng, driver.maskOf(0, mover));
        }
        const metrics = driver.endMetrics(0);
        for (const rule of rules) {
          const { acts } = driver.stateOf(0) as NegotiationState;
          const rate = metrics[rule === 'R1' ? 'maskRateR1Offer' : `maskRate${rule}`];
          expect(rate).toBeCloseTo((expected.get(rule) as number) / (outcomes * acts), 12);
        }
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

/** Plays a random legal act that does not end it at once, where there is another. */
function act({ driver }: Game, mover: number, rng: Rng, mask: Uint8Array): void {
  const { roles, actionStride } = driver.layout;
  const row = driver.actions.subarray(mover * actionStride, (mover + 1) * actionStride);
  sampleSpace(roles[0].action, rng, row, mask);
  if (row[0] === say.end && mask[say.offer] === 1) row[0] = say.offer;
  driver.step();
}
