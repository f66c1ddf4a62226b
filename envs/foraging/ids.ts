import { foragingWorld } from '../foraging.ts';
import type { WorldFamily } from '../world-family.ts';
import type { ForagingDefaults } from './params.ts';

const numbers = String.raw`(?:-(?<sight>\d+)s)?-(?<rows>\d+)x(?<columns>\d+)-(?<players>\d+)p-(?<foods>\d+)f`;
const options = '(?<coop>-coop)?(?<ind>-ind)?(?<pen>-pen)?';

/** Upstream's ids. -2s is a sight of 2; -ind gives every food a highest level of 1; -pen fines failed loads by 0.1. */
export const foragingFamily = family({
  prefix: 'Foraging',
  strict: false,
  version: 'v3',
  example: 'Foraging-8x8-2p-2f-coop-v3',
});

/** The same parameters in the strict world. */
export const foragingStrictFamily = family({
  prefix: 'ForagingStrict',
  strict: true,
  version: 'v1',
  example: 'ForagingStrict-8x8-2p-2f-coop-v1',
});

interface Naming {
  readonly prefix: string;
  readonly strict: boolean;
  readonly version: string;
  readonly example: string;
}

function family({ prefix, strict, version, example }: Naming): WorldFamily {
  const form = new RegExp(`^${prefix}(?<grid>-grid)?${numbers}${options}-${version}$`);
  return {
    prefix: `${prefix}-`,
    pattern: `${prefix}[-grid][-2s]-SIZExSIZE-PLAYERSp-FOODSf[-coop][-ind][-pen]-${version}`,
    example,
    measuredEpisodes: 1000,
    member(id) {
      const named = form.exec(id)?.groups;
      if (named === undefined) return undefined;
      const defaults: ForagingDefaults = {
        rows: Number(named.rows),
        columns: Number(named.columns),
        players: Number(named.players),
        foods: Number(named.foods),
        forceCoop: named.coop !== undefined,
        gridObservation: named.grid !== undefined,
        ...(named.sight === undefined ? {} : { sight: Number(named.sight) }),
        ...(named.ind === undefined ? {} : { maxFoodLevel: 1 }),
        ...(named.pen === undefined ? {} : { penalty: 0.1 }),
      };
      const description = `Level-based foraging with the parameters that its id names${strict ? ', strict' : ''}.`;
      const source = 'semitable/lb-foraging, lbforaging 2.0.0, ForagingEnv.';
      return foragingWorld({ id, strict, defaults, card: { title: id, description, source } });
    },
  };
}
