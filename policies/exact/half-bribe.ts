import { defineScripted } from '#core';
import { findField, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly sheriff: boolean;
  readonly load: number;
  /** The bribe that shares what the full load is worth. */
  readonly half: number;
  readonly bribe: number;
  /** Where each round's bribe stands in the observation. */
  readonly rounds: readonly Stretch[];
  /** Where the move number begins. */
  readonly move: number;
}

interface Memory {
  turns: number;
}

interface Params {
  readonly maxItems: number;
  readonly maxBribe: number;
  readonly itemValue: number;
}

/** Both sides of a deal in Sheriff: a full load for half of what it is worth. */
export const halfBribe = defineScripted<Setup, Memory>({
  id: 'half-bribe',
  card: {
    title: 'Half for the sheriff',
    description:
      'As smuggler it loads as much as it can and offers half of what that is worth in every round; as sheriff it lets pass whoever offers that much, and inspects the others.',
    source: 'The even split of the surplus, by a threshold.',
    worlds: ['sheriff', 'sheriff-mended'],
  },
  prepare(context) {
    const { env, role } = context;
    if (env.id !== 'sheriff' && env.id !== 'sheriff-mended') {
      throw refusal('half-bribe', context, { got: env.id, expected: 'sheriff or sheriff-mended' });
    }
    const { maxItems, maxBribe, itemValue } = env.params as Params;
    let at = 0;
    const rounds: Stretch[] = [];
    for (const { name, size } of role.observation.fields ?? []) {
      if (/^round\d+(\/bribe)?$/.test(name)) rounds.push({ at, size: maxBribe + 1 });
      at += size;
    }
    const move = findField(role.observation, 'move')?.at ?? 0;
    const half = Math.min(maxBribe, Math.ceil((maxItems * itemValue) / 2));
    return { sheriff: role.name === 'sheriff', load: 2 + maxItems, half, bribe: 3 + maxItems + half, rounds, move };
  },
  remember: () => ({ turns: 0 }),
  act({ observation, mask, memory }, out, { sheriff, load, half, bribe, rounds, move }) {
    if (!sheriff) out[0] = mask[bribe] === 1 ? bribe : load;
    else {
      const stray = move + 2 * memory.turns + 2;
      out[0] = bribeIn(observation, rounds[memory.turns], stray) >= half ? 0 : 1;
      memory.turns++;
    }
  },
});

/** The bribe of a round. Upstream writes the move number over the bribes (`stray`): that bit counts only where there is no other. */
function bribeIn(observation: Float32Array, { at, size }: Stretch, stray: number): number {
  for (let bribe = 0; bribe < size; bribe++) if (observation[at + bribe] > 0.5 && at + bribe !== stray) return bribe;
  return stray - at;
}
