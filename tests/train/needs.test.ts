import { describe, expect, it } from 'vitest';
import { algorithms } from '#learn';
import { catalogue, refusal, resolve } from './experiment.ts';

const text = (algorithm: string, env: string) => `name: x
env: ${env}
learner: { algorithm: ${algorithm} }
budget: { envSteps: 1000 }
`;

const idsWhere = (holds: (needs: (typeof algorithms.items)[number]['needs']) => boolean) =>
  algorithms.items.filter(({ needs }) => holds(needs)).map(({ id }) => id);

describe('an algorithm for choices', () => {
  const discreteOnly = idsWhere(({ actions }) => !actions.includes('box'));

  it.each(discreteOnly)('%s is refused on a continuous world', async (id) => {
    const message = await refusal(text(id, '{ id: sanity-continuous }'));
    expect(message).toContain(`x.yaml › learner.algorithm: ${id} cannot learn the actions of agent: got box actions`);
  });

  it('is refused where the others are not', async () => {
    for (const id of idsWhere(({ actions, symmetries }) => actions.includes('box') && symmetries !== true)) {
      expect(await resolve(text(id, '{ id: sanity-continuous }'))).toHaveLength(1);
    }
    expect(discreteOnly).toEqual(expect.arrayContaining(['iql', 'vdn', 'qmix', 'cfr', 'cfr-plus']));
  });
});

describe('an algorithm for teams', () => {
  it.each(idsWhere(({ commonReward }) => commonReward))('%s is refused where agents are paid apart', async (id) => {
    const message = await refusal(text(id, '{ id: matrix-game, params: { game: prisoners-dilemma } }'));
    expect(message).toContain(`${id} needs one reward for all: got matrix-game, where agents are rewarded apart`);
    expect(await resolve(text(id, '{ id: matrix-game, params: { game: climbing } }'))).toHaveLength(1);
  });
});

describe('an algorithm with needs of its own', () => {
  it.each(idsWhere(({ game }) => game === true))('%s is refused where there is no tree', async (id) => {
    const message = await refusal(text(id, '{ id: matrix-game, params: { game: climbing } }'));
    expect(message).toContain(`${id} walks the whole tree of the game, and this world gives none: got matrix-game`);
    expect(await resolve(text(id, '{ id: leduc-poker }'))).toHaveLength(1);
  });

  it.each(idsWhere(({ symmetries }) => symmetries === true))(
    '%s is refused where nothing can be renamed',
    async (id) => {
      expect(await refusal(text(id, '{ id: kuhn-poker }'))).toContain('and this world names nothing: got kuhn-poker');
      expect(await resolve(text(id, '{ id: matrix-game, params: { game: lever } }'))).toHaveLength(1);
    },
  );

  it('is one of those that ship', () => {
    expect(catalogue.algorithms.ids).toEqual(algorithms.ids);
  });
});
