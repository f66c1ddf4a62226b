import { type Locate, PolityError, place } from '#core';

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parts whose other keys are options of what one key names: a layer that names something else begins the part anew. */
const named: Readonly<Record<string, string>> = {
  env: 'id',
  learner: 'algorithm',
  'policy.network': 'architecture',
};

/** Settings from several layers, the later over the earlier, that remember which layer each value came from. */
export class LayeredValue {
  #value: Mapping = {};
  /** Label of the layer that gave a key, by its dotted path. */
  readonly #origins = new Map<string, string>();

  get value(): Mapping {
    return this.#value;
  }

  /** Says where a key came from: `experiments/x.yaml › learner.gaeLambda`, `--set › rollout.envs`. */
  readonly locate: Locate = (keys) => {
    for (let depth = keys.length; depth >= 0; depth--) {
      const origin = this.#origins.get(keys.slice(0, depth).join('.'));
      if (origin !== undefined) return place(origin, keys);
    }
    return keys.join('.');
  };

  /** Lays a file over what there is: mappings key by key, everything else as a whole. */
  merge(layer: Mapping, label: string): void {
    this.#origins.set('', label);
    this.#value = this.#merged(this.#value, layer, label, []);
  }

  /**
   * Sets one key; mappings on the way are made where they are missing. The value replaces what was there as a whole.
   *
   * Throws: PolityError (input) for a path that leads through something that has no keys.
   */
  set(path: string, value: unknown, label: string): void {
    const keys = path.split('.');
    if (keys.some((key) => key.trim() === '')) {
      throw new PolityError({
        code: 'input',
        where: `${label} › ${path}`,
        message: 'not a key',
        expected: 'keys with dots between them, such as learner.gamma',
      });
    }
    this.#value = this.#replaced(this.#value, keys, value, label, []) as Mapping;
  }

  #merged(below: unknown, above: unknown, label: string, path: readonly string[]): Mapping {
    const layer = above as Mapping;
    const name = named[path.join('.')];
    const anew =
      name !== undefined && isMapping(below) && name in layer && name in below && below[name] !== layer[name];
    let result: Mapping = isMapping(below) && !anew ? below : {};
    for (const [key, value] of Object.entries(layer)) {
      const at = [...path, key];
      this.#origins.set(at.join('.'), label);
      result = { ...result, [key]: isMapping(value) ? this.#merged(result[key], value, label, at) : value };
    }
    return result;
  }

  #replaced(below: unknown, keys: readonly string[], value: unknown, label: string, path: readonly string[]): unknown {
    if (keys.length === 0) {
      this.#forget(path);
      this.#origins.set(path.join('.'), label);
      return value;
    }
    const [key, ...rest] = keys;
    const inner = (of: unknown) => this.#replaced(of, rest, value, label, [...path, key]);
    if (Array.isArray(below)) {
      if (Number(key) in below) return below.map((item, i) => (i === Number(key) ? inner(item) : item));
      throw this.#noKey(label, path, keys, `a list of ${below.length}`, 'a place in it, counted from 0');
    }
    if (below === undefined || below === null) {
      this.#origins.set(path.join('.'), label);
      return { [key]: inner(undefined) };
    }
    if (isMapping(below)) return { ...below, [key]: inner(below[key]) };
    throw this.#noKey(label, path, keys, JSON.stringify(below), 'keys below it');
  }

  /** What was below a path is gone with the value that replaced it. */
  #forget(path: readonly string[]): void {
    const prefix = `${path.join('.')}.`;
    for (const key of this.#origins.keys()) if (key.startsWith(prefix)) this.#origins.delete(key);
  }

  #noKey(label: string, path: readonly string[], keys: readonly string[], got: string, expected: string): PolityError {
    return new PolityError({
      code: 'input',
      where: place(label, [...path, ...keys]),
      message: `${path.join('.')} has no key "${keys[0]}"`,
      got,
      expected,
    });
  }
}
