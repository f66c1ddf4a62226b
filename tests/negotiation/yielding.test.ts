import { expect, it } from 'vitest';
import { findPolicy, policies } from '#policies';
import recorded from './data/yielding-traces.json' with { type: 'json' };
import { given, run, strategies } from './play.ts';

const domains = new Map(recorded.domains.map((domain) => [domain.id, domain]));

it.each(
  recorded.traces.map((trace) => [`${trace.domain} ${trace.parties.join('/')} ${trace.n_steps}`, trace] as const),
)('%s: offers and agreement are those of NegMAS', (_, { domain, parties, n_steps, offers, agreement }) => {
  const { acts, state } = run(
    { ...given(domains.get(domain)!), rounds: n_steps },
    parties.map((name) => findPolicy(strategies[name])),
  );
  expect(acts.filter((act) => typeof act === 'number')).toEqual(offers);
  expect(state.agreement < 0 ? null : state.agreement).toBe(agreement);
});

it.each(policies.items.filter(({ card }) => card.worlds.includes('negotiation')).map(({ id }) => id))(
  '%s ends what can bring it nothing but a loss',
  (id) => {
    const hopeless = {
      sizes: [3],
      reserved: [0.2, 0.7],
      utilities: [
        [1, 0.5, 0.2],
        [0.6, 0.5, 0.1],
      ],
    };
    const { acts, state } = run({ ...given(hopeless), rounds: 8 }, [findPolicy('linear'), findPolicy(id)]);
    expect(acts).toEqual([0, 'e']);
    expect(state.agreement).toBe(-1);
  },
);
