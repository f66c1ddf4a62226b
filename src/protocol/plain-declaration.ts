import { z } from 'zod';
import type { Declaration } from './declaration.ts';

/** Anything that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A declaration as data that JSON can say, the same for the same declaration: content types become JSON Schemas, rules what
 * they say. Transcripts name a protocol by the hash of this.
 */
export function plainDeclaration(declaration: Declaration): { readonly [key: string]: Json } {
  const parameters = Object.entries(declaration.parameters).map(([name, { content, ...parameter }]) => {
    return [name, content === undefined ? parameter : { ...parameter, content: schemaOf(content) }];
  });
  const rules = declaration.rules.map(({ permits: _, narrow: __, strike: ___, ...rule }) => rule);
  return JSON.parse(JSON.stringify({ ...declaration, parameters: Object.fromEntries(parameters), rules }));
}

function schemaOf(content: z.ZodType): unknown {
  const { $schema: _, ...schema } = z.toJSONSchema(content, {
    io: 'input',
    // A choice of one word reads back as a constant: it is written as one.
    override({ jsonSchema }) {
      if (jsonSchema.enum?.length !== 1) return;
      jsonSchema.const = jsonSchema.enum[0];
      delete jsonSchema.enum;
    },
  });
  return schema;
}

/**
 * A plain declaration with its content types read back, ready for `declare`. Rules are functions, which data has none of.
 *
 * Throws: Error where zod cannot read a JSON Schema.
 */
export function withContentTypes(plain: unknown): unknown {
  if (typeof plain !== 'object' || plain === null) return plain;
  const { parameters } = plain as { parameters?: unknown };
  if (typeof parameters !== 'object' || parameters === null) return plain;
  const read = Object.entries(parameters).map(([name, parameter]) => {
    if (typeof parameter !== 'object' || parameter === null || !('content' in parameter)) return [name, parameter];
    return [name, { ...parameter, content: z.fromJSONSchema(parameter.content as z.core.JSONSchema.JSONSchema) }];
  });
  return { ...plain, parameters: Object.fromEntries(read) };
}
