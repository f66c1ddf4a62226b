import { describe, expect, test } from 'vitest';
import { createStreams, layOutAgents } from '#core';
import { greedySpread, policies } from '#policies';
import { type SimpleSpreadState, simpleSpread } from '../../envs/simple-spread.ts';
import { meanReturns, play } from './play.ts';

type Point = readonly [x: number, y: number];

/** What each agent does in a scene. */
function movesIn(
  scene: {
    readonly agents: readonly Point[];
    readonly landmarks: readonly Point[];
    readonly velocities?: readonly Point[];
  },
  params: object = {},
): number[][] {
  const parsed = simpleSpread.params.parse({ agents: scene.agents.length, ...params });
  const role = layOutAgents(simpleSpread, parsed).roles[0];
  const rng = createStreams('scene').stream('any');
  const state: SimpleSpreadState = simpleSpread.init(parsed, rng);
  state.positions.set(scene.agents.flat());
  state.landmarks.set(scene.landmarks.flat());
  state.velocities.set((scene.velocities ?? scene.agents.map(() => [0, 0])).flat());
  const observations = new Float32Array(role.count * role.observationSize);
  for (let agent = 0; agent < role.count; agent++) {
    const at = agent * role.observationSize;
    simpleSpread.observe(state, agent, observations.subarray(at, at + role.observationSize), parsed);
  }
  const actor = greedySpread.createActor({ env: { id: 'simple-spread', params: parsed }, role, rows: role.count, rng });
  const rows = Int32Array.from({ length: role.count }, (_, row) => row);
  const actions = new Float64Array(role.count * role.actionSize);
  actor.act({
    rows,
    count: role.count,
    observations,
    masks: new Uint8Array(role.count * role.maskSize).fill(1),
    actions,
  });
  return Array.from(rows, (row) => [...actions.subarray(row * role.actionSize, (row + 1) * role.actionSize)]);
}

const [stay, left, right, down, up] = [[0], [1], [2], [3], [4]];

describe('who goes where', () => {
  test('the closest pair is matched first, whatever is left for the others', () => {
    // Agent 0 is at distance 1 of landmark 0 and agent 1 at 0.5, so agent 1 takes it and agent 0 goes the long way left to landmark 1.
    const agents = [
      [0, 0],
      [1.5, 0],
    ] as const;
    const landmarks = [
      [1, 0],
      [-3, 0],
    ] as const;
    expect(movesIn({ agents, landmarks })).toEqual([left, left]);
  });

  test('three agents spread over three landmarks', () => {
    const agents = [
      [0, 0],
      [0.1, 0],
      [0, 0.1],
    ] as const;
    const landmarks = [
      [0, -1],
      [1, 0],
      [0, 1],
    ] as const;
    expect(movesIn({ agents, landmarks })).toEqual([down, right, up]);
  });

  test('an agent that sees fewer landmarks than agents and gets none heads for the nearest', () => {
    // Each sees one landmark only, and everybody sees landmark 0: agent 1 is closest to it (and there), agent 0 has none left.
    const agents = [
      [0, 0],
      [0.98, 0],
    ] as const;
    const landmarks = [
      [1, 0],
      [9, 0],
    ] as const;
    expect(movesIn({ agents, landmarks }, { landmarkNeighbours: 1 })).toEqual([right, stay]);
  });

  test('places that the world pads with zeros are not landmarks', () => {
    const agents = [
      [0, 0],
      [0, 0.5],
    ] as const;
    const landmarks = [
      [-1, 0],
      [0, 2],
    ] as const;
    expect(movesIn({ agents, landmarks }, { landmarkNeighbours: 4, agentNeighbours: 3 })).toEqual([left, up]);
  });
});

describe('how it gets there', () => {
  const alone = (landmark: Point, velocity: Point, params: object = {}) =>
    movesIn({ agents: [[0, 0]], landmarks: [landmark], velocities: [velocity] }, params)[0];

  // Coasting covers 0.1 + 0.075 + 0.05625 = 0.23125 of the velocity in three steps; a full push adds 0.05 + 0.0375 = 0.0875.
  test('pushes along the axis on which more is missing', () => {
    expect(alone([0.5, -0.6], [0, 0])).toEqual(down);
    expect(alone([0.5, 0.4], [0, 0])).toEqual(right);
  });

  test('brakes when it would overshoot in three steps, and lets itself coast when it would arrive', () => {
    // 0.4 - 2 * 0.23125 = -0.0625 is more than half a push too far.
    expect(alone([0.4, 0], [2, 0])).toEqual(left);
    expect(alone([0.4625, 0], [2, 0])).toEqual(stay);
    expect(alone([0.04, 0.04], [0, 0])).toEqual(stay);
    expect(alone([0.05, 0.04], [0, 0])).toEqual(right);
  });

  test('with continuous actions pushes just as much as is missing on both axes', () => {
    const pushes = alone([0.035, -0.07], [0, 0], { continuous: true });
    // 0.035 / 0.0875 = 0.4 to the right, 0.07 / 0.0875 = 0.8 down; the order is stay, left, right, down, up.
    [0, 0, 0.4, 0.8, 0].forEach((push, i) => {
      expect(pushes[i]).toBeCloseTo(push, 6);
    });
    expect(alone([1, 0], [0, 0], { continuous: true })).toEqual([0, 0, 1, 0, 0]);
  });
});

test('covers nearly all landmarks and returns at least twice what the random policy loses', () => {
  for (const continuous of [false, true]) {
    const team = (id: string) => {
      const games = play(simpleSpread, { continuous }, Array(3).fill(policies.get(id)), { episodes: 200 });
      const covered = games.reduce((sum, game) => sum + game.metrics.landmarksCovered, 0) / games.length;
      return { covered, total: meanReturns(games).reduce((sum, value) => sum + value, 0) };
    };
    const scripted = team('greedy-spread');
    expect(scripted.covered).toBeGreaterThan(0.85);
    expect(scripted.total).toBeGreaterThan(team('random').total / 2);
  }
});
