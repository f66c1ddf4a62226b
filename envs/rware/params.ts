import { z } from 'zod';
import { PolityError } from '#core';
import { onceFor } from '#core/once-for';
import { type Floor, floorOfBlocks, floorOfText } from './floor.ts';

export const imageLayers = [
  'shelves',
  'requests',
  'agents',
  'agentDirection',
  'agentLoad',
  'goals',
  'accessible',
] as const;

export type ImageLayer = (typeof imageLayers)[number];

/** What the id of a world says about its parameters. */
export interface RwareDefaults {
  readonly shelfRows?: number;
  readonly shelfColumns?: number;
  readonly columnHeight?: number;
  readonly agents?: number;
  readonly requestQueueSize?: number;
  readonly sensorRange?: number;
  readonly reward?: 'individual' | 'global' | 'twoStage';
  readonly observation?: 'flattened' | 'image' | 'imageAndFeatures';
  readonly imageDirectional?: boolean;
}

/** Most cells of a floor: up to here numpy draws places as this world does. */
const mostCells = 10_000;

/** Most cells of a floor with shaped rewards, which take a table of ways from every place for a shelf to every cell. */
const mostShapedCells = 2000;

function shape(defaults: RwareDefaults) {
  const size = (value: number) => z.int().min(1).max(100).default(value);
  return z.strictObject({
    shelfRows: size(defaults.shelfRows ?? 1).describe('Rows of blocks of shelves.'),
    shelfColumns: size(defaults.shelfColumns ?? 3).describe('Columns of blocks of shelves, an odd number.'),
    columnHeight: size(defaults.columnHeight ?? 8).describe('Shelves that a block is high; it is two wide.'),
    layout: z
      .string()
      .nullable()
      .default(null)
      .describe('A floor drawn as text, instead of blocks: x a shelf, . a highway, g a goal; one line a row.'),
    agents: z
      .int()
      .min(1)
      .max(256)
      .default(defaults.agents ?? 2)
      .describe('How many robots there are.'),
    requestQueueSize: z
      .int()
      .min(0)
      .nullable()
      .default(defaults.requestQueueSize ?? null)
      .describe('How many shelves are requested at a time; null is one an agent.'),
    sensorRange: z
      .int()
      .min(0)
      .max(50)
      .default(defaults.sensorRange ?? 1)
      .describe('How far a robot senses, in cells along each axis.'),
    messageBits: z
      .int()
      .min(0)
      .max(16)
      .default(0)
      .describe('Bits that a robot sends at each step to those that sense it.'),
    reward: z
      .enum(['individual', 'global', 'twoStage'])
      .default(defaults.reward ?? 'individual')
      .describe(
        'Who is paid 1 for a delivery: the robot, or every robot; twoStage pays the robot half, and half once the shelf is put back.',
      ),
    maxSteps: z
      .int()
      .min(1)
      .nullable()
      .default(500)
      .describe('Steps after which an episode is cut off; null is never.'),
    maxInactivitySteps: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('Steps without a delivery after which the episode is over; null is never.'),
    observation: z
      .enum(['flattened', 'image', 'imageAndFeatures'])
      .default(defaults.observation ?? 'flattened')
      .describe('A list of what is sensed in each cell, or layers around the robot, or its own state and such layers.'),
    imageLayers: z
      .array(z.enum(imageLayers))
      .min(1)
      .default(['shelves', 'requests', 'agents', 'goals', 'accessible'])
      .describe('Which layers an image has, in this order.'),
    imageDirectional: z
      .boolean()
      .default(defaults.imageDirectional ?? true)
      .describe('Turn images so that the robot looks up.'),
    normalisedCoordinates: z
      .boolean()
      .default(false)
      .describe('Own place as part of the floor’s width and height, instead of in cells.'),
    shapingWeight: z
      .number()
      .min(0)
      .default(0)
      .describe('How much is paid for getting on with a round, as the change of a potential; 0 is deliveries alone.'),
    shapingDiscount: z
      .number()
      .min(0)
      .max(1)
      .default(0.99)
      .describe('Discount within the shaped rewards: the learner’s gamma, so that the best policies stay the best.'),
  });
}

export type RwareParams = z.infer<ReturnType<typeof shape>>;

/** Parameters of the robotic warehouse, with the defaults that an id names. */
export function rwareParams(defaults: RwareDefaults): z.ZodType<RwareParams> {
  return shape(defaults).superRefine((params, context) => {
    const problem = problemOf(params);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: [problem.path], message: problem.message });
  });
}

export function queueSize({ requestQueueSize, agents }: RwareParams): number {
  return requestQueueSize ?? agents;
}

/** The building that parameters describe, which never change during a run: made once. */
export const floorFor = onceFor(makeFloor);

function makeFloor({ layout, shelfRows, shelfColumns, columnHeight }: RwareParams): Floor {
  return layout === null ? floorOfBlocks(shelfRows, shelfColumns, columnHeight) : floorOfText(layout, 'rware › layout');
}

function problemOf(params: RwareParams): { path: keyof RwareParams; message: string } | undefined {
  const { agents, layout, shelfColumns, shelfRows, columnHeight } = params;
  if (layout === null && shelfColumns % 2 === 0) return { path: 'shelfColumns', message: 'an odd number' };
  const blocks = ((columnHeight + 1) * shelfRows + 2) * (3 * shelfColumns + 1);
  if (layout === null && blocks > mostCells) {
    return { path: 'shelfRows', message: `a floor of at most ${mostCells} cells (it has ${blocks})` };
  }
  let floor: Floor;
  try {
    floor = makeFloor(params);
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    return { path: 'layout', message: `${error.detail.expected}; found ${error.detail.got}` };
  }
  const { width, height, homes } = floor;
  if (width * height > mostCells) {
    return { path: 'layout', message: `a floor of at most ${mostCells} cells (it has ${width * height})` };
  }
  if (params.shapingWeight > 0 && width * height > mostShapedCells) {
    return { path: 'shapingWeight', message: `0 on a floor of more than ${mostShapedCells} cells` };
  }
  if (agents > width * height) {
    return { path: 'agents', message: `at most ${width * height} robots, one for each cell of ${width} x ${height}` };
  }
  if (queueSize(params) > homes.length) {
    return { path: 'requestQueueSize', message: `at most ${homes.length} requests, one for each shelf` };
  }
  if (params.normalisedCoordinates && (width === 1 || height === 1)) {
    return { path: 'normalisedCoordinates', message: 'false on a floor that is one cell wide or high' };
  }
  return undefined;
}
