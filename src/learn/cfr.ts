import { z } from 'zod';
import { partsOf, type Space } from '#core';
import type { Network } from '#engine/network';
import { type Cfr, type CfrState, type CfrVariant, createCfr, nashConv } from '#math';
import type { Algorithm, Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { distributionOf } from './distribution.ts';
import type { ExactGame } from './exact-game.ts';
import { tableTopology, writeTableKeys, writeTableRow } from './table-network.ts';
import { once } from './team.ts';

export const cfrOptions = z.strictObject({
  iterations: z.int().min(1).default(10).describe('Walks of the whole tree in an update'),
});

export type CfrOptions = z.infer<typeof cfrOptions>;

/**
 * Counterfactual regret minimisation: no network is trained and nothing that was played is learned from. Each update walks the
 * whole tree of the game some times; the policy, which is played for the log and written at the end, is the average over all
 * walks, as a table with a row for each information set.
 *
 * Source: Zinkevich et al. (2007), "Regret minimization in games with incomplete information".
 */
export const cfr: Algorithm<CfrOptions> = {
  id: 'cfr',
  card: {
    title: 'CFR, counterfactual regret minimisation',
    description:
      'An oracle for games whose tree can be walked: averages of regret-matching policies approach an equilibrium.',
    source: 'Zinkevich et al. 2007',
  },
  needs: {
    actions: ['discrete'],
    onPolicy: false,
    centralState: false,
    commonReward: false,
    memory: false,
    game: true,
  },
  options: cfrOptions,
  schedules: [],
  createTeam: (contexts) => new CfrTeam(contexts, 'cfr').learners,
};

/** The players of a game, solved together. */
export class CfrTeam {
  readonly learners: readonly Learner[];
  readonly #options: CfrOptions;
  readonly #game: ExactGame;
  readonly #cfr: Cfr;
  readonly #tables: readonly Table[];
  /** NashConv and iterations, which the first thread alone finds out. */
  readonly #found: Float64Array;

  constructor(contexts: readonly LearnerContext<CfrOptions>[], variant: CfrVariant) {
    const [{ engine, options, game, team }] = contexts;
    if (game === null) throw new Error('an algorithm that needs a game was given none');
    this.#options = options;
    this.#game = game;
    this.#cfr = createCfr(game.tree, variant);
    this.#found = engine.memory.float64(2);
    this.#tables = contexts.map((context) => createTable(context, game));
    this.learners = contexts.map((context, p) => this.#member(context, p));
    once(team, () => this.#write());
    for (const { network } of this.#tables) network.paramsChanged();
  }

  #member({ team, action }: LearnerContext<CfrOptions>, p: number): Learner {
    const { network } = this.#tables[p];
    const first = p === 0;
    return {
      actor: network,
      behaviour: distributionOf(action),
      ownNetwork: true,
      update: () => {
        if (first) once(team, () => this.#walk());
        network.paramsChanged();
        return first ? this.#numbers() : {};
      },
      snapshot: () => ({
        params: network.params.slice(),
        optimiser: { steps: 0, slots: [] },
        extra: first ? this.#cfr.state() : null,
      }),
      restore: ({ extra }: LearnerSnapshot) => {
        if (first) {
          this.#cfr.restore(extra as CfrState);
          once(team, () => this.#write());
        }
        network.paramsChanged();
      },
      snapshotShard: () => null,
      restoreShard: () => {},
    };
  }

  /** Walks the tree, then puts the average so far into the tables. */
  #walk(): void {
    this.#cfr.run(this.#options.iterations);
    this.#write();
    this.#found[0] = nashConv(this.#game.tree, this.#cfr.averagePolicy()).nashConv;
    this.#found[1] = this.#cfr.iterations;
  }

  #write(): void {
    const average = this.#cfr.averagePolicy();
    for (const { network, sets, size } of this.#tables) {
      sets.forEach((set, row) => {
        const { actions, offset } = this.#game.tree.sets[set];
        writeTableRow(network.params, size, row, actions, average, offset);
      });
    }
  }

  #numbers(): Record<string, number> {
    const [gap, iterations] = this.#found;
    return {
      'game/nashConv': gap,
      ...(this.#game.duel ? { 'game/exploitability': gap / 2 } : {}),
      'game/iterations': iterations,
    };
  }
}

/** The policy of some players: a row for each of their information sets. */
interface Table {
  readonly network: Network;
  /** Numbers of the information sets in the game's tree, by row. */
  readonly sets: readonly number[];
  readonly size: { readonly observationSize: number; readonly rows: number; readonly outputs: number };
}

function createTable(context: LearnerContext<CfrOptions>, { tree, views }: ExactGame): Table {
  const { engine, agentNumbers, observationSize, action } = context;
  const sets = Array.from(tree.sets.keys()).filter((set) => agentNumbers.includes(tree.sets[set].player));
  const size = { observationSize, rows: sets.length, outputs: choices(action) };
  const network = engine.createNetwork(tableTopology(observationSize, sets.length, size.outputs));
  once(context.team, () =>
    writeTableKeys(
      sets.map((set) => views[set]),
      network.params,
    ),
  );
  return { network, sets, size };
}

function choices(action: Space): number {
  return action.kind === 'box' ? 0 : partsOf(action).reduce((sum, size) => sum + size, 0);
}
