import type { Driver } from './driver.ts';
import { PolityError } from './errors.ts';
import { contains, describeSpace, partsOf, type Space } from './space.ts';

/** What validation reads of a driver, whatever its world. */
interface Validated extends ValidatedRows {
  readonly env: { readonly id: string };
}

type ValidatedRows = Pick<
  Driver<never, never>,
  | 'actions'
  | 'acting'
  | 'alive'
  | 'layout'
  | 'lengths'
  | 'maskOf'
  | 'observationOf'
  | 'rewards'
  | 'terminated'
  | 'truncated'
>;

/** Throws when somebody who acts in env e has an action outside its space, or one that its mask forbids. */
export function validateActions(driver: Validated, e: number): void {
  const { layout } = driver;
  for (let agent = 0; agent < layout.count; agent++) {
    const slot = e * layout.count + agent;
    if (driver.acting[slot] === 0) continue;
    const role = layout.roles[layout.roleOf[agent]];
    const from = slot * layout.actionStride;
    const action = driver.actions.subarray(from, from + role.actionSize);
    const got = `[${action.join(', ')}]`;
    if (!contains(role.action, action)) {
      throw broken(driver, e, agent, 'action outside its space', got, describeSpace(role.action));
    }
    if (role.maskSize > 0 && !contains(role.action, action, driver.maskOf(e, agent))) {
      const legal = describeLegal(role.action, driver.maskOf(e, agent));
      throw broken(driver, e, agent, 'illegal action', got, `one that the mask allows: ${legal}`);
    }
  }
}

/** Throws when a reward of env e is not finite, an agent's observation is outside its space, or a mask is empty. */
export function validateMoment(driver: Validated, e: number): void {
  const { layout } = driver;
  const over = driver.terminated[e] === 1 || driver.truncated[e] === 1;
  for (let agent = 0; agent < layout.count; agent++) {
    const slot = e * layout.count + agent;
    const reward = driver.rewards[slot];
    if (!Number.isFinite(reward)) throw broken(driver, e, agent, 'reward', String(reward), 'a finite number');
    const role = layout.roles[layout.roleOf[agent]];
    if (driver.alive[slot] === 1 && (over || driver.acting[slot] === 1)) {
      const row = driver.observationOf(e, agent);
      const { low, high } = role.observation;
      const bad = row.findIndex((value, i) => !(value >= low[i] && value <= high[i]));
      if (bad >= 0) {
        throw broken(driver, e, agent, `observation entry ${bad}`, String(row[bad]), `${low[bad]}..${high[bad]}`);
      }
    }
    if (driver.acting[slot] === 1 && firstEmptyPart(role.action, driver.maskOf(e, agent)) >= 0) {
      throw broken(driver, e, agent, 'mask', 'nothing allowed', 'at least one choice in every part');
    }
  }
}

/** The first part of an action for which a mask allows nothing; -1 when every part has a choice. */
export function firstEmptyPart(space: Space, mask: ArrayLike<number>): number {
  if (space.kind === 'box') return -1;
  let offset = 0;
  for (const [part, size] of partsOf(space).entries()) {
    let legal = 0;
    for (let i = 0; i < size; i++) if (mask[offset + i] !== 0) legal++;
    if (legal === 0) return part;
    offset += size;
  }
  return -1;
}

/** The choices that a mask allows, for a message: `0 2 | 1` for two parts; at most twelve of a part. */
export function describeLegal(space: Space, mask: ArrayLike<number>): string {
  if (space.kind === 'box') return describeSpace(space);
  let offset = 0;
  const parts = partsOf(space).map((size) => {
    const first = offset;
    offset += size;
    const legal = Array.from({ length: size }, (_, choice) => choice).filter((choice) => mask[first + choice] !== 0);
    return legal.length > 12 ? `${legal.slice(0, 12).join(' ')} …` : legal.join(' ');
  });
  return parts.join(' | ');
}

function broken(driver: Validated, e: number, agent: number, message: string, got: string, expected: string) {
  const where = `${driver.env.id} › env ${e} › ${driver.layout.names[agent]} › step ${driver.lengths[e]}`;
  return new PolityError({ code: 'contract', where, message, got, expected });
}
