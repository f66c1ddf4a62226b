import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, createStreams, parseWith } from '#core';
import { type RwareParams, type RwareState, rware, rwareMended, worlds } from '#envs';
import { floorFor } from '#envs/rware/params';
import { potentialOf } from '#envs/rware/shaping';
import { lookUp } from '#envs/rware/start';
import { field, fixedRng, play, start } from './worlds.ts';

const [wait, forward, left, right, toggle] = [0, 1, 2, 3, 4];
const [up, down, west, east] = [0, 1, 2, 3];

/** A robot: place, direction, and the shelf that it carries. */
type Robot = readonly [x: number, y: number, direction: number, shelf?: number];

/** A floor without shelves but two, out of the way at the right: 1 above 2. */
const open = ['......x', '......x', '.......', '.......', 'g......'].join('\n');

function place(
  params: Record<string, unknown>,
  robots: readonly Robot[],
  requests: number[] = [],
  env: AnyEnv = rware,
) {
  const asked = { layout: open, requestQueueSize: requests.length, agents: robots.length, ...params };
  const driver = start(env, asked);
  const state = driver.stateOf(0) as RwareState;
  const { width } = floorFor(driver.params as never);
  robots.forEach(([x, y, direction, shelf = 0], a) => {
    state.places[a] = y * width + x;
    state.directions[a] = direction;
    state.carrying[a] = shelf;
    if (shelf > 0) state.shelves[shelf] = state.places[a];
  });
  state.requests.set(requests);
  lookUp(state);
  const cells = () => Array.from(state.places, (cell) => [cell % width, Math.floor(cell / width)]);
  return { driver, state, cells, width };
}

describe('the floor', () => {
  it('of the tiny warehouse is 10 x 11 with 32 shelves, two goals, and the queue before them kept free', () => {
    const floor = floorFor(rware.params.parse({}));
    const rows = Array.from({ length: floor.height }, (_, y) =>
      Array.from({ length: floor.width }, (_, x) => {
        const cell = y * floor.width + x;
        return floor.goalAt[cell] === 1 ? 'g' : floor.highway[cell] === 1 ? '.' : 'x';
      }).join(''),
    );
    const shelves = '.xx....xx.';
    expect(rows).toEqual(['..........', ...new Array(8).fill(shelves), '..........', '....gg....']);
    expect(floor.homes).toHaveLength(32);
  });

  it('has 80, 144 and 224 shelves in the larger ones', () => {
    const shelves = (size: string) =>
      floorFor(worlds.get(`rware-${size}-2ag-v2`).params.parse({}) as never).homes.length;
    expect(['small', 'medium', 'large'].map(shelves)).toEqual([80, 144, 224]);
  });

  it('can be drawn as text', () => {
    const floor = floorFor(rware.params.parse({ layout: ' X x .\n . . G \n' }));
    expect([floor.width, floor.height, floor.homes, floor.goals]).toEqual([3, 2, [0, 1], [5]]);
  });
});

describe('moving', () => {
  it('turns left and right', () => {
    for (const [action, ends] of [
      [left, [west, east, down, up]],
      [right, [east, west, up, down]],
    ] as const) {
      const { driver, state } = place({}, [
        [1, 1, up],
        [2, 1, down],
        [3, 1, west],
        [4, 1, east],
      ]);
      play(driver, action, action, action, action);
      expect([...state.directions]).toEqual(ends);
    }
  });

  it('goes forward by one cell, and nowhere at the border', () => {
    const { driver, cells } = place({}, [
      [1, 1, up],
      [2, 1, down],
      [4, 3, west],
      [0, 3, west],
    ]);
    play(driver, forward, forward, forward, forward);
    expect(cells()).toEqual([
      [1, 0],
      [2, 2],
      [3, 3],
      [0, 3],
    ]);
  });

  it('gives a cell that two robots want to the one with the lower number', () => {
    const { driver, cells } = place({}, [
      [3, 1, west],
      [1, 1, east],
    ]);
    play(driver, forward, forward);
    expect(cells()).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  it('gives it to the longer chain, which moves as one, whatever the numbers', () => {
    const { driver, cells } = place({}, [
      [3, 1, west],
      [1, 1, east],
      [0, 1, east],
    ]);
    play(driver, forward, forward, forward);
    expect(cells()).toEqual([
      [3, 1],
      [2, 1],
      [1, 1],
    ]);
  });

  it('moves the longest branch of a queue only: of equally long ones that whose last robot has the lowest number', () => {
    // Behind (2, 1): robot 1 from the left, robots 3 and 2 from below, robot 0 from above.
    const longest = place({}, [
      [2, 0, down],
      [1, 1, east],
      [2, 3, up],
      [2, 2, up],
      [2, 1, east],
    ]);
    play(longest.driver, forward, forward, forward, forward, forward);
    expect(longest.cells()).toEqual([
      [2, 0],
      [1, 1],
      [2, 2],
      [2, 1],
      [3, 1],
    ]);
    const even = place({}, [
      [2, 2, up],
      [2, 0, down],
      [2, 1, east],
    ]);
    play(even.driver, forward, forward, forward);
    expect(even.cells()).toEqual([
      [2, 1],
      [2, 0],
      [3, 1],
    ]);
  });

  it('keeps everybody behind a robot that stands, turns, or drives against the border', () => {
    for (const action of [wait, left, forward]) {
      const { driver, cells } = place({}, [
        [1, 0, up],
        [1, 1, up],
        [1, 2, up],
      ]);
      play(driver, action, forward, forward);
      expect(cells()).toEqual([
        [1, 0],
        [1, 1],
        [1, 2],
      ]);
    }
  });

  it('refuses to let two robots change places, and everybody behind them', () => {
    const { driver, cells } = place({}, [
      [1, 1, east],
      [2, 1, west],
      [3, 1, west],
    ]);
    play(driver, forward, forward, forward);
    expect(cells()).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('turns a ring of four and refuses whoever wants to join', () => {
    const { driver, cells } = place({}, [
      [1, 1, east],
      [2, 1, down],
      [2, 2, west],
      [1, 2, up],
      [0, 1, east],
    ]);
    play(driver, forward, forward, forward, forward, forward);
    expect(cells()).toEqual([
      [2, 1],
      [2, 2],
      [1, 2],
      [1, 1],
      [0, 1],
    ]);
  });

  it('never puts two robots or two shelves into a cell', () => {
    const driver = start(rware, { agents: 12, shelfRows: 1, columnHeight: 3 });
    const rng = createStreams('jam').stream('acts');
    for (let t = 0; t < 300; t++) {
      for (let a = 0; a < 12; a++) driver.actions[a] = rng.random() < 0.6 ? forward : rng.integer(0, 5);
      driver.step();
      const { places, shelves, agentAt, shelfAt, carrying } = driver.stateOf(0) as RwareState;
      expect(new Set(places).size).toBe(12);
      expect(new Set(shelves.subarray(1)).size).toBe(shelves.length - 1);
      expect(Array.from(places, (cell) => agentAt[cell])).toEqual(Array.from(places, (_, a) => a + 1));
      const loaded = Array.from(carrying, (_, a) => a).filter((a) => carrying[a] > 0);
      expect(loaded.map((a) => shelves[carrying[a]])).toEqual(loaded.map((a) => places[a]));
      expect(loaded.map((a) => shelfAt[places[a]])).toEqual(loaded.map((a) => carrying[a]));
    }
  });
});

describe('shelves', () => {
  it('are picked up and put down by a toggle, and carried along', () => {
    const { driver, state, width } = place({}, [[6, 1, west]]);
    play(driver, toggle);
    expect(state.carrying[0]).toBe(2);
    play(driver, forward);
    expect([state.shelves[2], state.shelfAt[width + 6], state.shelfAt[width + 5]]).toEqual([width + 5, 0, 2]);
    play(driver, toggle);
    // A highway: the shelf stays on.
    expect(state.carrying[0]).toBe(2);
    for (const action of [left, left, forward, toggle]) play(driver, action);
    expect([state.carrying[0], state.shelves[2]]).toEqual([0, width + 6]);
  });

  it('stop a robot that carries one, and not one that carries none', () => {
    for (const [shelf, end] of [
      [2, [5, 0]],
      [0, [6, 0]],
    ] as const) {
      const { driver, cells } = place({}, [[5, 0, east, shelf]]);
      play(driver, forward);
      expect(cells()).toEqual([end]);
    }
  });

  it('let a carrying robot follow another that carries its shelf away, and not one that leaves it standing', () => {
    for (const [carried, end] of [
      [1, [6, 0]],
      [0, [5, 0]],
    ] as const) {
      const { driver, cells } = place({}, [
        [5, 0, east, 2],
        [6, 0, down, carried],
      ]);
      play(driver, forward, forward);
      expect(cells()).toEqual([end, [6, 1]]);
    }
  });
});

describe('deliveries', () => {
  const atGoal: Robot = [1, 4, west, 1];

  it('pay 1 to the robot that brings a requested shelf to a goal, and request another', () => {
    const { driver, state } = place({}, [atGoal, [3, 3, up]], [1]);
    play(driver, forward, wait);
    expect([...driver.rewards]).toEqual([1, 0]);
    expect([...state.requests]).toEqual([2]);
    expect([state.requested[1], state.requested[2], state.deliveries]).toEqual([0, 1, 1]);
    play(driver, wait, wait);
    expect([...driver.rewards]).toEqual([0, 0]);
  });

  it('pay every robot when rewards are global', () => {
    const { driver } = place({ reward: 'global' }, [atGoal, [3, 3, up]], [1]);
    play(driver, forward, wait);
    expect([...driver.rewards]).toEqual([1, 1]);
  });

  it('pay in two halves when asked to, the second once the shelf is put back', () => {
    const { driver, state } = place({ reward: 'twoStage', maxSteps: 50 }, [atGoal, [3, 2, up]], [1]);
    play(driver, forward, wait);
    expect([driver.rewards[0], state.delivered[0]]).toEqual([0.5, 1]);
    // From (0, 4) facing left to the free place at (6, 0).
    const way = [right, right, ...new Array(5).fill(forward), left, ...new Array(4).fill(forward), right, forward];
    for (const action of way) {
      play(driver, action, wait);
      expect(driver.rewards[0]).toBe(0);
    }
    play(driver, toggle, wait);
    expect([driver.rewards[0], state.delivered[0], state.carrying[0]]).toEqual([0.5, 0, 0]);
  });

  it('pay nothing for a shelf that nobody asked for', () => {
    const { driver } = place({}, [atGoal], [2]);
    play(driver, forward);
    expect(driver.rewards[0]).toBe(0);
  });

  it('draw the next request among the shelves that were not requested then', () => {
    const layout = ['xxxxx', 'g....'].join('\n');
    const driver = start(
      rware,
      { layout, agents: 1, requestQueueSize: 2 },
      { rng: () => createStreams(0).stream('x') },
    );
    const state = driver.stateOf(0) as RwareState;
    state.requests.set([4, 2]);
    state.places[0] = 6;
    state.directions[0] = west;
    state.carrying[0] = 4;
    state.shelves[4] = 6;
    lookUp(state);
    // Not requested are 1, 3, 5; the draw says the last of them.
    const rewards = new Float64Array(1);
    rware.step(state as never, Float64Array.of(forward), rewards, fixedRng([2]), driver.params as never);
    expect([[...state.requests], [...rewards]]).toEqual([[5, 2], [1]]);
  });

  it('keep a request where every shelf is requested', () => {
    const { driver, state } = place({}, [atGoal], [1, 2]);
    play(driver, forward);
    expect([[...state.requests], driver.rewards[0]]).toEqual([[1, 2], 1]);
  });
});

describe('shaped rewards', () => {
  const shaped = { shapingWeight: 1, shapingDiscount: 0.9 };
  // The floor's longest way of a loaded robot is from the shelf place (6, 0), the free one, or from goal (0, 4): 10 steps.
  const farthest = 11;

  it('pay for a requested load by how near the goal it is, discounted, and take it back on the way off', () => {
    const { driver, state } = place(shaped, [[3, 4, west, 1]], [1]);
    const at = (steps: number) => 0.5 + 0.5 * (1 - steps / farthest);
    expect(potentialOf(state, 0, driver.params as RwareParams)).toBeCloseTo(at(3), 12);
    play(driver, forward);
    expect(driver.rewards[0]).toBeCloseTo(0.9 * at(2) - at(3), 12);
    play(driver, wait);
    expect(driver.rewards[0]).toBeCloseTo(0.9 * at(2) - at(2), 12);
  });

  it('make up for a delivery, and pay for putting back: 0.15 at most with a shelf that nobody asked for, 0.25 with none', () => {
    const { driver } = place(shaped, [[1, 4, west, 1]], [1]);
    const atGoal = 0.15 * (1 - 10 / farthest);
    const before = 0.5 + 0.5 * (1 - 1 / farthest);
    play(driver, forward);
    expect(driver.rewards[0]).toBeCloseTo(1 + 0.9 * atGoal - before, 12);
    const free = place(shaped, [[6, 0, up, 1]], [2]);
    play(free.driver, toggle);
    // Shelf 2 at (6, 1) is requested and sensed from (6, 0), one step away of the three that stand for nothing sensed.
    expect(free.driver.rewards[0]).toBeCloseTo(0.9 * (0.25 + 0.25 * (1 - 1 / 3)) - 0.15, 12);
  });

  it('say nothing of requested shelves that a robot does not sense, nor of those that another carries', () => {
    const far = place(shaped, [[0, 0, up]], [2]);
    expect(potentialOf(far.state, 0, far.driver.params as RwareParams)).toBe(0.25);
    const other = place(
      shaped,
      [
        [0, 0, up],
        [1, 0, up, 1],
      ],
      [1],
    );
    expect(potentialOf(other.state, 0, other.driver.params as RwareParams)).toBe(0.25);
  });

  it('telescope: discounted, they sum to the change of the potential between start and end, whatever is done', () => {
    for (const maxInactivitySteps of [null, 40]) {
      const discount = 0.97;
      const params = rware.params.parse({ shapingWeight: 2, shapingDiscount: discount, maxInactivitySteps });
      const bare = { ...params, shapingWeight: 0 };
      const rng = createStreams(3).stream('test');
      const [state, twin] = [params, bare].map((own) => rware.init(own, createStreams(1).stream('start')));
      const [ours, theirs] = [0, 1].map(() => createStreams(2).stream('step'));
      const first = [0, 1].map((a) => potentialOf(state, a, params));
      const sums = [0, 0];
      let ended = false;
      let steps = 0;
      while (steps < 300 && !ended) {
        const actions = Float64Array.from([rng.integer(0, 5), rng.integer(0, 5)]);
        const [rewards, plain] = [new Float64Array(2), new Float64Array(2)];
        ended = rware.step(state, actions, rewards, ours, params);
        expect(rware.step(twin, actions, plain, theirs, bare)).toBe(ended);
        for (let a = 0; a < 2; a++) sums[a] += discount ** steps * (rewards[a] - plain[a]);
        steps++;
      }
      expect(state).toEqual(twin);
      expect(ended).toBe(maxInactivitySteps !== null);
      for (let a = 0; a < 2; a++) {
        const last = ended ? 0 : discount ** steps * potentialOf(state, a, params);
        expect(sums[a]).toBeCloseTo(2 * (last - first[a]), 10);
      }
    }
  });

  it('are never more than the weight, and off unless asked for', () => {
    expect(rware.params.parse({}).shapingWeight).toBe(0);
    const bounds = (params: object) => rware.declares?.(rware.params.parse(params)).rewardBounds;
    expect(bounds({})).toEqual([0, 1]);
    expect(bounds({ shapingWeight: 0.5 })).toEqual([-0.5, 1.5]);
  });
});

describe('the end', () => {
  it('is a truncation after 500 steps', () => {
    const driver = start(rware, {});
    for (let t = 0; t < 500; t++) play(driver, 0, 0);
    expect([driver.truncated[0], driver.terminated[0]]).toEqual([1, 0]);
  });

  it('is a termination after so many steps without a delivery', () => {
    const { driver } = place({ maxInactivitySteps: 3 }, [[1, 4, west, 1]], [1]);
    play(driver, wait);
    play(driver, forward);
    expect(driver.returns[0]).toBe(1);
    for (let t = 0; t < 3; t++) {
      expect(driver.isOver(0)).toBe(false);
      play(driver, wait);
    }
    expect([driver.terminated[0], driver.lengths[0]]).toEqual([1, 5]);
    expect(driver.endMetrics(0)).toEqual({ deliveries: 1, deliveriesPerStep: 0.2 });
  });
});

describe('what is observed', () => {
  it('is 71 numbers: itself, and for each of 9 cells robot, direction, shelf and request', () => {
    const { driver } = place(
      {},
      [
        [5, 1, down],
        [6, 1, west],
        [0, 3, east, 1],
      ],
      [2],
    );
    play(driver, wait, wait, wait);
    expect(driver.observationOf(0, 0)).toHaveLength(71);
    expect(['location', 'carrying', 'direction', 'onHighway'].flatMap((name) => field(driver, 0, name))).toEqual([
      5, 1, 0, 0, 1, 0, 0, 1,
    ]);
    expect(field(driver, 0, 'sensor4')).toEqual([1, 0, 1, 0, 0, 0, 0]);
    expect(field(driver, 0, 'sensor5')).toEqual([1, 0, 0, 1, 0, 1, 1]);
    expect(field(driver, 0, 'sensor0')).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(field(driver, 2, 'carrying')).toEqual([1]);
    // Beyond the left border everything looks empty.
    expect(field(driver, 2, 'sensor3')).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(field(driver, 2, 'sensor4')).toEqual([1, 0, 0, 0, 1, 1, 0]);
  });

  it('has the messages of those who are sensed, in the step in which they are sent', () => {
    const { driver } = place({ messageBits: 2 }, [
      [2, 2, up],
      [3, 2, up],
      [6, 4, up],
    ]);
    driver.actions.set([wait, 0, 1, wait, 1, 1, wait, 1, 0]);
    driver.step();
    expect(field(driver, 0, 'sensor5').slice(5, 7)).toEqual([1, 1]);
    expect(field(driver, 0, 'sensor4').slice(5, 7)).toEqual([0, 1]);
    expect(field(driver, 2, 'sensor3').slice(5, 7)).toEqual([0, 0]);
  });

  it('can give the own place as part of the floor', () => {
    const { driver } = place({ normalisedCoordinates: true }, [[3, 1, up]]);
    play(driver, wait);
    expect(field(driver, 0, 'location')).toEqual([3 / 6, 1 / 4]);
  });

  it('can reach farther, or be the own cell alone', () => {
    expect(start(rware, { sensorRange: 3 }).observationOf(0, 0)).toHaveLength(8 + 49 * 7);
    expect(start(rware, { sensorRange: 0 }).observationOf(0, 0)).toHaveLength(8 + 7);
  });

  const image = { observation: 'image', imageLayers: ['shelves', 'agents'] };

  it('can be layers, turned so that the robot looks up', () => {
    // A shelf to the right and above, a robot above.
    for (const [direction, shelves, agents] of [
      [up, [0, 0, 1, 0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 1, 0, 0, 0, 0]],
      [down, [0, 0, 0, 1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0, 0, 1, 0]],
      [west, [0, 0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1, 0, 0, 0]],
      [east, [1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0, 0, 0, 0]],
    ] as const) {
      const { driver } = place(image, [
        [5, 1, direction],
        [5, 0, up],
      ]);
      play(driver, wait, wait);
      expect(field(driver, 0, 'layer/shelves'), `shelves, facing ${direction}`).toEqual(shelves);
      expect(field(driver, 0, 'layer/agents'), `robots, facing ${direction}`).toEqual(agents);
    }
  });

  it('can be layers that do not turn, with the own state before them', () => {
    const params = { ...image, observation: 'imageAndFeatures', imageDirectional: false };
    const { driver } = place(params, [[5, 1, east]]);
    play(driver, wait);
    expect([...driver.observationOf(0, 0).subarray(0, 6)]).toEqual([0, 0, 0, 1, 1, 0]);
    expect(field(driver, 0, 'layer/shelves')).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('exchanges x and y in the layers of directions and loads as upstream does, except in the mended world', () => {
    const params = { ...image, imageLayers: ['agentDirection', 'agentLoad'], imageDirectional: false };
    const robots: Robot[] = [
      [2, 1, up],
      [1, 2, east, 1],
    ];
    const upstream = place(params, robots).driver;
    play(upstream, wait, wait);
    // The robot at (1, 2) is written to (2, 1), where robot 0 stands, and the other way round.
    expect(field(upstream, 0, 'layer/agentDirection')).toEqual([0, 0, 0, 0, 4, 0, 1, 0, 0]);
    expect(field(upstream, 0, 'layer/agentLoad')).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const mended = place(params, robots, [], rwareMended).driver;
    play(mended, wait, wait);
    expect(field(mended, 0, 'layer/agentDirection')).toEqual([0, 0, 0, 0, 1, 0, 4, 0, 0]);
    expect(field(mended, 0, 'layer/agentLoad')).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });

  it('in words says what is sensed and where to go', () => {
    const { driver } = place(
      {},
      [
        [5, 1, down],
        [6, 1, west],
      ],
      [2],
    );
    const text = rware.text?.(driver.stateOf(0) as never, 0, driver.params as never) ?? '';
    expect(text).toContain('You are robot 0 at (5, 1)');
    expect(text).toContain('a robot facing left at (6, 1), a requested shelf at (6, 1)');
    expect(text).toContain('Bring requested shelves to (0, 4).');
  });

  it('has robots and requests in the state vector', () => {
    const { driver, state } = place(
      {},
      [
        [5, 1, down],
        [0, 3, east, 1],
      ],
      [1],
    );
    const out = new Float32Array(19);
    rware.stateVector?.(state as never, out, driver.params as never);
    expect([...out]).toEqual([5, 1, 0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, 1, 0, 0, 3, 1]);
  });
});

describe('a new episode', () => {
  it('puts robots into different cells and requests different shelves, each equally often', () => {
    const params = { agents: 6, requestQueueSize: 2, columnHeight: 1 };
    const counts = new Array<number>(5).fill(0);
    const streams = createStreams('starts');
    const rng = streams.stream('env');
    const parsed = rware.params.parse(params);
    for (let n = 0; n < 2000; n++) {
      const state = rware.init(parsed, rng);
      expect(new Set(state.places).size).toBe(6);
      expect(new Set(state.requests).size).toBe(2);
      for (const id of state.requests) counts[id]++;
    }
    // Four shelves, two of them requested: 1000 each, standard deviation sqrt(2000 / 4) = 22.4; five of them.
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(Math.abs(count - 1000)).toBeLessThan(112);
  });
});

describe('ids', () => {
  const params = (id: string) => worlds.get(id).params.parse({}) as Record<string, unknown>;

  it('name the parameters, as upstream’s do', () => {
    expect(params('rware-tiny-2ag-v2')).toEqual({ ...rware.params.parse({}), requestQueueSize: 2 });
    expect(params('rware-large-5ag-hard-v2')).toMatchObject({
      shelfRows: 3,
      shelfColumns: 5,
      agents: 5,
      requestQueueSize: 2,
    });
    expect(params('rware-medium-3ag-easy-v2')).toMatchObject({ shelfRows: 2, shelfColumns: 5, requestQueueSize: 6 });
    expect(params('rware-tiny-1ag-hard-v2')).toMatchObject({ requestQueueSize: 0 });
    expect(params('rware-img-Nd-3s-small-4h-2ag-v2')).toMatchObject({
      observation: 'image',
      imageDirectional: false,
      sensorRange: 3,
      columnHeight: 4,
    });
    expect(params('rware-imgdict-tiny-2ag-v2')).toMatchObject({ observation: 'imageAndFeatures' });
    expect(params('rware-2x7-5h-6ag-9req-twostage-v2')).toMatchObject({
      shelfRows: 2,
      shelfColumns: 7,
      columnHeight: 5,
      agents: 6,
      requestQueueSize: 9,
      reward: 'twoStage',
    });
  });

  it('have a whole card', () => {
    const world = worlds.get('rware-tiny-2h-2ag-easy-v2');
    expect(checkEnv(world, { requireCard: true, episodes: 1 }).failures).toEqual([]);
    expect(world.card.randomReturn?.episodes).toBe(100);
  });

  it('that are not well formed are refused with the pattern and an example', () => {
    for (const id of ['rware-huge-2ag-v2', 'rware-tiny-2ag-v1', 'rware-tiny-v2', 'RWARE-tiny-2ag-v2']) {
      expect(worlds.has(id)).toBe(false);
      expect(() => worlds.get(id)).toThrow(/ROWSxCOLUMNS.*For example rware-tiny-2ag-v2/);
    }
  });
});

describe('impossible settings are refused with the constraint named', () => {
  for (const [params, message] of [
    [{ shelfColumns: 4 }, 'an odd number'],
    [{ agents: 111 }, 'at most 110 robots, one for each cell of 10 x 11'],
    [{ requestQueueSize: 33 }, 'at most 32 requests, one for each shelf'],
    [{ shelfRows: 100, columnHeight: 100 }, 'at most 10000 cells'],
    [{ maxSteps: -5 }, 'rware › maxSteps'],
    [{ layout: 'xx\ng' }, 'line 2 has 1 cells'],
    [{ layout: 'x?\ng.' }, '"?" at line 1, cell 2'],
    [{ layout: 'xx\n..' }, 'at least one g'],
    [{ layout: 'x\ng', agents: 1, normalisedCoordinates: true }, 'one cell wide'],
    [{ shelfRows: 50, shapingWeight: 1 }, '0 on a floor of more than 2000 cells'],
    [{ imageLayers: ['shelfs'] }, 'Did you mean "shelves"?'],
  ] as const) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(rware.params, params, 'rware')).toThrow(message);
    });
  }
});

describe('under other settings it passes the conformance kit', () => {
  const settings: Partial<RwareParams>[] = [
    { agents: 4, sensorRange: 2, messageBits: 3, reward: 'twoStage', maxSteps: 60 },
    { agents: 20, columnHeight: 2, reward: 'global', requestQueueSize: 5, maxSteps: 30 },
    { observation: 'image', imageLayers: ['agentDirection', 'agentLoad', 'goals'], agents: 6, maxSteps: 40 },
    { observation: 'imageAndFeatures', imageDirectional: false, sensorRange: 2, maxSteps: 40 },
    { agents: 5, columnHeight: 3, shapingWeight: 1, maxSteps: 80 },
    { reward: 'global', shapingWeight: 0.5, shapingDiscount: 1, maxInactivitySteps: 30 },
    { layout: open, requestQueueSize: 2, maxInactivitySteps: 20, maxSteps: null, normalisedCoordinates: true },
  ];
  for (const params of settings) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(rware, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});
