import { type ActorContext, type Policy, PolityError, suggest } from '#core';
import type { Engine } from '#engine/network';
import type { Catalogue, FoundPolicy, StoredModel, StoredPolicy } from './catalogue.ts';
import { fixedNormalisation, neuralPolicy } from './neural-policy.ts';
import { spaceOf } from './space-of.ts';

/** Finds policies by reference (a registered id or a path) and keeps them, so that the same reference is the same policy. */
export interface PolicyFinder {
  /**
   * @param role Role that it is to play, where that is known.
   * Throws: PolityError (input) when there is no such policy or it was not trained for the role.
   */
  find(reference: string, where: string, role?: string): Policy;
  /** Whether one that was found before plays a role; a trained one plays those that it was trained for. */
  plays(reference: string, role: string): boolean;
  /** One that was found before. */
  known(reference: string): Policy;
}

/** A finder whose stored policies run on `engine`; `greedy` says how they act. */
export function createPolicyFinder(catalogue: Catalogue, engine: Engine, greedy = false): PolicyFinder {
  const found = new Map<string, { readonly source: FoundPolicy; readonly policy: Policy }>();
  const prepared = (reference: string) => {
    const held = found.get(reference);
    if (held === undefined) throw new Error(`policy ${reference} was not prepared`);
    return held;
  };
  return {
    find(reference, where, role) {
      let held = found.get(reference);
      if (held === undefined) {
        const source = catalogue.findPolicy(reference, where);
        held = { source, policy: source.kind === 'registered' ? source.policy : storedPolicy(source, engine, greedy) };
        found.set(reference, held);
      }
      if (role !== undefined) requireRole(held.source, reference, where, role);
      return held.policy;
    },
    plays: (reference, role) => playsRole(prepared(reference).source, role),
    known: (reference) => prepared(reference).policy,
  };
}

/** A policy from disk: for each role that it was trained for, its network. */
export function storedPolicy(stored: StoredPolicy, engine: Engine, greedy: boolean): Policy {
  const byRole = new Map<string, Policy>();
  for (const [role, model] of Object.entries(stored.models)) {
    byRole.set(role, modelPolicy(stored.id, model, engine, greedy));
  }
  return {
    id: stored.id,
    card: { title: stored.id, description: 'A trained policy from disk.', source: stored.id, worlds: ['*'] },
    createActor(context) {
      return chooseModel(stored, byRole, context).createActor(context);
    },
  };
}

function chooseModel(stored: StoredPolicy, byRole: ReadonlyMap<string, Policy>, { env, role }: ActorContext): Policy {
  const model = stored.models[role.name];
  if (model === undefined) throw notForRole(stored.id, `policy ${stored.id}`, role.name, Object.keys(stored.models));
  const made = model.info.env.seatsAs ?? model.info.env.id;
  if (made !== env.id) {
    throw new PolityError({
      code: 'input',
      where: `policy ${stored.id}`,
      message: 'made for another world',
      got: env.id,
      expected: made,
      remedy: 'Use a policy that was trained in this world',
    });
  }
  return byRole.get(role.name) as Policy;
}

function modelPolicy(
  id: string,
  { topology, weights, info, hash }: StoredModel,
  engine: Engine,
  greedy: boolean,
): Policy {
  const network = engine.createNetwork(topology);
  network.params.set(weights);
  network.paramsChanged();
  const { normalisation } = info;
  return neuralPolicy({
    id,
    card: { title: id, description: 'A trained network.', source: info.provenance.experiment, worlds: [info.env.id] },
    network,
    role: { observationSize: info.observationSize, action: spaceOf(info.action) },
    normalise: normalisation === null ? null : fixedNormalisation(normalisation.mean, normalisation.variance),
    greedy: greedy || info.actsGreedily === true,
    ...(hash === undefined ? {} : { hash }),
  });
}

function requireRole(source: FoundPolicy, reference: string, where: string, role: string): void {
  if (source.kind === 'stored' && !playsRole(source, role)) {
    throw notForRole(reference, where, role, Object.keys(source.models));
  }
}

function playsRole(source: FoundPolicy, role: string): boolean {
  return source.kind === 'registered' || source.models[role] !== undefined;
}

function notForRole(id: string, where: string, role: string, known: readonly string[]): PolityError {
  return new PolityError({
    code: 'input',
    where,
    message: `${id} was not trained for the role "${role}"`,
    remedy: suggest(role, known),
  });
}
