import type { Home, ItemName, Scaffold } from './scaffold.ts';

/** An experiment that trains in some seconds, with a variant to compare with. */
export function experimentFiles({ id }: ItemName, home: Home): Scaffold {
  const schema = home === 'polity' ? '../polity.schema.json' : '../node_modules/polity/polity.schema.json';
  const path = `experiments/${id}.yaml`;
  const text = `# yaml-language-server: $schema=${schema}
# Answer: not run yet.
name: ${id}
description: Do two agents that are paid together agree sooner than two selfish ones?
env: { id: bargaining, params: { maxTurns: 6 } }
learner: { algorithm: ppo, learningRate: 1.0e-3 }
rollout: { envs: 64, steps: 32, shards: 8 }
budget: { envSteps: 100_000 }
evaluation: { opponents: [random, boulware] }
variants:
  prosocial: { env.params.reward: joint }
`;
  return { files: [{ path, text }], next: [`npx polity train ${path} --seeds 1..3`] };
}
