import {
  type AdvantageRows,
  discountedReturns,
  gae,
  lambdaReturns,
  nStepReturns,
  type ReturnRows,
  vtrace,
} from '#math';
import { type Binding, binding, column, type Inputs, transpose } from '../binding.ts';
import { real } from './rl-math.ts';

function rowsOf(inputs: Inputs, agent: number): AdvantageRows {
  const of = (key: string) => column(inputs.matrix(key), agent);
  return {
    rewards: of('reward'),
    values: of('value'),
    nextValues: of('nextValue'),
    terminated: of('terminated'),
    truncated: of('truncated'),
  };
}

/** Runs a function over each agent's rows in time and gives its results as [time][agent]. */
function perAgent(inputs: Inputs, compute: (agent: number, out: number[], length: number) => void): number[][] {
  const reward = inputs.matrix('reward');
  const columns = reward[0].map((_, agent) => {
    const out = new Array<number>(reward.length).fill(Number.NaN);
    compute(agent, out, reward.length);
    return out;
  });
  return transpose(columns);
}

function advantages(inputs: Inputs, rowsFor: (agent: number) => AdvantageRows): number[][] {
  const { gamma, lam } = { gamma: inputs.number('gamma'), lam: inputs.number('lam') };
  return perAgent(inputs, (agent, out, length) => {
    gae(rowsFor(agent), gamma, lam, out, 0, length);
  });
}

export const returnBindings: readonly Binding[] = [
  binding(
    'rl-math',
    /^GAE by truncated_generalized_advantage_estimation/,
    (inputs) => ({
      advantage: advantages(inputs, (agent) => rowsOf(inputs, agent)),
      lambdaReturn: perAgent(inputs, (agent, out, length) => {
        lambdaReturns(rowsOf(inputs, agent), inputs.number('gamma'), inputs.number('lam'), out, 0, length);
      }),
    }),
    real,
  ),
  binding(
    'rl-math',
    /^GAE of code that treats truncation as termination/,
    (inputs) => {
      const right = advantages(inputs, (agent) => rowsOf(inputs, agent));
      const wrong = advantages(inputs, (agent) => {
        const rows = rowsOf(inputs, agent);
        const ends = Array.from(rows.terminated, (ended, t) => (ended || rows.truncated[t] ? 1 : 0));
        return { ...rows, terminated: ends };
      });
      const truncated = inputs.matrix('truncated');
      truncated.forEach((row, t) => {
        row.forEach((cut, agent) => {
          if (cut && right[t][agent] === wrong[t][agent]) throw new Error(`[${t}][${agent}] does not bootstrap`);
        });
      });
      return wrong;
    },
    real,
  ),
  binding(
    'rl-math',
    /^n_step_bootstrapped_returns/,
    (inputs) =>
      perAgent(inputs, (agent, out, length) => {
        nStepReturns(rowsOf(inputs, agent), inputs.number('gamma'), inputs.number('n'), out, 0, length);
      }),
    real,
  ),
  binding(
    'rl-math',
    /^discounted_returns/,
    (inputs) =>
      perAgent(inputs, (agent, out, length) => {
        discountedReturns(rowsOf(inputs, agent), inputs.number('gamma'), out, 0, length);
      }),
    real,
  ),
  binding(
    'rl-math',
    /^td_lambda\(lambda=[\d.]+\) error/,
    (inputs) => advantages(inputs, (agent) => rowsOf(inputs, agent)),
    real,
  ),
  binding(
    'rl-math',
    /^lambda_returns with max_a q\(next\)/,
    (inputs) => {
      const next = inputs.get<readonly (readonly (readonly number[])[])[]>('qNext');
      return perAgent(inputs, (agent, out, length) => {
        const rows: ReturnRows = {
          rewards: column(inputs.matrix('reward'), agent),
          nextValues: next.map((row) => Math.max(...row[agent])),
          terminated: column(inputs.matrix('terminated'), agent),
          truncated: column(inputs.matrix('truncated'), agent),
        };
        lambdaReturns(rows, inputs.number('gamma'), inputs.number('lam'), out, 0, length);
      });
    },
    real,
  ),
  binding(
    'rl-math',
    /^vtrace_td_error_and_advantage/,
    (inputs) => {
      const options = {
        gamma: inputs.number('gamma'),
        lambda: inputs.number('lam'),
        clipRho: inputs.number('clipRho'),
        clipPolicyRho: inputs.number('clipPgRho'),
      };
      const results = inputs.matrix('reward')[0].map((_, agent) => {
        const length = inputs.matrix('reward').length;
        const room = () => new Array<number>(length).fill(Number.NaN);
        const out = { errors: room(), advantages: room(), qEstimates: room() };
        vtrace(rowsOf(inputs, agent), column(inputs.matrix('rho'), agent), options, out, 0, length);
        return out;
      });
      return {
        error: transpose(results.map(({ errors }) => errors)),
        pgAdvantage: transpose(results.map((result) => result.advantages)),
        qEstimate: transpose(results.map(({ qEstimates }) => qEstimates)),
      };
    },
    real,
  ),
];
