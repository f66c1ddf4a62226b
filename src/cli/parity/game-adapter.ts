import { Driver, type EnvDef, PolityError, parseWith, partsOf } from '#core';
import type { ParityAdapter, Verdict } from './adapter.ts';
import { Comparison, firstFloat32Mismatch, firstMismatch } from './difference.ts';
import {
  chancePlayer,
  everybody,
  type GameCase,
  type GameMoment,
  gameCase,
  terminal,
  unpackIds,
  unpackNumbers,
} from './game-case.ts';
import { ChanceMismatch, RecordedChance } from './recorded-chance.ts';

/** A moment of a replay, for the adapter to read. */
export interface Position<P, S> {
  readonly driver: Driver<P, S>;
  readonly state: S;
  readonly params: P;
  readonly recorded: GameCase;
}

/** One fact that is compared once, when the episode has begun. */
export interface Fact {
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

type Outcomes = GameMoment['outcomes'];

/** How a world of ours stands for an OpenSpiel game. */
export interface GameSpec<P, S> {
  /** Names of the games in the records; `matrix_*` is all that begin so. */
  readonly recorded: readonly string[];
  readonly env: EnvDef<P, S>;
  /** Our parameters for upstream's. Throws: PolityError (input) where we have nothing like it; `where` names the place. */
  params(recorded: GameCase, where: string): unknown;
  /** What our generator has to give for the k-th chance outcome (k from 0), in the order in which the world draws. */
  draws?(recorded: GameCase, k: number, outcome: number): readonly (number | readonly number[])[];
  /** The outcomes that chance has at its k-th turn. */
  outcomes?(recorded: GameCase, k: number): Outcomes;
  /** Upstream's number of an action of ours; absent: the same. */
  actionId?(position: Position<P, S>, player: number, action: number): number;
  /** What upstream shows a player; absent: our observation itself. */
  observation?(position: Position<P, S>, player: number): ArrayLike<number>;
  infoState?(position: Position<P, S>, player: number): ArrayLike<number>;
  observationString?(position: Position<P, S>, player: number): string;
  facts?(position: Position<P, S>): readonly Fact[];
}

/**
 * Replays `polity-parity/game-1`: recorded actions and recorded chance, compared at every moment at which somebody acts and at the
 * end: who acts, what is legal, what each sees, rewards and returns. Our worlds resolve chance within the step that leads to it, so
 * returns are not compared between the two.
 */
export function gameAdapter<P, S>(spec: GameSpec<P, S>): ParityAdapter {
  return {
    format: 'polity-parity/game-1',
    recorded: spec.recorded,
    replay: (recorded, file) => new GameReplay(spec, parseWith(gameCase, recorded, file), file).run(),
  };
}

class GameReplay<P, S> {
  readonly #spec: GameSpec<P, S>;
  readonly #recorded: GameCase;
  readonly #file: string;
  readonly #chance = new RecordedChance();
  readonly #driver: Driver<P, S>;
  readonly #comparison = new Comparison();
  #chanceTurns = 0;
  #steps = 0;

  constructor(spec: GameSpec<P, S>, recorded: GameCase, file: string) {
    this.#spec = spec;
    this.#recorded = recorded;
    this.#file = file;
    const params = parseWith(spec.env.params, spec.params(recorded, `${file} › params`), `${file} › params`);
    this.#driver = new Driver(spec.env, params, { autoreset: 'disabled', observeAll: true, rng: () => this.#chance });
  }

  run(): Verdict {
    try {
      this.#play();
    } catch (error) {
      if (!(error instanceof ChanceMismatch)) throw error;
      this.#note(null, 'chance', { place: '', expected: error.expected, got: error.got });
    }
    return { world: this.#spec.env.id, steps: this.#steps, difference: this.#comparison.first };
  }

  #play(): void {
    const { states, numPlayers, numActions } = this.#recorded;
    const { layout } = this.#driver;
    let at = this.#passChance(0);
    this.#driver.reset();
    this.#note(null, 'numPlayers', firstMismatch(numPlayers, layout.count, 0));
    const choices = layout.roles.map(({ action }) => (action.kind === 'box' ? 0 : Math.max(...partsOf(action))));
    this.#note(null, 'numActions', firstMismatch(numActions, Math.max(...choices), 0));
    const position = this.#position();
    for (const { field, expected, got } of this.#spec.facts?.(position) ?? []) {
      this.#note(null, field, firstMismatch(expected, got, this.#recorded.tolerance));
    }
    while (this.#comparison.first === null) {
      const where = `${this.#file} › states.${at}`;
      const moment = states[at];
      if (moment === undefined)
        throw inputError(this.#file, 'the record stops after a chance outcome', 'a state after it');
      this.#compare(moment, where);
      if (this.#comparison.first !== null || moment.player === terminal) break;
      if (moment.action === undefined && at === states.length - 1) break;
      this.#write(moment, where);
      at = this.#passChance(at + 1);
      this.#steps++;
      this.#driver.step();
      if (this.#chance.left > 0) {
        this.#note(null, 'chance', { place: '', expected: 'a draw', got: 'no draw' });
      }
    }
  }

  /** Puts what chance drew from state `at` on into the generator; the next state at which a player acts. */
  #passChance(at: number): number {
    const { states } = this.#recorded;
    let next = at;
    for (; states[next]?.player === chancePlayer; next++) {
      const { action, outcomes } = states[next];
      const where = `${this.#file} › states.${next}`;
      if (typeof action !== 'number') throw inputError(`${where}.action`, 'no chance outcome', 'the id that was drawn');
      if (this.#spec.draws === undefined) throw new ChanceMismatch(`outcome ${action}`, 'a world without chance');
      const own = this.#spec.outcomes?.(this.#recorded, this.#chanceTurns);
      this.#note(null, 'outcomes', firstMismatch(outcomes, own, this.#recorded.tolerance));
      this.#chance.put(this.#spec.draws(this.#recorded, this.#chanceTurns, action));
      this.#chanceTurns++;
    }
    return next;
  }

  #compare(moment: GameMoment, where: string): void {
    const { tolerance, observationSize, infoStateSize, numPlayers } = this.#recorded;
    const driver = this.#driver;
    const position = this.#position();
    for (const list of [
      moment.observation,
      moment.infoState,
      moment.observationString,
      moment.returns,
      moment.rewards,
    ]) {
      if (list !== undefined && list.length !== numPlayers) {
        throw inputError(
          where,
          'lists of different lengths',
          `one entry for each of ${numPlayers} players`,
          `${list.length}`,
        );
      }
    }
    this.#note(null, 'over', firstMismatch(moment.player === terminal, driver.isOver(0), 0));
    if (this.#comparison.first !== null) return;
    for (let p = 0; p < driver.layout.count; p++) {
      const agent = driver.layout.names[p];
      const acts = moment.player === p || moment.player === everybody;
      this.#note(agent, 'acting', firstMismatch(acts, driver.acting[p] === 1, 0));
      if (acts) this.#compareLegal(moment, p, where);
      if (moment.observation !== undefined) {
        const expected = unpackNumbers(moment.observation[p], observationSize ?? 0);
        const got = this.#spec.observation?.(position, p) ?? driver.observationOf(0, p);
        this.#note(agent, 'observation', firstFloat32Mismatch(expected, got, tolerance));
      }
      if (moment.infoState !== undefined) {
        const expected = unpackNumbers(moment.infoState[p], infoStateSize ?? 0);
        const got = this.#spec.infoState?.(position, p) ?? [];
        this.#note(agent, 'infoState', firstFloat32Mismatch(expected, got, tolerance));
      }
      if (moment.observationString !== undefined) {
        const got = this.#spec.observationString?.(position, p);
        this.#note(agent, 'observationString', firstMismatch(moment.observationString[p], got, 0));
      }
      if (moment.rewards !== undefined) {
        this.#note(agent, 'reward', firstMismatch(moment.rewards[p], driver.rewards[p], tolerance));
      }
      this.#note(agent, 'return', firstMismatch(moment.returns[p], driver.returns[p], tolerance));
    }
  }

  #compareLegal(moment: GameMoment, player: number, where: string): void {
    const listed = moment.player === everybody ? moment.legal?.[player] : moment.legal;
    if (!Array.isArray(listed)) throw inputError(`${where}.legal`, 'not accepted', 'a list of legal ids for who acts');
    const expected = unpackIds(listed as Parameters<typeof unpackIds>[0]);
    const mask = this.#driver.maskOf(0, player);
    const got = Array.from(mask.keys())
      .filter((action) => mask[action] !== 0)
      .map((action) => this.#actionId(player, action));
    this.#note(this.#driver.layout.names[player], 'legal', firstMismatch(expected, got, 0));
  }

  #write({ player, action }: GameMoment, where: string): void {
    const { layout, actions } = this.#driver;
    const chosen = player === everybody ? action : [action];
    const players = player === everybody ? layout.names.map((_, p) => p) : [player];
    if (!Array.isArray(chosen) || chosen.length !== players.length) {
      throw inputError(
        `${where}.action`,
        'not accepted',
        player === everybody ? `${players.length} actions` : 'an action',
      );
    }
    players.forEach((p, i) => {
      const choice = chosen[i];
      const own = this.#driver.maskOf(0, p).findIndex((legal, a) => legal === 1 && this.#actionId(p, a) === choice);
      if (own < 0) throw inputError(`${where}.action`, 'illegal action', 'one of `legal`', String(choice));
      actions[p * layout.actionStride] = own;
    });
  }

  #actionId(player: number, action: number): number {
    return this.#spec.actionId?.(this.#position(), player, action) ?? action;
  }

  #position(): Position<P, S> {
    const driver = this.#driver;
    return { driver, state: driver.stateOf(0), params: driver.params, recorded: this.#recorded };
  }

  #note(agent: string | null, field: string, mismatch: ReturnType<typeof firstMismatch>): void {
    this.#comparison.note(this.#steps, agent, field, mismatch);
  }
}

function inputError(where: string, message: string, expected: string, got?: string): PolityError {
  return new PolityError({ code: 'input', where, message, expected, ...(got === undefined ? {} : { got }) });
}
