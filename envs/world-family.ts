import { type AnyEnv, PolityError, type RandomReturn, type Registry } from '#core';
import { measureRandomReturn } from './random-return.ts';

/** Worlds whose id says their parameters, as the ids of a suite do: `Foraging-8x8-2p-2f-coop-v3`. */
export interface WorldFamily {
  /** What every id of the family begins with. */
  readonly prefix: string;
  /** How an id is made up, for messages. */
  readonly pattern: string;
  readonly example: string;
  /** Episodes that a member's random return is measured over, when its card is first asked for it. */
  readonly measuredEpisodes: number;
  /** The world of an id; undefined where the id does not follow the pattern. */
  member(id: string): AnyEnv | undefined;
}

/** A shelf that finds members of families too, each made once. Only the worlds of the shelf itself are listed. */
export function withFamilies(shelf: Registry<AnyEnv>, families: readonly WorldFamily[]): Registry<AnyEnv> {
  const made = new Map<string, AnyEnv>();
  const find = (id: string): AnyEnv | undefined => {
    const known = made.get(id);
    if (known !== undefined) return known;
    for (const family of families) {
      const member = id.startsWith(family.prefix) ? family.member(id) : undefined;
      if (member === undefined) continue;
      const world = { ...member, card: measuredCard(member, family.measuredEpisodes) };
      made.set(id, world);
      return world;
    }
    return undefined;
  };
  return {
    ...shelf,
    has: (id) => shelf.has(id) || find(id) !== undefined,
    get(id, where = shelf.kind) {
      if (shelf.has(id)) return shelf.get(id, where);
      const member = find(id);
      if (member !== undefined) return member;
      const meant = families.find(({ prefix }) => id.toLowerCase().startsWith(prefix.toLowerCase()));
      if (meant === undefined) return shelf.get(id, where);
      throw new PolityError({
        code: 'input',
        where,
        message: `unknown ${shelf.kind}`,
        got: `"${id}"`,
        expected: meant.pattern,
        remedy: `For example ${meant.example}`,
      });
    },
    with: (...items) => withFamilies(shelf.with(...items), families),
  };
}

/** There are too many members to write down what random play returns in each: the card measures it when it is read. */
function measuredCard(env: AnyEnv, episodes: number): AnyEnv['card'] {
  let measured: RandomReturn | undefined;
  return {
    ...env.card,
    get randomReturn() {
      measured ??= measureRandomReturn(env, env.params.parse({}), { episodes, seed: 0 });
      return measured;
    },
  };
}
