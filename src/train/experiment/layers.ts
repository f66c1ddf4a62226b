import { type Locate, PolityError, parseWith, place, suggest } from '#core';
import type { Catalogue } from '../catalogue.ts';
import type { ExperimentConfig } from '../config.ts';
import { checkFormulas } from './formulas.ts';
import { isMapping, LayeredValue, type Mapping } from './layered-value.ts';
import { resolveExperiment } from './resolve.ts';
import { baseVariant, experimentSchema, variantName } from './schema.ts';
import { parseYaml } from './yaml.ts';

/** A file as a door found it: how it is called in messages, and what stands in it. */
export interface ExperimentText {
  readonly path: string;
  readonly text: string;
}

/**
 * Finds a file by a path that stands in another file, or by one that somebody typed (`from` is null then).
 *
 * Throws: PolityError (input) when there is no such file.
 */
export type ReadExperiment = (path: string, from: string | null) => ExperimentText;

/** What settings come from; each layer holds over those before: defaults, `extends`, file, variant, `set`, flags. */
export interface ExperimentLayers {
  /** Path of the file; with `value` only a name for messages, from which paths in it are relative. */
  readonly file: string;
  readonly read: ReadExperiment;
  /** What stands in the file, where it was not read from one. */
  readonly value?: unknown;
  /** Variants to take, by name, `base` for the experiment itself. Absent or empty: the experiment and all its variants. */
  readonly variants?: readonly string[];
  /** `key=value` with dotted keys and values in YAML. */
  readonly set?: readonly string[];
  /** Values of options by the key that they set: `{ seed: 7 }`. */
  readonly flags?: Mapping;
}

/**
 * The experiments that a file and its overrides come to: the experiment itself and its variants, in the order of the file.
 * Where no variant is named, an experiment that one of its variants equals is left to that variant.
 *
 * Throws: PolityError (input) for the first thing that does not fit, naming the file and key, or the option, it came from.
 */
export async function resolveLayers(
  layers: ExperimentLayers,
  catalogue: Catalogue,
): Promise<readonly ExperimentConfig[]> {
  const { set = [], flags = {} } = layers;
  const chain = readChain(layers);
  const { path } = chain[chain.length - 1];
  const shared = variantsOf(chain, path);
  const configs: ExperimentConfig[] = [];
  for (const variant of choose(layers.variants ?? [], shared, path)) {
    const value = new LayeredValue();
    for (const layer of chain) value.merge(layer.settings, layer.path);
    for (const [key, setting] of Object.entries(variant === null ? {} : shared[variant].settings)) {
      value.set(key, setting, `${shared[variant as string].path} › variants.${variant}`);
    }
    for (const assignment of set) {
      const [key, setting] = parseAssignment(assignment);
      value.set(key, setting, '--set');
    }
    for (const [key, setting] of Object.entries(flags)) value.set(key, setting, `--${key}`);
    const config = { ...resolveExperiment(value.value, value.locate, catalogue), variant };
    await checkFormulas(config, value.locate, catalogue);
    configs.push(config);
  }
  const asked = (layers.variants ?? []).length > 0;
  return asked ? configs : configs.filter(({ variant }) => variant !== null || !repeats(configs));
}

/** Whether the experiment itself is one of its variants under another name. */
function repeats([itself, ...variants]: readonly ExperimentConfig[]): boolean {
  const text = (config: ExperimentConfig) => JSON.stringify({ ...config, variant: null });
  return variants.some((variant) => text(variant) === text(itself));
}

interface Layer {
  readonly path: string;
  /** Everything but `extends` and `variants`; of a file that is extended, also without name and description. */
  readonly settings: Mapping;
  readonly variants: unknown;
}

/** The file and all that it extends, the outermost base first. */
function readChain({ file, read, value }: ExperimentLayers): readonly Layer[] {
  const chain: Layer[] = [];
  const seen: string[] = [];
  let next: string | undefined = file;
  while (next !== undefined) {
    const from: string | null = seen.at(-1) ?? null;
    const given = from === null && value !== undefined;
    const { path, text }: ExperimentText = given ? { path: file, text: '' } : read(next, from);
    if (seen.includes(path)) {
      throw new PolityError({
        code: 'input',
        where: `${from} › extends`,
        message: 'the files extend each other in a circle',
        got: [...seen, path].join(' -> '),
        remedy: 'Let one of them stand by itself',
      });
    }
    seen.push(path);
    const { extends: base, variants, ...settings } = mapping(given ? value : parseYaml(text, path), path);
    if (base !== undefined && typeof base !== 'string')
      parseWith(experimentSchema.shape.extends, base, `${path} › extends`);
    // Each experiment answers its own question, in a folder of its own.
    if (chain.length > 0) for (const own of ['name', 'description']) delete settings[own];
    chain.unshift({ path, settings, variants });
    next = base as string | undefined;
  }
  return chain;
}

function mapping(value: unknown, path: string): Record<string, unknown> {
  if (isMapping(value)) return { ...value };
  throw new PolityError({
    code: 'input',
    where: path,
    message: 'not an experiment',
    got: value === null ? 'an empty file' : JSON.stringify(value),
    expected: 'keys with values, such as `env: { id: bargaining }`',
  });
}

type Variants = Readonly<Record<string, { readonly path: string; readonly settings: Mapping }>>;

/** The variants of all layers by name; one that a later file gives again takes the place of the earlier one. */
function variantsOf(chain: readonly Layer[], file: string): Variants {
  const found: Record<string, Variants[string]> = {};
  for (const { path, variants } of chain) {
    const locate: Locate = (keys) => place(path, ['variants', ...keys]);
    if (isMapping(variants)) for (const name of Object.keys(variants)) parseWith(variantName, name, locate([name]));
    const parsed = parseWith(experimentSchema.shape.variants, variants, locate) ?? {};
    for (const [name, settings] of Object.entries(parsed)) found[name] = { path, settings };
  }
  for (const [name, { path, settings }] of Object.entries(found)) {
    const own = ['name', 'extends', 'variants', 'seed'].find((key) => key in settings);
    if (own === undefined) continue;
    throw new PolityError({
      code: 'input',
      where: `${path} › variants.${name}.${own}`,
      message: `a variant cannot set ${own}`,
      remedy: own === 'seed' ? 'Give seeds on the command line' : `Write a file of its own that extends ${file}`,
    });
  }
  return found;
}

/** The variants to resolve; null is the experiment itself. */
function choose(names: readonly string[], variants: Variants, file: string): readonly (string | null)[] {
  const all = Object.keys(variants);
  if (names.length === 0) return [null, ...all];
  return [...new Set(names)].map((name) => {
    if (name === baseVariant) return null;
    if (name in variants) return name;
    throw new PolityError({
      code: 'input',
      where: '--variant',
      message: `${file} has no such variant`,
      got: `"${name}"`,
      remedy: suggest(name, [baseVariant, ...all]),
    });
  });
}

/** `key=value`, the value in YAML. */
function parseAssignment(assignment: string): readonly [key: string, value: unknown] {
  const split = assignment.indexOf('=');
  if (split > 0) {
    const key = assignment.slice(0, split).trim();
    const own = ['extends', 'variants'].find((name) => key === name || key.startsWith(`${name}.`));
    if (own === undefined) return [key, parseYaml(assignment.slice(split + 1), `--set ${key}`)];
    throw new PolityError({
      code: 'input',
      where: `--set ${key}`,
      message: `${own} can be set in a file only`,
      remedy: own === 'variants' ? 'Choose variants with --variant' : 'Write a file that extends the other',
    });
  }
  throw new PolityError({
    code: 'usage',
    where: '--set',
    message: 'not a setting',
    got: `"${assignment}"`,
    expected: 'key=value, such as learner.gamma=0.9',
  });
}
