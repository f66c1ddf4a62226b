import { Xoshiro } from '#core';
import type { SimdEngine } from '#engine';
import { Categorical } from '#math';
import type { BenchRow } from '../suite.ts';
import { type EngineSources, simdSide, type TfjsSide, tfjsSides } from './engine-sides.ts';
import { type MeasureOptions, measureSides, type Side } from './measure.ts';
import { choices, observationSize, trunk } from './ppo-work.ts';

export interface ActBenchOptions extends EngineSources, MeasureOptions {
  /** Bytes that live on the heap now. */
  readonly heapUsed: () => number;
}

export const actBenchTitle = 'One row through a 64-64 tanh policy of 20 inputs and 5 actions, as a game asks for it';

/** Time and memory of acting on one observation, beside every backend of tfjs that is there. */
export async function benchAct(options: ActBenchOptions): Promise<readonly BenchRow[]> {
  const engine = simdSide(options);
  const others = await tfjsSides(options);
  options.onProgress('one row');
  const forward = forwardSide(engine);
  const rows = [
    measureSides('one row', 'µs', [forward, ...others.map(tfjsForwardSide)], options, 'microseconds'),
    measureSides('one row and a draw from its logits', 'µs', [drawSide(engine)], options, 'microseconds'),
  ];
  const bytes = bytesOf(forward, options.heapUsed);
  return [...rows, { name: 'one row', unit: 'bytes', min: bytes, median: bytes, max: bytes, against: {} }];
}

const calls = 1000;

function observation(): Float32Array {
  return Float32Array.from({ length: observationSize }, (_, i) => Math.sin(i));
}

function forwardSide(engine: SimdEngine): Side {
  const network = trunk(engine, 'policy');
  const inputs = [observation()];
  return {
    name: 'simd',
    run() {
      for (let i = 0; i < calls; i++) network.forward(inputs, 1);
      return calls;
    },
  };
}

function drawSide(engine: SimdEngine): Side {
  const network = trunk(engine, 'policy');
  const inputs = [observation()];
  const distribution = new Categorical([choices]);
  const rng = new Xoshiro([1, 2, 3, 4]);
  const actions = new Float64Array(1);
  return {
    name: 'simd',
    run() {
      for (let i = 0; i < calls; i++) {
        distribution.load(network.forward(inputs, 1)[0], 0, null, 0);
        distribution.sample(rng, actions, 0);
      }
      return calls;
    },
  };
}

/** As one writes it in tfjs itself. */
function tfjsForwardSide({ name, tf, select }: TfjsSide): Side {
  select();
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 64, activation: 'tanh', inputShape: [observationSize] }),
      tf.layers.dense({ units: 64, activation: 'tanh' }),
      tf.layers.dense({ units: choices }),
    ],
  });
  const input = observation();
  return {
    name,
    run() {
      select();
      const output = tf.tidy(
        () => model.apply(tf.tensor2d(input, [1, observationSize])) as ReturnType<typeof tf.tensor>,
      );
      output.dataSync();
      output.dispose();
      return 1;
    },
  };
}

/** What a call leaves on the heap: the least of several tries, since the collector and others come between. */
function bytesOf({ run }: Side, heapUsed: () => number): number {
  const tries = Array.from({ length: 9 }, () => {
    const before = heapUsed();
    for (let i = 0; i < 20; i++) run();
    return (heapUsed() - before) / (20 * calls);
  }).filter((bytes) => bytes >= 0);
  return Math.round(Math.min(...tries));
}
