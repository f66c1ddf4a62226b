import { z } from 'zod';
import { rware } from '#envs';
import { floorFor } from '#envs/rware/params';
import { lookUp } from '#envs/rware/start';
import { seededAdapter } from '../seeded-adapter.ts';

const layer = z.enum(['SHELVES', 'REQUESTS', 'AGENTS', 'AGENT_DIRECTION', 'AGENT_LOAD', 'GOALS', 'ACCESSIBLE']);

const layers = {
  SHELVES: 'shelves',
  REQUESTS: 'requests',
  AGENTS: 'agents',
  AGENT_DIRECTION: 'agentDirection',
  AGENT_LOAD: 'agentLoad',
  GOALS: 'goals',
  ACCESSIBLE: 'accessible',
} as const;

const rewards = { INDIVIDUAL: 'individual', GLOBAL: 'global', TWO_STAGE: 'twoStage' } as const;

const observations = { FLATTENED: 'flattened', IMAGE: 'image', IMAGE_DICT: 'imageAndFeatures' } as const;

/**
 * rware's `Warehouse`, enum members by name. Images are recorded row by row, layer after layer; IMAGE_DICT as Gymnasium flattens it,
 * features first. A limit of 0 is none, as upstream has it.
 */
export const rwareAdapter = seededAdapter({
  recorded: 'rware',
  env: rware,
  upstream: z.strictObject({
    shelf_columns: z.int(),
    column_height: z.int(),
    shelf_rows: z.int(),
    n_agents: z.int(),
    msg_bits: z.int(),
    sensor_range: z.int(),
    request_queue_size: z.int(),
    max_inactivity_steps: z.int().nullable(),
    max_steps: z.int().nullable(),
    reward_type: z.enum(['INDIVIDUAL', 'GLOBAL', 'TWO_STAGE']),
    layout: z.string().nullable().default(null),
    observation_type: z.enum(['FLATTENED', 'IMAGE', 'IMAGE_DICT']).default('FLATTENED'),
    image_observation_layers: z.array(layer).default(['SHELVES', 'REQUESTS', 'AGENTS', 'GOALS', 'ACCESSIBLE']),
    image_observation_directional: z.boolean().default(true),
    normalised_coordinates: z.boolean().default(false),
  }),
  params: (upstream) => ({
    shelfColumns: upstream.shelf_columns,
    columnHeight: upstream.column_height,
    shelfRows: upstream.shelf_rows,
    layout: upstream.layout === '' ? null : upstream.layout,
    agents: upstream.n_agents,
    messageBits: upstream.msg_bits,
    sensorRange: upstream.sensor_range,
    requestQueueSize: upstream.request_queue_size,
    maxInactivitySteps: upstream.max_inactivity_steps || null,
    maxSteps: upstream.max_steps || null,
    reward: rewards[upstream.reward_type],
    observation: observations[upstream.observation_type],
    imageLayers: upstream.image_observation_layers.map((name) => layers[name]),
    imageDirectional: upstream.image_observation_directional,
    normalisedCoordinates: upstream.normalised_coordinates,
  }),
  state(state, params) {
    const { width, homes } = floorFor(params);
    const place = (cell: number) => [cell % width, Math.floor(cell / width)];
    const shelves = Array.from(state.shelves.subarray(1), place);
    return {
      agents: Array.from(state.places, (cell, a) => [
        ...place(cell),
        state.directions[a],
        state.carrying[a],
        state.delivered[a],
      ]),
      requests: state.requests,
      shelves,
      shelvesMoved: shelves.map(([x, y], i) => [i + 1, x, y]).filter((_, i) => state.shelves[i + 1] !== homes[i]),
    };
  },
  inject(state, recorded, params) {
    const { agents, requests, shelves, shelvesMoved } = recorded as {
      readonly agents?: readonly number[][];
      readonly requests?: readonly number[];
      readonly shelves?: readonly number[][];
      readonly shelvesMoved?: readonly number[][];
    };
    const { width, homes } = floorFor(params);
    const cellOf = (x: number, y: number) => y * width + x;
    const cells = shelves?.map(([x, y]) => cellOf(x, y)) ?? [...homes];
    for (const [id, x, y] of shelvesMoved ?? []) cells[id - 1] = cellOf(x, y);
    if (shelves !== undefined || shelvesMoved !== undefined) state.shelves.set(cells, 1);
    agents?.forEach(([x, y, direction, shelf, delivered], a) => {
      state.places[a] = cellOf(x, y);
      state.directions[a] = direction;
      state.carrying[a] = shelf;
      state.delivered[a] = delivered;
    });
    if (requests !== undefined) state.requests.set(requests);
    lookUp(state);
  },
});
