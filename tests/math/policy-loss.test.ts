import { expect, test } from 'vitest';
import {
  a2cPolicyLoss,
  Categorical,
  createPpoSums,
  Gaussian,
  type PpoPolicyRows,
  ppoLoss,
  ppoPolicyLoss,
  ppoSums,
  ppoTotal,
} from '#math';
import { expectGradient } from './finite-differences.ts';

/** One row with two equal logits, so that the ratio is 0.5 / old probability. */
function oneRow(oldProbability: number, advantage: number): PpoPolicyRows {
  return {
    outputs: [0, 0],
    mask: null,
    actions: [0],
    advantages: [advantage],
    oldLogProbabilities: [Math.log(oldProbability)],
  };
}

function policyLoss(rows: PpoPolicyRows, clip = 0.2, entropyWeight = 0) {
  const sums = createPpoSums();
  const grads = [0, 0];
  ppoPolicyLoss(new Categorical([2]), rows, 1, { clip, entropyWeight }, 1, grads, sums);
  return { loss: sums[ppoSums.policyLoss], grads, sums };
}

test('inside the clip the loss is -ratio * advantage', () => {
  // Ratio 0.5 / 0.5 = 1; d log p / d z = [0.5, -0.5].
  const { loss, grads } = policyLoss(oneRow(0.5, 2));
  expect(loss).toBeCloseTo(-2, 12);
  expect(grads).toEqual([expect.closeTo(-1, 12), expect.closeTo(1, 12)]);
});

test('a ratio that has already moved far in the paying direction is held, without gradient', () => {
  // Ratio 0.5 / 0.25 = 2 with a good action: held at 1.2.
  const up = policyLoss(oneRow(0.25, 1));
  expect(up.loss).toBeCloseTo(-1.2, 12);
  expect(up.grads).toEqual([0, 0]);
  // Ratio 0.5 / 0.8 = 0.625 with a bad action: held at 0.8.
  const down = policyLoss(oneRow(0.8, -1));
  expect(down.loss).toBeCloseTo(0.8, 12);
  expect(down.grads).toEqual([0, 0]);
});

test('a ratio that moved far in the wrong direction keeps its gradient', () => {
  const bad = policyLoss(oneRow(0.25, -1));
  expect(bad.loss).toBeCloseTo(2, 12);
  expect(bad.grads[0]).toBeCloseTo(1, 12);
  const good = policyLoss(oneRow(0.8, 1));
  expect(good.loss).toBeCloseTo(-0.625, 12);
  expect(good.grads[0]).toBeCloseTo(-0.3125, 12);
});

test('diagnostics: count, both divergence estimates, clipped fraction and ratio are summed over rows', () => {
  const sums = createPpoSums();
  const rows = {
    outputs: [0, 0, 0, 0],
    mask: null,
    actions: [0, 1],
    advantages: [1, 1],
    oldLogProbabilities: [Math.log(0.25), Math.log(0.5)],
  };
  ppoPolicyLoss(new Categorical([2]), rows, 2, { clip: 0.2, entropyWeight: 0 }, 0.5, [0, 0, 0, 0], sums);
  expect(sums[ppoSums.count]).toBe(2);
  expect(sums[ppoSums.ratio]).toBeCloseTo(2 + 1, 12);
  expect(sums[ppoSums.approxKl]).toBeCloseTo(-Math.log(2), 12);
  expect(sums[ppoSums.approxKl3]).toBeCloseTo(2 - 1 - Math.log(2), 12);
  expect(sums[ppoSums.clipFraction]).toBe(1);
  expect(sums[ppoSums.entropy]).toBeCloseTo(2 * Math.log(2), 12);
});

const batch = {
  outputs: [0.3, -0.2, 1, 0.5, 0.1, -1, 0, 0.4, 2],
  mask: [1, 1, 1, 1, 0, 1, 1, 1, 1],
  actions: [0, 2, 1],
  advantages: [1.5, -0.7, 0.4],
  oldLogProbabilities: [-1.6, -1.2, -2],
  values: [0.2, 1.4, -0.3],
  oldValues: [0.1, 0.9, -0.2],
  returns: [1, 0.5, -2],
};

test('gradients of the whole loss are those of the loss, under masks and with entropy', () => {
  const options = { clip: 0.2, entropyWeight: 0.05, valueWeight: 0.5, valueClip: 0.3, huberDelta: 1 };
  const total = (outputs: readonly number[], values: readonly number[], grads = zeros(9), valueGrads = zeros(3)) => {
    const sums = createPpoSums();
    ppoLoss(new Categorical([3]), { ...batch, outputs, values }, 3, options, 1 / 3, grads, valueGrads, sums);
    return ppoTotal(sums, options);
  };
  const [grads, valueGrads] = [zeros(9), zeros(3)];
  total(batch.outputs, batch.values, grads, valueGrads);
  expectGradient((x) => total(x, batch.values), batch.outputs, grads);
  expectGradient((x) => total(batch.outputs, x), batch.values, valueGrads);
});

test('gradients hold for continuous actions too', () => {
  const rows = {
    ...batch,
    mask: null,
    actions: [0.4, -1],
    outputs: [0.1, -0.3, -0.8, 0.2],
    oldLogProbabilities: [-1.5, -1.4],
  };
  const total = (outputs: readonly number[], grads = zeros(4)) => {
    const sums = createPpoSums();
    ppoPolicyLoss(new Gaussian(1), { ...rows, outputs }, 2, { clip: 0.2, entropyWeight: 0.05 }, 0.5, grads, sums);
    return (sums[ppoSums.policyLoss] - 0.05 * sums[ppoSums.entropy]) / 2;
  };
  const grads = zeros(4);
  total(rows.outputs, grads);
  expectGradient((x) => total(x), rows.outputs, grads);
});

test('shards of a minibatch add up to the whole, gradients and sums alike', () => {
  const options = { clip: 0.2, entropyWeight: 0.05 };
  const [whole, parts] = [zeros(9), zeros(9)];
  const [sumsOfWhole, sumsOfParts] = [createPpoSums(), createPpoSums()];
  ppoPolicyLoss(new Categorical([3]), batch, 3, options, 1 / 3, whole, sumsOfWhole);
  for (const [from, count] of [
    [0, 2],
    [2, 1],
  ]) {
    const rows = {
      outputs: batch.outputs.slice(3 * from),
      mask: batch.mask.slice(3 * from),
      actions: batch.actions.slice(from),
      advantages: batch.advantages.slice(from),
      oldLogProbabilities: batch.oldLogProbabilities.slice(from),
    };
    const grads = zeros(9);
    ppoPolicyLoss(new Categorical([3]), rows, count, options, 1 / 3, grads, sumsOfParts);
    grads.slice(0, 3 * count).forEach((grad, i) => {
      parts[3 * from + i] += grad;
    });
  }
  expect(parts).toEqual(whole);
  sumsOfParts.forEach((sum, i) => {
    expect(sum).toBeCloseTo(sumsOfWhole[i], 12);
  });
});

test('the actor-critic loss is -log p * advantage less the entropy, with the gradient of that', () => {
  const sums = createPpoSums();
  const grads = zeros(9);
  a2cPolicyLoss(new Categorical([3]), batch, 3, 0.05, 1 / 3, grads, sums);
  const total = (outputs: readonly number[]) => {
    const choice = new Categorical([3]);
    let sum = 0;
    for (let row = 0; row < 3; row++) {
      choice.load(outputs, 3 * row, batch.mask, 3 * row);
      sum -= choice.logProbability(batch.actions, row) * batch.advantages[row] + 0.05 * choice.entropy();
    }
    return sum / 3;
  };
  expect((sums[ppoSums.policyLoss] - 0.05 * sums[ppoSums.entropy]) / 3).toBeCloseTo(total(batch.outputs), 12);
  expect(sums[ppoSums.count]).toBe(3);
  expectGradient(total, batch.outputs, grads);
});

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}
