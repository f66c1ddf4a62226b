import { type AnyEnv, type AnyWrapper, parseWrapped, type RandomReturn, type Registry, wrapWorld } from '#core';
import { measureRandomReturn } from '../random-return.ts';

/** Episodes that random play in a wrapped world is measured over, when its card is first asked for it. */
const measuredEpisodes = 256;

/**
 * A shelf that finds wrapped worlds by their ids too, each made once: `simple-spread+common-reward` and, with options,
 * `simple-spread+frame-stack:frames=2`. Only the worlds of the shelf itself are listed.
 */
export function withWrappers(shelf: Registry<AnyEnv>, wrappers: Registry<AnyWrapper>): Registry<AnyEnv> {
  const made = new Map<string, AnyEnv>();
  const find = (id: string, where: string): AnyEnv => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const { base, wrappers: choices } = parseWrapped(id);
    const world = choices.reduce<AnyEnv>(
      (inner, { id: name, ...options }) => wrapWorld(inner, wrappers.get(name, where), options, `${where} › ${name}`),
      shelf.get(base, where),
    );
    const whole = 'randomReturn' in world.card ? world : { ...world, card: measuredCard(world) };
    made.set(id, whole);
    return whole;
  };
  const isKnown = (id: string) => {
    const [base, ...names] = id.split('+').map((part) => part.split(':')[0]);
    return shelf.has(base) && names.every((name) => wrappers.has(name));
  };
  return {
    ...shelf,
    has: (id) => shelf.has(id) || (id.includes('+') && isKnown(id)),
    get: (id, where = shelf.kind) => (id.includes('+') && !shelf.has(id) ? find(id, where) : shelf.get(id, where)),
    with: (...items) => withWrappers(shelf.with(...items), wrappers),
  };
}

/** Wrappers can be put together in too many ways to write down what random play returns: the card measures it when it is read. */
function measuredCard(env: AnyEnv): AnyEnv['card'] {
  let measured: RandomReturn | undefined;
  return {
    ...env.card,
    get randomReturn() {
      measured ??= measureRandomReturn(env, env.params.parse({}), { episodes: measuredEpisodes, seed: 0 });
      return measured;
    },
  };
}
