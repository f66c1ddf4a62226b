import {
  type ActorContext,
  createStreams,
  layOutAgents,
  type Policy,
  PolityError,
  parseWith,
  partsOf,
  type RoleLayout,
} from '#core';
import type { Engine } from '#engine/network';
import { mean, standardError } from '#math';
import { heardSymbols, mutualInformation, Tamperer, type Tampering, writeHeard } from '#metrics';
import type { Catalogue, StoredModel } from './catalogue.ts';
import { fixedNormalisation } from './neural-policy.ts';
import { playEpisodes } from './play-episodes.ts';
import { createPolicyFinder } from './seats.ts';

export interface ListeningRequest {
  /** A registered id or a path; it takes every seat. */
  readonly policy: string;
  readonly env: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly episodes: number;
  readonly seed: number | string;
  readonly greedy: boolean;
  /** Share of symbols that chance replaces, where messages are noisy. */
  readonly noise: number;
}

/** A mean over episodes, with its standard error. */
interface MeanOfEpisodes {
  readonly mean: number;
  readonly standardError: number | null;
}

/** What messages are worth to a policy that plays with itself, and whether it listens. */
export interface ListeningResult {
  readonly env: string;
  readonly policy: string;
  readonly episodes: number;
  /** Team return with messages as they are, and tampered with, over the same episodes. */
  readonly returns: Readonly<Record<Tampering, MeanOfEpisodes>>;
  /** Return as it is less that with messages tampered with, episode by episode. */
  readonly worth: Readonly<Record<Exclude<Tampering, 'clear'>, MeanOfEpisodes>>;
  /**
   * What a message forced on the listener, all messages alike, tells about what it does; null where no trained network without
   * memory plays. Units: nats.
   */
  readonly causalInfluence: { readonly mean: number; readonly standardError: number; readonly states: number } | null;
}

const tamperings: readonly Tampering[] = ['clear', 'muted', 'noisy', 'shuffled'];
/** Situations in which messages are forced, and messages in each. */
const mostStates = 256;
const messages = 64;

/**
 * Plays the same episodes with messages as they are, muted, noisy and shuffled, and forces messages on the policy where it heard one.
 *
 * Throws: PolityError (input) for a world without messages (no observation field called `heard`), or what does not exist or fit.
 * Source: Lowe et al. (2019), "On the pitfalls of measuring emergent communication"; interventions are uniform over messages and
 * the marginal a sum, so that a policy that ignores what it hears has exactly 0.
 */
export function measureListening(catalogue: Catalogue, engine: Engine, request: ListeningRequest): ListeningResult {
  const { policy: reference, episodes, seed, greedy, noise } = request;
  const env = catalogue.worlds.get(request.env, 'env');
  const params = parseWith(env.params, request.params, `env ${env.id}`) as unknown;
  const { roles } = layOutAgents(env, params);
  if (roles.every(({ observation }) => heardSymbols(observation).length === 0)) throw nothingHeard(env.id);
  const finder = createPolicyFinder(catalogue, engine, greedy);
  const policy = finder.find(reference, 'policy');
  const moments: Moment[] = [];
  const team = (how: Tampering) =>
    playEpisodes({
      env,
      params,
      timeLimitSteps: null,
      seating: roles.flatMap(({ count }) => {
        const seated = tampered(policy, how, noise, `${seed}/listening/${how}`, how === 'clear' ? moments : null);
        return Array.from({ length: count }, () => seated);
      }),
      episodes: Array.from({ length: episodes }, (_, k) => k),
      seed: `${seed}/listening`,
      policyStreams: createStreams(`${seed}/listening/${reference}`),
      record: false,
    }).map(({ returns }) => returns.reduce((sum, each) => sum + each, 0));
  const played = Object.fromEntries(tamperings.map((how) => [how, team(how)])) as Record<Tampering, number[]>;
  const less = (how: Tampering) => meanOf(played.clear.map((clear, k) => clear - played[how][k]));
  const found = catalogue.findPolicy(reference, 'policy');
  const influences =
    found.kind === 'stored' ? influencesOf(engine, found.models, moments, createStreams(`${seed}/forced`)) : null;
  return {
    env: env.id,
    policy: reference,
    episodes,
    returns: {
      clear: meanOf(played.clear),
      muted: meanOf(played.muted),
      noisy: meanOf(played.noisy),
      shuffled: meanOf(played.shuffled),
    },
    worth: { muted: less('muted'), noisy: less('noisy'), shuffled: less('shuffled') },
    causalInfluence: influences === null ? null : influenceOf(influences),
  };
}

/** A moment at which somebody heard something. */
interface Moment {
  readonly role: RoleLayout;
  readonly observation: Float32Array;
  readonly mask: Uint8Array;
}

/** A policy that hears what becomes of messages. Keeps what it saw in `moments`, the first of every few. */
function tampered(policy: Policy, how: Tampering, noise: number, seed: string, moments: Moment[] | null): Policy {
  return {
    ...policy,
    createActor(context: ActorContext) {
      const { role, rows } = context;
      const actor = policy.createActor(context);
      const tamperer = new Tamperer(
        heardSymbols(role.observation),
        how,
        noise,
        createStreams(seed).stream(`role/${role.name}`),
      );
      const size = role.observationSize;
      const observations = new Float32Array(rows * size);
      return {
        ...actor,
        begin: (row) => actor.begin(row),
        act(batch) {
          for (let k = 0; k < batch.count; k++) {
            const at = batch.rows[k] * size;
            for (let i = 0; i < size; i++) observations[at + i] = batch.observations[at + i];
            if (!tamperer.tamper(observations, at) || moments === null || moments.length >= mostStates) continue;
            const mask = batch.masks.slice(batch.rows[k] * role.maskSize, (batch.rows[k] + 1) * role.maskSize);
            moments.push({ role, observation: observations.slice(at, at + size), mask });
          }
          actor.act({ ...batch, observations });
        },
      };
    },
  };
}

/** Causal influence at each moment; null where a network has memory, or an action is not made of choices. */
function influencesOf(
  engine: Engine,
  models: Readonly<Record<string, StoredModel>>,
  moments: readonly Moment[],
  streams: ReturnType<typeof createStreams>,
): number[] | null {
  const rng = streams.stream('messages');
  const networks = new Map(
    Object.entries(models).map(([role, { topology, weights, info }]) => {
      const network = engine.createNetwork(topology);
      network.params.set(weights);
      network.paramsChanged();
      const { normalisation } = info;
      const normalise =
        normalisation === null || normalisation === undefined
          ? null
          : fixedNormalisation(normalisation.mean, normalisation.variance);
      return [role, { network, normalise }] as const;
    }),
  );
  const influences: number[] = [];
  for (const { role, observation, mask } of moments) {
    const found = networks.get(role.name);
    if (found === undefined || found.network.inputSizes.length > 1 || role.action.kind === 'box') return null;
    const heard = heardSymbols(role.observation);
    const size = observation.length;
    const rows = new Float32Array(messages * size);
    const message = new Int32Array(heard.length);
    for (let m = 0; m < messages; m++) {
      rows.set(observation, m * size);
      for (let i = 0; i < heard.length; i++) message[i] = rng.integer(0, heard[i].symbols);
      writeHeard(rows, m * size, heard, message);
    }
    found.normalise?.(rows, messages);
    const [outputs] = found.network.forward([rows], messages);
    const width = mask.length;
    const table = Array.from({ length: messages }, (_, m) =>
      choiceProbabilities(outputs.subarray(m * width, (m + 1) * width), mask, role),
    );
    influences.push(mutualInformation(table));
  }
  return influences;
}

/** Joint probabilities of all parts of an action but those that utter symbols, which nobody reacts to in this turn. */
function choiceProbabilities(logits: Float32Array, mask: Uint8Array, { action }: RoleLayout): number[] {
  if (action.kind === 'box') return [];
  const names = action.kind === 'multiDiscrete' ? action.names : undefined;
  let joint = [1];
  let at = 0;
  for (const [part, size] of partsOf(action).entries()) {
    const legal = (choice: number) => mask.length === 0 || mask[at + choice] === 1;
    const most = Math.max(...Array.from({ length: size }, (_, c) => (legal(c) ? logits[at + c] : -Infinity)));
    const weights = Array.from({ length: size }, (_, c) => (legal(c) ? Math.exp(logits[at + c] - most) : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (names?.[part].startsWith('symbol') !== true) {
      joint = joint.flatMap((p) => weights.map((weight) => (p * weight) / total));
    }
    at += size;
  }
  return joint;
}

/** Where nothing reaches anybody's ears, messages influence nobody. */
function influenceOf(influences: readonly number[]): NonNullable<ListeningResult['causalInfluence']> {
  if (influences.length < 2) return { mean: influences[0] ?? 0, standardError: 0, states: influences.length };
  const all = meanOf(influences);
  return { mean: all.mean, standardError: all.standardError ?? 0, states: influences.length };
}

function meanOf(values: readonly number[]): MeanOfEpisodes {
  return { mean: mean(values), standardError: values.length < 2 ? null : standardError(values) };
}

function nothingHeard(id: string): PolityError {
  return new PolityError({
    code: 'input',
    where: `world ${id}`,
    message: 'nobody hears anything in it',
    expected: 'an observation field whose name begins with "heard"',
    remedy: 'Take a world with messages under parameters that let them through',
  });
}
