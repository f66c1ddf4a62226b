import { type Facts, noFacts, type Rule, silence } from '../rule.ts';
import type { TalkState } from './state.ts';
import type { Component } from './tables.ts';
import type { Talk } from './talk.ts';
import { TalkView } from './view.ts';

/** What rules do in an episode, by rule: choices looked at, how many of these they close (or would), how often each was broken. */
export interface RuleCounts {
  readonly looked: Float64Array;
  readonly closed: Float64Array;
  readonly broken: Float64Array;
}

/** A rule with the moves that it is about as numbers. */
interface Article {
  readonly rule: Rule;
  /** 1 for the moves it is about. */
  readonly about: Uint8Array;
  readonly aboutSilence: boolean;
  /** Number of the parameter that it judges; -1 for none. */
  readonly parameter: number;
}

/**
 * Says how much each rule of a declaration closes, and which rules something that was chosen breaks. Masks need neither: this is
 * for the log, and for rules that are soft.
 *
 * Shapes: R rules, in the order of the declaration.
 */
export class Judge {
  readonly rules: readonly Rule[];
  readonly #talk: Talk;
  readonly #view: TalkView;
  readonly #articles: readonly Article[];
  readonly #rateNames: readonly string[];

  constructor(talk: Talk) {
    const { declaration, tables } = talk;
    this.rules = declaration.rules;
    this.#talk = talk;
    this.#view = new TalkView(tables, talk.begin());
    this.#articles = declaration.rules.map((rule) => ({
      rule,
      about: Uint8Array.from(tables.moves, ({ move }) => (rule.moves.includes(move.id) ? 1 : 0)),
      aboutSilence: rule.moves.includes(silence),
      parameter: rule.parameter === undefined ? -1 : (tables.parameterIndex.get(rule.parameter) as number),
    }));
    this.#rateNames = declaration.rules.map(({ id }) => metricName('maskRate', id));
  }

  /** Counts of an episode that begins. */
  begin(): RuleCounts {
    const { length } = this.rules;
    return { looked: new Float64Array(length), closed: new Float64Array(length), broken: new Float64Array(length) };
  }

  /** Ids of the rules that close something to an agent now. Soft ones close nothing. */
  closing(state: TalkState, agent: number, facts: Facts = noFacts): readonly string[] {
    const { looked, closed } = this.begin();
    this.tally(state, agent, looked, closed, facts);
    return this.rules.filter(({ soft }, r) => soft !== true && closed[r] > 0).map(({ id }) => id);
  }

  /** Tallies what an agent can choose from, then judges what it chose, before it is said; returns how many rules that breaks. */
  weigh(
    state: TalkState,
    agent: number,
    action: ArrayLike<number>,
    offset: number,
    counts: RuleCounts,
    facts: Facts = noFacts,
  ): number {
    this.tally(state, agent, counts.looked, counts.closed, facts);
    return this.judge(state, agent, action, offset, counts.broken, facts);
  }

  /**
   * The share of choices that each rule closes, or would if it were not soft, by names for a world's metrics; rules that had nothing
   * to look at are left out.
   */
  rates({ looked, closed }: RuleCounts): Readonly<Record<string, number>> {
    const rates: Record<string, number> = {};
    for (let r = 0; r < this.rules.length; r++) if (looked[r] > 0) rates[this.#rateNames[r]] = closed[r] / looked[r];
    return rates;
  }

  /**
   * Adds to `looked` how many choices each rule has a say in for an agent now (values where it judges values, utterances where it
   * judges moves, silence), and to `closed` how many of these it forbids. Choices that the automaton closes are not counted.
   *
   * Shapes: looked, closed [R].
   */
  tally(state: TalkState, agent: number, looked: Float64Array, closed: Float64Array, facts: Facts = noFacts): void {
    const { roles } = this.#talk.tables;
    const { utterances, components } = roles[this.#talk.participants.roleOf[agent]];
    this.#view.facts = facts;
    let speaks = false;
    for (let u = 0; u < utterances.length; u++) {
      const utterance = utterances[u];
      if (!this.#talk.stands(state, agent, utterance)) continue;
      speaks = true;
      this.#view.look(state, agent, this.#threadOf(agent, utterance.thread));
      for (let r = 0; r < this.#articles.length; r++) {
        const { rule, about, parameter } = this.#articles[r];
        if (about[utterance.move.index] === 0) continue;
        if (parameter < 0) {
          looked[r]++;
          if (!rule.permits(this.#view, 0)) closed[r]++;
        } else {
          for (let c = 0; c < components.length; c++) {
            if (components[c].move !== utterance.move || components[c].parameter !== parameter) continue;
            const base = this.#baseOf(components[c]);
            looked[r] += components[c].size;
            closed[r] += this.#forbidden(rule, base, components[c].size);
          }
        }
      }
    }
    if (!speaks) return;
    this.#view.look(state, agent, this.#threadOf(agent, -1));
    for (let r = 0; r < this.#articles.length; r++) {
      const { rule, aboutSilence } = this.#articles[r];
      if (!aboutSilence) continue;
      looked[r]++;
      if (!rule.permits(this.#view, 0)) closed[r]++;
    }
  }

  /**
   * Adds 1 to `broken` for each rule that a choice breaks, and returns how many it breaks; to be asked before it is said.
   *
   * Shapes: action from `offset` on as in `Talk.say`; broken [R].
   */
  judge(
    state: TalkState,
    agent: number,
    action: ArrayLike<number>,
    offset: number,
    broken: Float64Array,
    facts: Facts = noFacts,
  ): number {
    const { utterances, components } = this.#talk.tables.roles[this.#talk.participants.roleOf[agent]];
    const choice = action[offset];
    let count = 0;
    if (choice === 0 && !this.#talk.canSpeak(state, agent)) return 0;
    this.#view.facts = facts;
    const utterance = choice === 0 ? null : utterances[choice - 1];
    this.#view.look(state, agent, this.#threadOf(agent, utterance === null ? -1 : utterance.thread));
    for (let r = 0; r < this.#articles.length; r++) {
      const { rule, about, aboutSilence, parameter } = this.#articles[r];
      if (utterance === null ? !aboutSilence : about[utterance.move.index] === 0) continue;
      let value = 0;
      for (let c = 0; c < components.length && parameter >= 0; c++) {
        if (components[c].move !== utterance?.move || components[c].parameter !== parameter) continue;
        value = this.#baseOf(components[c]) + action[offset + 1 + c];
      }
      if (rule.permits(this.#view, value)) continue;
      broken[r]++;
      count++;
    }
    return count;
  }

  #forbidden(rule: Rule, base: number, size: number): number {
    const struck = rule.strike === undefined ? -1 : rule.strike(this.#view, null, 0);
    if (struck >= 0) return struck;
    let count = 0;
    for (let v = 0; v < size; v++) if (!rule.permits(this.#view, base + v)) count++;
    return count;
  }

  #threadOf(agent: number, thread: number): number {
    return thread >= 0 ? thread : Math.max(0, this.#talk.participants.threadOf[agent]);
  }

  #baseOf({ parameter }: Component): number {
    return this.#talk.tables.parameters[parameter].grid?.base ?? 0;
  }
}

/**
 * A name for a world's metrics from the id of a rule.
 *
 * @example
 * metricName('maskRate', 'r1-offer') // 'maskRateR1Offer'
 */
export function metricName(prefix: string, id: string): string {
  return prefix + id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
