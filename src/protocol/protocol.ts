import { z } from 'zod';
import { parseWith } from '#core';
import type { Declaration, DeclarationSpec } from './declaration.ts';
import { declare } from './declare.ts';

/** What a reader should know of a protocol before using it. */
export interface ProtocolCard {
  readonly title: string;
  readonly description: string;
  /** Specification or paper that the rules come from. */
  readonly source: string;
}

/** A protocol as a value: options in, declaration out. */
export interface Protocol<O = unknown> {
  readonly id: string;
  readonly card: ProtocolCard;
  /** Schema of the options, with a default for each; every key described. */
  readonly options: z.ZodType<O>;
  /** The declaration under given options. Throws PolityError (input) where it refers to something that is not there. */
  declare(options: O): Declaration;
}

/** Any protocol, whatever its options. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds protocols of every type, and `unknown` is not assignable from them.
export type AnyProtocol = Protocol<any>;

export interface ProtocolSpec<O> {
  readonly id: string;
  readonly card: ProtocolCard;
  readonly options?: z.ZodType<O>;
  declare(options: O): Omit<DeclarationSpec, 'id'>;
}

/**
 * Makes a protocol; its declaration is checked whenever options are given.
 *
 * @example
 * const ping = defineProtocol({
 *   id: 'ping',
 *   card: { title: 'Ping', description: 'One word.', source: 'here' },
 *   declare: () => ({
 *     roles: [{ name: 'a', count: 1 }, { name: 'b', count: 1 }],
 *     states: [{ name: 'quiet' }, { name: 'done', ends: 'success' }],
 *     moves: [{ id: 'ping', performative: 'inform', by: 'a', from: ['quiet'], to: 'done' }],
 *   }),
 * });
 * ping.declare({}).moves.length // 1
 */
export function defineProtocol<O = Record<string, never>>(spec: ProtocolSpec<O>): Protocol<O> {
  const { id, card } = spec;
  const options = spec.options ?? (z.strictObject({}) as unknown as z.ZodType<O>);
  return { id, card, options, declare: (chosen) => declare({ id, ...spec.declare(chosen) }, `protocol ${id}`) };
}

/**
 * The declaration under options that may be incomplete.
 *
 * Throws: PolityError (input) for options that are not accepted.
 */
export function declarationOf(protocol: AnyProtocol, options: unknown = {}): Declaration {
  return protocol.declare(parseWith(protocol.options, options, `protocol ${protocol.id}`));
}
