import type { Matrix, Vector } from '../binding.ts';

/** y = x W + b in double precision, by the definition: what surrounds our functions in an entry about a whole network. */
export class Dense {
  readonly weights: Matrix;
  readonly bias: Vector;

  constructor(weights: Matrix, bias: Vector) {
    this.weights = weights;
    this.bias = bias;
  }

  forward(inputs: Matrix): number[][] {
    return inputs.map((row) =>
      this.bias.map((bias, j) => row.reduce((sum, value, i) => sum + value * this.weights[i][j], bias)),
    );
  }

  backward(inputs: Matrix, grads: Matrix) {
    return {
      inputs: grads.map((grad) => this.weights.map((row) => row.reduce((sum, weight, j) => sum + weight * grad[j], 0))),
      weights: this.weights.map((row, i) =>
        row.map((_, j) => grads.reduce((sum, grad, b) => sum + inputs[b][i] * grad[j], 0)),
      ),
      bias: this.bias.map((_, j) => grads.reduce((sum, grad) => sum + grad[j], 0)),
    };
  }
}

export const reluForward = (values: Matrix): number[][] => values.map((row) => row.map((value) => Math.max(0, value)));

export const reluBackward = (before: Matrix, grads: Matrix): number[][] =>
  grads.map((row, i) => row.map((grad, j) => (before[i][j] > 0 ? grad : 0)));
