import { type EnvDef, flatSize } from '#core';
import type { View } from '#envs';
import type { GameSpec } from './game-adapter.ts';

/** What upstream calls the information state, from a world that can show either view. */
export function informationState<P extends { readonly view: View }, S>(
  world: EnvDef<P, S>,
): NonNullable<GameSpec<P, S>['infoState']> {
  return ({ state, params, driver }, player) => {
    const other: P = { ...params, view: 'information-state' };
    const role = world.roles(other)[driver.layout.roleOf[player]];
    const out = new Float32Array(flatSize(role.observation));
    world.observe(state, player, out, other);
    return out;
  };
}
