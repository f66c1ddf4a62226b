import { type Actor, createStreams, layOutAgents, type Policy } from '#core';
import { actionNames, agree } from '../../envs/bargaining/offers.ts';
import { bargaining } from '../../envs/bargaining.ts';

type Triple = readonly [number, number, number];

/** Party 0 values books most, party 1 books and balls; the pool is worth 10 to each. */
export const booksAndBalls = { pool: [1, 2, 3] as Triple, values: [[8, 1, 0] as Triple, [4, 0, 2] as Triple] };

/** What a party says at each of its turns when the talk goes as given: a list of offers, `keep 1 0 2`, from party 0 on. */
export function repliesOf(
  policy: Policy,
  party: 0 | 1,
  offers: readonly string[],
  instance: object = booksAndBalls,
  params: object = {},
): string[] {
  const replies: string[] = [];
  let actor: Actor | undefined;
  const parsed = bargaining.params.parse({ instances: instance, ...params });
  const role = layOutAgents(bargaining, parsed).roles[0];
  const state = bargaining.init(parsed, createStreams('talk').stream('env'));
  const observation = new Float32Array(role.observationSize);
  const mask = new Uint8Array(role.maskSize);
  const action = new Float64Array(1);
  for (let made = 0; made <= offers.length; made++) {
    if (made > 0) state.offers[made - 1] = actionNames.indexOf(offers[made - 1]);
    state.made = made;
    if (made % 2 !== party) continue;
    actor ??= policy.createActor({
      env: { id: 'bargaining', params: parsed },
      role,
      rows: 1,
      rng: createStreams('talk').stream('policy'),
    });
    bargaining.observe(state, party, observation, parsed);
    mask.fill(1);
    bargaining.legal?.(state, party, mask, parsed);
    actor.act({ rows: Int32Array.of(0), count: 1, observations: observation, masks: mask, actions: action });
    replies.push(action[0] === agree ? 'agree' : actionNames[action[0]]);
  }
  return replies;
}

/** A talk in which the other party, at even or odd turns, always asks for the same, and this one's own offers do not matter. */
export function stubbornly(asked: string, turns: number): string[] {
  return Array.from({ length: turns }, () => asked);
}
