import { z } from 'zod';
import type { Catalogue } from '../catalogue.ts';
import { isMapping } from './layered-value.ts';
import { experimentSchema } from './schema.ts';

type Json = Record<string, unknown>;

/** Things that an experiment can name, with what an editor shows of them. */
type Shelves = Readonly<Record<string, readonly { readonly id: string; readonly says: string }[]>>;

/**
 * The JSON Schema (draft 7) of experiment files, with which editors complete and explain keys: the world's parameters, the
 * learner's options and the network's follow what the file names.
 */
export function experimentJsonSchema(catalogue: Catalogue): Json {
  const { worlds, wrappers, algorithms, architectures, policies } = catalogue;
  const shelves: Shelves = {
    world: worlds.items.map(({ id, card }) => ({ id, says: card.title })),
    wrapper: wrappers.items.map(({ id, card }) => ({ id, says: card.title })),
    policy: [
      { id: 'learner', says: 'The policy that is being trained' },
      ...policies.items.map(({ id, card }) => ({ id, says: card.title })),
    ],
    algorithm: algorithms.items.map(({ id, card }) => ({ id, says: card.title })),
    architecture: architectures.items.map(({ id, title }) => ({ id, says: title })),
  };
  const { required: _, ...schema } = describe(experimentSchema);
  const parts = schema.properties as Record<string, Json>;
  const network = (parts.policy.properties as Record<string, Json>).network;
  depend(
    parts.env,
    'id',
    worlds.items.map(({ id, params, card }) => [
      id,
      { params: { description: `Parameters of ${card.title}`, ...describe(params) } },
    ]),
  );
  const around = (parts.env.properties as Record<string, Json>).wrappers;
  takeOptions(
    around.items as Json,
    'id',
    wrappers.items.map(({ id, options }) => [id, describe(options)]),
  );
  takeOptions(
    parts.learner,
    'algorithm',
    algorithms.items.map(({ id, options }) => [id, describe(options)]),
  );
  takeOptions(
    network,
    'architecture',
    architectures.items.map(({ id, options }) => [id, describe(options)]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'polity.schema.json',
    title: 'Polity experiment',
    description: 'What is played, who plays, how they learn and for how long.',
    ...schema,
    definitions: Object.fromEntries(Object.entries(shelves).map(([kind, items]) => [kind, definitionOf(kind, items)])),
    // A file that extends another may leave the rest to it.
    if: { required: ['extends'] },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema.
    then: { required: ['name'] },
    else: { required: ['name', 'env', 'budget'] },
  };
}

function describe(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return tidy(json) as Json;
}

/** Turns our marks into JSON Schema, and takes out bounds that only say that numbers are safe integers. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isMapping(value)) return value;
  const { named, underscores, ...rest } = value;
  const node: Json = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, tidy(inner)]));
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  // That keys are text goes without saying.
  if (isMapping(node.propertyNames) && Object.keys(node.propertyNames).join() === 'type') delete node.propertyNames;
  if (typeof named === 'string') {
    const { type, minLength, ...said } = node;
    return { ...said, allOf: [{ $ref: `#/definitions/${named}` }] };
  }
  if (underscores === true) return spelled(node);
  return node;
}

/** What a shelf holds, by name; a policy may also be a path or carry an argument, and a world be a member of a family. */
function definitionOf(kind: string, items: Shelves[string]): Json {
  const known = items.map(({ id, says }) => ({ const: id, description: says }));
  return { anyOf: kind === 'policy' || kind === 'world' ? [...known, { type: 'string', minLength: 1 }] : known };
}

/** A count as a number, or as `2_000_000`, which an editor takes for text. */
function spelled({ type, minimum, ...node }: Json): Json {
  return {
    ...node,
    anyOf: [
      { type, minimum },
      { type: 'string', pattern: '^[0-9]+(_[0-9]+)+$' },
    ],
  };
}

/** Adds properties to a part that depend on what its `key` names. */
function depend(part: Json, key: string, cases: readonly (readonly [id: string, properties: Json])[]): void {
  part.allOf = cases.map(([id, properties]) => ({
    if: { properties: { [key]: { const: id } }, required: [key] },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema.
    then: { properties },
  }));
}

/** Lets a part have the options of what its `key` names, or of the default where it names nothing, and no others. */
function takeOptions(part: Json, key: string, cases: readonly (readonly [id: string, options: Json])[]): void {
  const { default: usual } = (part.properties as Record<string, Json>)[key];
  part.allOf = cases.map(([id, { properties }]) => ({
    if: { properties: { [key]: { const: id } }, ...(id === usual ? {} : { required: [key] }) },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema.
    then: { properties: { [key]: {}, ...(properties as Json) }, additionalProperties: false },
  }));
}
