import { type AgentLayout, type AnyEnv, createStreams, PolityError } from '#core';
import { lineUps } from './seatings.ts';
import type { PolicyFinder } from './seats.ts';

/**
 * `lineUps` of those orders in which every policy takes the role that it gets: some are made for one role of a world, and say so
 * when they are asked to play another.
 *
 * Throws: PolityError (input) where no order is left: what the first policy said that was in the way.
 */
export function fittingLineUps(
  env: AnyEnv,
  params: unknown,
  layout: AgentLayout,
  policies: readonly string[],
  finder: PolicyFinder,
): readonly (readonly string[])[] {
  const rng = createStreams('role-fit').stream('probe');
  const refusals = new Map<string, PolityError | null>();
  const refusalOf = (policy: string, name: string) => {
    const key = `${name} ${policy}`;
    let refusal = refusals.get(key);
    if (refusal === undefined) {
      refusal = null;
      const role = layout.roles.find((one) => one.name === name) as AgentLayout['roles'][number];
      try {
        finder.known(policy).createActor({ env: { id: env.seatsAs ?? env.id, params }, role, rows: 1, rng });
      } catch (error) {
        if (!(error instanceof PolityError) || error.detail.code !== 'input') throw error;
        refusal = error;
      }
      refusals.set(key, refusal);
    }
    return refusal;
  };
  try {
    return lineUps(layout, policies, (policy, role) => finder.plays(policy, role) && refusalOf(policy, role) === null);
  } catch (error) {
    const first = [...refusals.values()].find((refusal) => refusal !== null);
    throw error instanceof PolityError && first != null ? first : error;
  }
}
