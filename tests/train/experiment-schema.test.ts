import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { experimentJsonSchema } from '#train';

type Json = Record<string, unknown>;

const schema = experimentJsonSchema(catalogue) as {
  properties: Record<string, Json>;
  definitions: Record<string, { anyOf: { const?: string }[] }>;
  else: { required: readonly string[] };
};

/** Every named property in a JSON Schema, with its path. */
function properties(node: unknown, path: string): (readonly [path: string, property: Json])[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item) => properties(item, path));
  return Object.entries(node as Json).flatMap(([key, value]) => {
    if (key === 'if') return [];
    if (key !== 'properties') return properties(value, path);
    return Object.entries(value as Record<string, Json>).flatMap(([name, property]) => [
      [`${path}.${name}`, property] as const,
      ...properties(property, `${path}.${name}`),
    ]);
  });
}

/** What holds when a part's `key` names `id`. */
function when(part: Json, key: string, id: string): Json {
  const branches = part.allOf as { if: { properties: Record<string, { const: string }> }; then: Json }[];
  const branch = branches.find((one) => one.if.properties[key].const === id);
  if (branch === undefined) throw new Error(`nothing for ${id}`);
  return branch.then;
}

describe('polity.schema.json', () => {
  it('is what the code says: after a change, `node scripts/build-schema.mjs` writes it anew', () => {
    expect(JSON.parse(readFileSync('polity.schema.json', 'utf8'))).toEqual(schema);
  });

  it('describes every key', () => {
    const silent = properties(schema, '')
      .filter(([, property]) => Object.keys(property).length > 0 && property.description === undefined)
      .map(([path]) => path);
    expect(silent).toEqual([]);
  });

  it('offers every world, algorithm, architecture and policy by name, where it is asked for', () => {
    const offered = (kind: string) => schema.definitions[kind].anyOf.flatMap(({ const: id }) => id ?? []);
    expect(offered('world')).toEqual(catalogue.worlds.ids);
    expect(offered('algorithm')).toEqual(catalogue.algorithms.ids);
    expect(offered('architecture')).toEqual(catalogue.architectures.ids);
    expect(offered('policy')).toEqual(['learner', ...catalogue.policies.ids]);
    const asks = (kind: string) =>
      properties(schema, '').flatMap(([path, property]) => {
        return JSON.stringify(property.allOf ?? '').includes(`"#/definitions/${kind}"`) ? [path] : [];
      });
    expect(asks('world')).toEqual(['.env.id']);
    expect(asks('algorithm')).toEqual(['.learner.algorithm']);
    expect(asks('architecture')).toEqual(['.policy.network.architecture']);
    expect(asks('policy')).toContain('.seats.policy');
  });

  it("knows the named world's parameters and no others", () => {
    const { params } = when(schema.properties.env, 'id', 'bargaining').properties as Record<string, Json>;
    expect(Object.keys(params.properties as Json)).toEqual(['instances', 'maxTurns', 'discount', 'probEnd', 'reward']);
    expect(params.additionalProperties).toBe(false);
  });

  it("knows the named algorithm's options and no others, PPO's where none is named", () => {
    const options = when(schema.properties.learner, 'algorithm', 'ppo') as {
      properties: Json;
      additionalProperties: boolean;
    };
    expect(Object.keys(options.properties)).toContain('gaeLambda');
    expect(options.additionalProperties).toBe(false);
    const [first] = schema.properties.learner.allOf as { if: Json }[];
    expect(first.if).toEqual({ properties: { algorithm: { const: 'ppo' } } });
  });

  it('takes counts such as 2_000_000, which editors read as text', () => {
    const { envSteps } = schema.properties.budget.properties as Record<
      string,
      { anyOf: { anyOf?: { pattern?: string }[] }[] }
    >;
    const pattern = envSteps.anyOf[0].anyOf?.[1].pattern as string;
    expect(['2_000_000', '2_', '_2', '2_x'].map((text) => new RegExp(pattern).test(text))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('asks for a world and a budget unless the file extends another', () => {
    expect(schema.else.required).toEqual(['name', 'env', 'budget']);
  });
});
