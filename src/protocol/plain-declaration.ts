import { z } from 'zod';
import { PolityError, place } from '#core';
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
 * Throws: PolityError (input) where a content type is no JSON Schema that zod can read.
 */
export function withContentTypes(plain: unknown, where = 'protocol'): unknown {
  if (typeof plain !== 'object' || plain === null) return plain;
  const { parameters } = plain as { parameters?: unknown };
  if (typeof parameters !== 'object' || parameters === null) return plain;
  const read = Object.entries(parameters).map(([name, parameter]) => {
    if (typeof parameter !== 'object' || parameter === null || !('content' in parameter)) return [name, parameter];
    return [
      name,
      { ...parameter, content: readSchema(parameter.content, place(where, ['parameters', name, 'content'])) },
    ];
  });
  return { ...plain, parameters: Object.fromEntries(read) };
}

function readSchema(schema: unknown, where: string): z.ZodType {
  try {
    return z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
  } catch (error) {
    const got = JSON.stringify(schema)?.slice(0, 80) ?? typeof schema;
    const expected = 'a JSON Schema, such as { type: integer, minimum: 0, maximum: 9 }';
    throw new PolityError({ code: 'input', where, message: 'not a content type', got, expected }, { cause: error });
  }
}
