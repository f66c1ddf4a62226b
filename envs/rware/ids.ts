import { rwareWorld } from '../rware.ts';
import type { WorldFamily } from '../world-family.ts';
import type { RwareDefaults } from './params.ts';

/** Rows and columns of blocks. Source: rware 2.0.0, __init__.py. */
const sizes = { tiny: [1, 3], small: [2, 3], medium: [2, 5], large: [3, 5] } as const;

/** Requests for each robot. */
const requestsEach = { easy: 2, normal: 1, hard: 0.5 } as const;

const rewards = { indiv: 'individual', global: 'global', twostage: 'twoStage' } as const;

const look = String.raw`(?<image>-img(?:dict)?)?(?<upright>-Nd)?(?:-(?<sensor>\d+)s)?`;
const floor = String.raw`-(?:(?<size>tiny|small|medium|large)|(?<rows>\d+)x(?<columns>\d+))(?:-(?<height>\d+)h)?`;
const work = String.raw`-(?<agents>\d+)ag(?:-(?<difficulty>easy|hard)|-(?<requests>\d+)req)?(?:-(?<reward>indiv|global|twostage))?`;
const form = new RegExp(`^rware${look}${floor}${work}-v2$`);

/** Upstream's ids, of the plain kind, with images, with other heights and sensors, and with everything spelt out. */
export const rwareFamily: WorldFamily = {
  prefix: 'rware-',
  pattern:
    'rware[-img|-imgdict][-Nd][-SENSORs]-(tiny|small|medium|large|ROWSxCOLUMNS)[-HEIGHTh]-AGENTSag[-easy|-hard|-REQUESTSreq][-indiv|-global|-twostage]-v2',
  example: 'rware-tiny-2ag-v2',
  measuredEpisodes: 100,
  member(id) {
    const named = form.exec(id)?.groups;
    if (named === undefined) return undefined;
    const [shelfRows, shelfColumns] =
      named.size === undefined ? [Number(named.rows), Number(named.columns)] : sizes[named.size as keyof typeof sizes];
    const agents = Number(named.agents);
    const each = requestsEach[(named.difficulty ?? 'normal') as keyof typeof requestsEach];
    const defaults: RwareDefaults = {
      shelfRows,
      shelfColumns,
      agents,
      requestQueueSize: named.requests === undefined ? Math.floor(agents * each) : Number(named.requests),
      ...(named.height === undefined ? {} : { columnHeight: Number(named.height) }),
      ...(named.sensor === undefined ? {} : { sensorRange: Number(named.sensor) }),
      ...(named.reward === undefined ? {} : { reward: rewards[named.reward as keyof typeof rewards] }),
      ...(named.image === undefined ? {} : { observation: named.image === '-img' ? 'image' : 'imageAndFeatures' }),
      ...(named.upright === undefined ? {} : { imageDirectional: false }),
    };
    const description = 'The robotic warehouse with the parameters that its id names.';
    const source = 'semitable/robotic-warehouse, rware 2.0.0, Warehouse.';
    return rwareWorld({ id, mended: false, defaults, card: { title: id, description, source } });
  },
};
