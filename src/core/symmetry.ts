/**
 * Things of a world that have no order and no meaning of their own, such as colours or symbols: renaming them among each other
 * leaves the game as it is. Thing number s stands at place s of every list.
 */
export interface Interchangeable {
  /** How many things there are. */
  readonly count: number;
  /** By role: where in the observation each thing stands, as often as it does; and which places of the action mask are about it. */
  readonly roles: Readonly<Record<string, ThingPlaces>>;
}

/** Shapes: lists of `count` places each; those of actions lie within one part of the action. */
export interface ThingPlaces {
  readonly observation: readonly (readonly number[])[];
  readonly actions: readonly (readonly number[])[];
}
