import { expect } from 'vitest';
import { findPolicy } from '#policies';
import { createTalk, declarationOf, protocols } from '#protocol';
import { given, offering, type Run, run, strategies } from '../../negotiation/play.ts';
import { type Binding, binding, type Matrix, type Vector } from '../binding.ts';
import { expectClose, tolerance } from '../compare.ts';
import type { Fields, GoldenEntry, GoldenFile, Json } from '../entries.ts';

interface Domain {
  readonly id: string;
  readonly sizes: Vector;
  readonly reserved: Vector;
  /** [party][outcome]. */
  readonly utilities: Matrix;
}

export function domainIn({ header }: GoldenFile, id: Json): Domain {
  const domain = (header.domains as unknown as readonly Domain[]).find((candidate) => candidate.id === id);
  if (domain === undefined) throw new Error(`no domain called "${id}"`);
  return domain;
}

function play(domain: Domain, parties: readonly string[], rounds: number): Run {
  const policies = parties.map((name) => {
    const id = strategies[name];
    if (id === undefined) throw new Error(`no strategy called "${name}"`);
    return findPolicy(id);
  });
  return run({ ...given(domain), rounds }, policies);
}

/** How a run went, in the words of the file. */
function resultOf({ state, acts }: Run, parties: number, rounds: number) {
  const last = acts.length - 1;
  if (state.status === 'timed out') return { status: 'timedout', finalStep: rounds };
  if (state.status === 'ended') return { status: 'broken', finalStep: Math.floor(last / parties) + 1 };
  return {
    status: 'agreement',
    finalStep: Math.floor(last / parties) + 1,
    agreement: state.agreement,
    proposer: state.proposer,
    lastToAccept: last % parties,
    acceptStep: Math.floor(last / parties),
  };
}

interface Trace {
  readonly domain: string;
  readonly parties: readonly string[];
  readonly n_steps: number;
  readonly actions: readonly (number | 'a' | '?')[];
  readonly cut?: boolean;
  readonly offerUtilities?: readonly (Vector | null)[];
}

function checkTrace(trace: Trace, file: GoldenFile): void {
  const { parties, n_steps, actions, cut } = trace;
  const about = `${trace.domain} ${parties.join('/')} ${n_steps}`;
  const domain = domainIn(file, trace.domain);
  const played = play(domain, parties, n_steps);
  if (cut !== true) expect(played.acts.length, about).toBe(actions.length);
  for (const [k, wanted] of actions.entries()) {
    if (wanted === '?') {
      const own = played.acts.filter((_, act) => act < k && act % parties.length === k % parties.length);
      expect(own, `${about}, act ${k}: repeats an own offer`).toContain(played.acts[k]);
    } else expect(played.acts[k], `${about}, act ${k}`).toBe(wanted);
  }
  const result: Readonly<Record<string, unknown>> = resultOf(played, parties.length, n_steps);
  for (const key of ['status', 'finalStep', 'agreement', 'proposer', 'lastToAccept', 'acceptStep']) {
    const wanted = (trace as unknown as Readonly<Record<string, unknown>>)[key];
    if (wanted === undefined && cut === true) continue;
    expect(result[key], `${about}, ${key}`).toBe(wanted);
  }
  for (const [k, utilities] of trace.offerUtilities?.entries() ?? []) {
    if (utilities === null) continue;
    expectClose(
      domain.utilities.map((of) => of[played.acts[k] as number]),
      utilities as unknown as Json,
      tolerance(1e-9),
    );
  }
}

function checkSummary(entry: GoldenEntry, file: GoldenFile): void {
  for (const { domain: id, n_steps, rows } of entry.outputs as unknown as readonly {
    domain: string;
    n_steps: number;
    rows: readonly (readonly (string | number | null)[])[];
  }[]) {
    const domain = domainIn(file, id);
    for (const [names, ...wanted] of rows) {
      const parties = String(names).split('/');
      const played = play(domain, parties, n_steps);
      const result: Readonly<Record<string, unknown>> = resultOf(played, parties.length, n_steps);
      const agreed = result.status === 'agreement';
      const offers = played.acts.filter((act) => typeof act === 'number') as number[];
      const ours = [
        result.status,
        agreed ? result.agreement : null,
        agreed ? result.proposer : null,
        agreed ? result.acceptStep : null,
        played.acts.length,
        ...domain.utilities.map((of) => offers.reduce((sum, offer) => sum + of[offer], 0)),
      ];
      for (const [i, value] of wanted.entries()) {
        // No agreement has nothing there; else an empty place is one that hangs on a draw.
        if (value === null) continue;
        const where = `${id} ${names} ${n_steps}, column ${i + 1}`;
        if (i < 5) expect(ours[i], where).toBe(value);
        else expect(Math.abs(Number(ours[i]) - Number(value)), where).toBeLessThanOrEqual(1e-9);
      }
    }
  }
}

function checkTopFraction({ inputs, outputs }: GoldenEntry, file: GoldenFile): void {
  const domain = domainIn(file, inputs.domain);
  const party = Number(inputs.party);
  const { fraction, firstOffer, everOffered, accepts } = outputs as unknown as {
    fraction: number;
    firstOffer: number;
    everOffered: Vector;
    accepts: Vector;
  };
  const policy = findPolicy(`top-fraction(${fraction})`);
  const other = findPolicy('hard-headed');
  const line = party === 0 ? [policy, other] : [other, policy];
  const offered = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    const { acts } = run({ ...given(domain), rounds: 50 }, line, `${seed}`);
    const own = acts.filter((act, k) => k % 2 === party && typeof act === 'number') as number[];
    expect(own[0]).toBe(firstOffer);
    for (const act of own) offered.add(act);
  }
  expect([...offered].sort((a, b) => a - b)).toEqual(everOffered);
  // The one that answers sits second, with the utilities of the party.
  const swapped = { ...domain, utilities: [domain.utilities[1 - party], domain.utilities[party]] };
  const taken = domain.utilities[0].flatMap((_, outcome) => {
    const { acts } = run({ ...given(swapped), rounds: 1 }, [offering(domain.sizes, outcome), policy]);
    return acts[1] === 'a' ? [outcome] : [];
  });
  expect(taken).toEqual(accepts);
}

interface Case {
  readonly case: string;
  readonly n_steps: number;
  readonly options: {
    readonly offering_is_accepting?: boolean;
    readonly one_offer_per_step?: boolean;
    readonly allow_offering_just_rejected_outcome?: boolean;
  };
  readonly scripts: readonly (readonly (number | 'a' | 'e' | null)[])[];
}

/** Outcomes of the scripted cases are numbers below this. */
const scriptedOutcomes = 16;

/** Plays a scripted case under the protocol. Offering nothing is ending it; so is what the mask forbids. */
function scripted(given: Case): Json {
  const { n_steps: rounds, options, scripts } = given;
  const parties = scripts.length;
  const talk = createTalk(
    declarationOf(protocols.get('alternating-offers'), {
      parties,
      issues: [scriptedOutcomes],
      rounds,
      offeringIsAccepting: options.offering_is_accepting ?? true,
      oneActARound: options.one_offer_per_step ?? false,
      rejectedMayReturn: options.allow_offering_just_rejected_outcome ?? true,
    }),
  );
  const [offer, accept, end] = [1, 2, 3];
  const state = talk.begin();
  const perStep = options.one_offer_per_step === true ? 1 : parties;
  const acted = scripts.map(() => 0);
  const actions: (number | string)[] = [];
  const actors: number[] = [];
  const mask = new Uint8Array(4 + scriptedOutcomes);
  let broken = false;
  let proposer = -1;
  while (!state.over && !broken) {
    const agent = state.turn;
    const act = scripts[agent][acted[agent]++];
    if (act === undefined) throw new Error(`${given.case}: party ${agent} has nothing left to do`);
    actions.push(act ?? 'none');
    actors.push(agent);
    talk.writeMask(state, agent, mask);
    if (typeof act === 'number') {
      if (mask[4 + act] === 0) broken = true;
      else {
        talk.say(state, agent, [offer, act]);
        proposer = agent;
      }
    } else talk.say(state, agent, [act === 'a' ? accept : end, 0]);
    if (!broken) talk.advance(state);
  }
  const steps = actors.map((_, k) => Math.floor(k / perStep));
  const relativeTimes = steps.map((step) => (step + 1) / (rounds + 1));
  const status = broken ? 'ended' : talk.tables.states[state.states[0]];
  const finalStep = status === 'timed-out' ? rounds : steps[steps.length - 1] + 1;
  const agreed = status === 'agreed';
  return {
    ...(given as unknown as Fields),
    actions,
    actors,
    steps,
    relativeTimes,
    status: agreed ? 'agreement' : status === 'ended' ? 'broken' : 'timedout',
    finalStep,
    finalRelativeTime: (finalStep + 1) / (rounds + 1),
    acceptances: agreed ? parties : 1,
    ...(agreed
      ? {
          agreement: state.values[talk.tables.parameterIndex.get('outcome') as number],
          proposer,
          lastToAccept: actors[actors.length - 1],
          acceptStep: steps[steps.length - 1],
        }
      : {}),
  };
}

export const negotiationRunBindings: readonly Binding[] = [
  binding(
    'negotiation',
    'SAOMechanism with scripted negotiators',
    (_inputs, { outputs }) => (outputs as unknown as readonly Case[]).map(scripted),
    tolerance(1e-9),
  ),
  {
    file: 'negotiation',
    call: /^SAOMechanism\(issues, n_steps\)\.run\(\), traces/,
    check: ({ outputs }, file) => {
      for (const trace of outputs as unknown as readonly Trace[]) checkTrace(trace, file);
    },
  },
  {
    file: 'negotiation',
    call: /^SAOMechanism\(issues, n_steps\)\.run\(\), summary of every ordered pair/,
    check: checkSummary,
  },
  { file: 'negotiation', call: /^TopFractionNegotiator/, check: checkTopFraction },
];
