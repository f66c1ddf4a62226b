import { type ActorContext, defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly pool: readonly Stretch[];
  readonly utilities: readonly Stretch[];
  readonly proposal: readonly Stretch[];
  readonly accept: number;
  readonly base: number;
}

/** Proposals made so far. */
interface Memory {
  made: number;
}

/** The share of what the pool is worth to it that it asks for, proposal after proposal. A talk may be over after two of its own. */
const asks = [1, 1 / 2, 1 / 3];

/** Asks for ever less of what it values, and takes what is worth as much. */
export const haggler = defineScripted<Setup, Memory>({
  id: 'haggler',
  card: {
    title: 'Haggler',
    description:
      'Asks for all that it values, then for half, then for a third, giving away first what is worth least to it. Accepts what is worth as much as what it would ask for now. Utters at random.',
    source: 'A time-dependent tactic after Faratin et al. (1998).',
    worlds: ['negotiation-openspiel', 'negotiation-openspiel-mended'],
  },
  prepare: (context) => setupOf(context),
  remember: () => ({ made: 0 }),
  act({ observation, mask, memory, rng }, out, setup) {
    if (mask[setup.accept + 1] === 1) {
      out[0] = setup.accept + 1 + rng.integer(0, mask.length - setup.accept - 1);
      return;
    }
    const pool = setup.pool.map((part) => hotIndex(observation, part));
    const values = setup.utilities.map((part) => hotIndex(observation, part));
    const all = pool.reduce((sum, count, i) => sum + count * values[i], 0);
    const target = all * asks[Math.min(memory.made, asks.length - 1)];
    const kept = setup.proposal.map((part) => hotIndex(observation, part));
    const offered = pool.reduce((sum, count, i) => sum + values[i] * (count - kept[i]), 0);
    // A proposal that is not seen may be anything.
    if (mask[setup.accept] === 1 && kept[0] >= 0 && offered >= target) {
      out[0] = setup.accept;
      return;
    }
    memory.made++;
    out[0] = demand(pool, values, target, setup.base);
  },
});

function setupOf(context: ActorContext): Setup {
  const { env, role } = context;
  const known = env.id === 'negotiation-openspiel' || env.id === 'negotiation-openspiel-mended';
  if (!known) {
    throw refusal('haggler', context, {
      got: env.id,
      expected: 'negotiation-openspiel or negotiation-openspiel-mended',
    });
  }
  const each = (name: string) => {
    const found: Stretch[] = [];
    for (let i = 0; ; i++) {
      const part = findField(role.observation, `${name}/${i}`);
      if (part === undefined) return found;
      found.push(part);
    }
  };
  const pool = each('pool');
  const base = pool[0].size;
  return { pool, utilities: each('utilities'), proposal: each('proposal'), base, accept: base ** pool.length };
}

/** The proposal that keeps the items worth most, one by one, until they are worth `target`. */
function demand(pool: readonly number[], values: readonly number[], target: number, base: number): number {
  const keeps = pool.map(() => 0);
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  let worth = 0;
  for (const i of order) {
    while (keeps[i] < pool[i] && values[i] > 0 && worth < target) {
      keeps[i]++;
      worth += values[i];
    }
  }
  return keeps.reduce((code, count) => code * base + count, 0);
}
