import type { Component, Tables } from './tables.ts';
import type { TalkView } from './view.ts';

/**
 * Which values of a content the rules leave open. What was worked out last is kept until `forget` or `expect`: a mask asks whether
 * there is any value at all, and then for all of them.
 */
export class OpenValues {
  /** 1 for open values of the content that `workOut` was asked for. */
  readonly values: Uint8Array;
  readonly #tables: Tables;
  readonly #view: TalkView;
  readonly #bounds = new Int32Array(2);
  #worked: Component | null = null;
  #workedIn = -1;
  #workedAny = false;
  /** An action that is about to be said, from `#offset` on: where its own value is open, no other needs to be asked for. */
  #chosen: ArrayLike<number> | null = null;
  #offset = 0;

  constructor(tables: Tables, view: TalkView) {
    this.#tables = tables;
    this.#view = view;
    this.values = new Uint8Array(mostJudgedValues(tables));
  }

  /** To be said wherever conversation or facts may be others. */
  forget(): void {
    this.#worked = null;
    this.#chosen = null;
  }

  /** As `forget`, for an agent that has chosen. */
  expect(action: ArrayLike<number>, offset: number): void {
    this.forget();
    this.#chosen = action;
    this.#offset = offset;
  }

  /** Whether any value of each content of a move is open, in the thread that is looked at. */
  someOfEach(components: readonly Component[], move: Component['move']): boolean {
    for (let c = 0; c < components.length; c++) {
      const component = components[c];
      if (component.move !== move || (component.rules.length === 0 && component.narrowing.length === 0)) continue;
      if (this.#chosen !== null && this.#isOpen(component, this.#chosen[this.#offset + 1 + c])) continue;
      if (!this.workOut(component)) return false;
    }
    return true;
  }

  /** Puts what is open of a content into `values`, in the thread that is looked at; returns whether anything is. */
  workOut(component: Component): boolean {
    const { thread } = this.#view;
    if (this.#worked === component && this.#workedIn === thread) return this.#workedAny;
    this.#worked = component;
    this.#workedIn = thread;
    this.#workedAny = this.#judge(component);
    return this.#workedAny;
  }

  #isOpen(component: Component, choice: number): boolean {
    const { rules } = component;
    const base = this.#narrow(component);
    const value = base + choice;
    if (!(choice < component.size) || value < this.#bounds[0] || value > this.#bounds[1]) return false;
    for (let r = 0; r < rules.length; r++) if (!rules[r].permits(this.#view, value)) return false;
    return true;
  }

  #judge(component: Component): boolean {
    const { size, rules } = component;
    const base = this.#narrow(component);
    const { values } = this;
    const first = Math.max(0, this.#bounds[0] - base);
    const behind = Math.min(size, this.#bounds[1] - base + 1);
    for (let v = 0; v < size; v++) values[v] = v >= first && v < behind ? 1 : 0;
    if (rules.length === 0) return first < behind;
    for (let r = 0; r < rules.length; r++) {
      const rule = rules[r];
      // Not -base: a negative zero would make a fraction of every index behind it.
      if (rule.strike !== undefined && rule.strike(this.#view, values, 0 - base) >= 0) continue;
      for (let v = first; v < behind; v++) {
        if (values[v] === 1 && !rule.permits(this.#view, base + v)) values[v] = 0;
      }
    }
    for (let v = first; v < behind; v++) if (values[v] === 1) return true;
    return false;
  }

  /** Sets the bounds that rules leave, and returns the lowest value of the content. */
  #narrow({ parameter, size, narrowing }: Component): number {
    const { base } = this.#tables.parameters[parameter].grid as { base: number };
    this.#bounds[0] = base;
    this.#bounds[1] = base + size - 1;
    for (let r = 0; r < narrowing.length; r++) narrowing[r].narrow(this.#view, this.#bounds);
    return base;
  }
}

/** Values of the largest content that rules judge as a whole. */
function mostJudgedValues({ roles }: Tables): number {
  let most = 0;
  for (const { components } of roles)
    for (const { part, size } of components) if (part < 0) most = Math.max(most, size);
  return most;
}
