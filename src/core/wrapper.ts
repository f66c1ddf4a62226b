import type { z } from 'zod';
import type { AnyEnv } from './env.ts';
import type { EnvCard } from './env-card.ts';
import { PolityError } from './errors.ts';
import { type Locate, parseWith, place } from './schema.ts';

/** What a wrapper may make different: what is seen, what is done, what is paid, what happens, and until when agents have rows. */
export type WorldPart = 'observations' | 'actions' | 'rewards' | 'events' | 'rows';

/** Something that makes a world of a world: the same game, seen, played or paid otherwise. It works over every world. */
export interface Wrapper<O = unknown> {
  readonly id: string;
  readonly card: {
    readonly title: string;
    readonly description: string;
    readonly source: string;
    /** Sizes before and after, by the letters of the contract. */
    readonly shapes: string;
  };
  /** What it changes. A world whose observations and actions are as before is played by whoever played it before. */
  readonly changes: readonly WorldPart[];
  /** Schema of its options: numbers, words, true and false, each with a default. */
  readonly options: z.ZodType<O>;
  /** The world around `env`. Its id and card are those of `env`: `wrapWorld` sees to them. */
  wrap(env: AnyEnv, options: O): AnyEnv;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds wrappers with options of every type.
export type AnyWrapper = Wrapper<any>;

/** A wrapper by its name, with options: an entry of `env.wrappers` of an experiment. */
export interface WrapperChoice {
  readonly id: string;
  readonly [option: string]: unknown;
}

/**
 * Puts a wrapper around a world. The id of what comes out says so, with every option, and names the same world wherever
 * worlds are looked up: `simple-spread+frame-stack:frames=4,fill=first`.
 *
 * Throws: PolityError (input) for options that the wrapper does not take, or a world that it cannot be put around.
 */
export function wrapWorld<O>(
  env: AnyEnv,
  wrapper: Wrapper<O>,
  given: object = {},
  where: string | Locate = wrapper.id,
): AnyEnv {
  const options = parseWith(wrapper.options, given, where);
  const seen = wrapper.changes.includes('observations') || wrapper.changes.includes('actions');
  // What is known of the game inside need not hold for what is made of it.
  const { seatsAs: _, tree: __, ...world } = wrapper.wrap(env, options);
  return {
    ...world,
    id: `${env.id}+${wrapperText({ id: wrapper.id, ...options })}`,
    card: wrappedCard(env.card, wrapper),
    ...(seen ? {} : { seatsAs: env.seatsAs ?? env.id }),
  };
}

/**
 * Takes the id of a wrapped world apart: the world inside and its wrappers, from the inside out.
 *
 * Throws: PolityError (input) for an option without a value.
 *
 * @example
 * parseWrapped('coin+frame-stack:frames=2') // { base: 'coin', wrappers: [{ id: 'frame-stack', frames: 2 }] }
 */
export function parseWrapped(id: string): { readonly base: string; readonly wrappers: readonly WrapperChoice[] } {
  const [base, ...parts] = id.split('+');
  return { base, wrappers: parts.map((part) => parseWrapper(part, id)) };
}

function parseWrapper(text: string, world: string): WrapperChoice {
  const [id, ...rest] = text.split(':');
  const assignments = rest.join(':').split(',');
  if (rest.length === 0) return { id };
  const options = assignments.map((assignment) => {
    const at = assignment.indexOf('=');
    if (at > 0) return [assignment.slice(0, at), readValue(assignment.slice(at + 1))];
    const expected = 'option=value, such as frames=4';
    throw new PolityError({
      code: 'input',
      where: place(world, [id]),
      message: 'an option cannot be read',
      got: `"${assignment}"`,
      expected,
    });
  });
  return { id, ...Object.fromEntries(options) };
}

/** A number, true or false where the text is one, else the text. */
function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** How a wrapper stands in the id of a world: `frame-stack:frames=4`. */
export function wrapperText({ id, ...options }: WrapperChoice): string {
  const list = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return list.length === 0 ? id : `${id}:${list.join(',')}`;
}

/** What the card says of play holds no longer where play or pay is another. */
function wrappedCard(card: EnvCard, { card: own, changes }: AnyWrapper): EnvCard {
  const described = {
    title: `${card.title}, ${lowered(own.title)}`,
    description: `${card.description} ${own.description}`,
  };
  const source = `${card.source} ${own.title}: ${own.source}`;
  if (!changes.includes('rewards') && !changes.includes('events')) {
    return Object.defineProperties({} as EnvCard, {
      ...Object.getOwnPropertyDescriptors(card),
      ...Object.getOwnPropertyDescriptors({ ...described, source }),
    });
  }
  const { licence, tests, horizon } = card;
  const rewardScale = changes.includes('rewards')
    ? {
        agent: `${own.title}, over: ${card.rewardScale.agent}`,
        team: `${own.title}, over: ${card.rewardScale.team}`,
      }
    : card.rewardScale;
  return { ...described, source, licence, tests, horizon, rewardScale };
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
