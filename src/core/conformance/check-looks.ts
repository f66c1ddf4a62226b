import type { Drawing } from '../drawing.ts';
import { contains } from '../space.ts';
import { firstEmptyPart } from '../validation.ts';
import { guarded } from './guarded.ts';
import { isActing, isAlive, type Play } from './play.ts';
import type { RuleId } from './rules.ts';
import { firstDifference, firstUnplain } from './same-value.ts';

/** Two numbers that a world is very unlikely to write itself, exact in float32. */
const sentinels = [12345.625, -54321.375] as const;

/** Checks everything that only looks at a state: observations, masks, state vector, text, drawing. `when` goes into messages. */
export function checkLooks(play: Play, state: unknown, when: string, over: boolean): void {
  const { env, findings, layout } = play;
  const unplain = firstUnplain(state);
  if (unplain !== undefined) findings.fail('state-plain', `${when}: ${unplain}`);
  const clone = findings.attempt(`${when}: structuredClone`, () => structuredClone(state), 'state-plain');
  if (clone === undefined) return;
  let kept = clone.value;
  const untouched = (rule: RuleId) => {
    const difference = firstDifference(kept, state, 'state');
    if (difference === undefined) return;
    findings.fail(rule, `${when}: ${difference} changed`);
    kept = structuredClone(state);
  };
  checkActing(play, state, when);
  untouched('acting-pure');
  for (let agent = 0; agent < layout.count; agent++) {
    if (!isAlive(play, state, agent)) continue;
    checkObservation(play, state, agent, `${when}, ${layout.names[agent]}`, () => untouched('observe-pure'));
  }
  for (let agent = 0; agent < layout.count && !over; agent++) {
    if (!isActing(play, state, agent)) continue;
    checkMask(play, state, agent, `${when}, ${layout.names[agent]}`, () => untouched('legal-pure'));
  }
  if (env.stateVector !== undefined && env.stateSize !== undefined) {
    checkStateVector(play, state, when, () => untouched('state-vector-pure'));
  }
  for (let agent = 0; env.text !== undefined && agent < layout.count; agent++) {
    const text = findings.attempt(`${when}: text`, () => env.text?.(state, agent, play.params));
    if (text !== undefined && (typeof text.value !== 'string' || text.value.trim() === '')) {
      findings.fail('text-sane', `${when}, ${layout.names[agent]}: text is ${JSON.stringify(text.value)}`);
    }
  }
  untouched('text-sane');
  const scene = env.draw && findings.attempt(`${when}: draw`, () => env.draw?.(state, play.params));
  const trouble = scene && drawingProblem(scene.value);
  if (trouble !== undefined) findings.fail('draw-sane', `${when}: ${trouble}`);
  untouched('draw-sane');
}

function checkActing({ env, params, layout, findings }: Play, state: unknown, when: string): void {
  for (const question of ['acting', 'alive'] as const) {
    for (let agent = 0; env[question] !== undefined && agent < layout.count; agent++) {
      const answers: unknown[] = [0, 1].map(() => env[question]?.(state, agent, params));
      if (typeof answers[0] === 'boolean' && answers[0] === answers[1]) continue;
      findings.fail('acting-pure', `${when}, ${layout.names[agent]}: ${question} says ${answers.join(', then ')}`);
    }
  }
}

function checkObservation(play: Play, state: unknown, agent: number, when: string, untouched: () => void): void {
  const { env, params, findings, layout } = play;
  const { observation: space } = layout.roles[layout.roleOf[agent]];
  const size = space.low.length;
  const written = findings.attempt(`${when}: observe`, () =>
    twice(size, when, play, untouched, (row) => env.observe(state, agent, row, params)),
  );
  if (written === undefined) return;
  const [first, second] = written.value;
  for (let i = 0; i < size; i++) {
    if (first[i] === sentinels[0] && second[i] === sentinels[1]) {
      findings.fail('observe-writes-all', `${when}: observation entry ${i} of ${size} is not written`);
      return;
    }
  }
  const difference = firstDifference(first, second);
  if (difference !== undefined)
    findings.fail('observe-pure', `${when}: observation${difference} differs when asked twice`);
  const bad = first.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) findings.fail('observation-finite', `${when}: observation entry ${bad} is ${first[bad]}`);
  else if (!contains(space, first)) {
    const i = first.findIndex((value, k) => !(value >= space.low[k] && value <= space.high[k]));
    findings.fail(
      'observation-in-space',
      `${when}: entry ${i} is ${first[i]}, declared ${space.low[i]}..${space.high[i]}`,
    );
  }
}

function checkMask(play: Play, state: unknown, agent: number, when: string, untouched: () => void): void {
  const { env, params, findings, layout } = play;
  const role = layout.roles[layout.roleOf[agent]];
  const { legal } = env;
  if (legal === undefined || role.maskSize === 0) return;
  const written = findings.attempt(`${when}: legal`, () =>
    [0, 1].map(() => {
      const mask = new Uint8Array(role.maskSize).fill(1);
      const guard = guarded(mask, (index) => findings.fail('writes-in-range', `${when}: legal wrote entry ${index}`));
      legal(state, agent, guard, params);
      untouched();
      return mask;
    }),
  );
  if (written === undefined) return;
  const [mask, again] = written.value;
  const difference = firstDifference(mask, again);
  if (difference !== undefined) findings.fail('legal-pure', `${when}: mask${difference} differs when asked twice`);
  const odd = mask.findIndex((entry) => entry > 1);
  if (odd >= 0) findings.fail('mask-binary', `${when}: mask entry ${odd} is ${mask[odd]}`);
  const empty = firstEmptyPart(role.action, mask);
  const which = role.action.kind === 'discrete' ? 'the mask' : `part ${empty} of the mask`;
  if (empty >= 0) findings.fail('mask-not-empty', `${when}: ${which} allows nothing`);
}

function checkStateVector(play: Play, state: unknown, when: string, untouched: () => void): void {
  const { env, params, findings } = play;
  const size = env.stateSize?.(params) ?? 0;
  const written = findings.attempt(`${when}: stateVector`, () =>
    twice(size, when, play, untouched, (row) => env.stateVector?.(state, row, params)),
  );
  if (written === undefined) return;
  const [first, second] = written.value;
  const unwritten = first.findIndex((value, i) => value === sentinels[0] && second[i] === sentinels[1]);
  if (unwritten >= 0) {
    findings.fail('state-vector-writes-all', `${when}: state vector entry ${unwritten} of ${size} is not written`);
    return;
  }
  const difference = firstDifference(first, second);
  if (difference !== undefined)
    findings.fail('state-vector-pure', `${when}: state${difference} differs when asked twice`);
  const bad = first.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) findings.fail('state-vector-finite', `${when}: state vector entry ${bad} is ${first[bad]}`);
}

/**
 * Lets a world write into two rows filled with different sentinels: what keeps both was not written. `untouched` looks at the
 * state behind each of them, so that a change that a second one takes back is seen too.
 */
function twice(
  size: number,
  when: string,
  { findings }: Play,
  untouched: () => void,
  write: (row: Float32Array) => void,
): [Float32Array, Float32Array] {
  const rows = sentinels.map((sentinel) => {
    const row = new Float32Array(size).fill(sentinel);
    write(
      guarded(row, (index) => findings.fail('writes-in-range', `${when}: wrote entry ${index} of a row of ${size}`)),
    );
    untouched();
    return row;
  });
  return [rows[0], rows[1]];
}

function drawingProblem(drawing: Drawing | undefined): string | undefined {
  if (drawing === undefined || !Array.isArray(drawing.shapes)) return 'draw returned no shapes';
  if (!(drawing.width > 0 && drawing.height > 0)) return `the drawing is ${drawing.width} x ${drawing.height}`;
  for (const [i, shape] of drawing.shapes.entries()) {
    for (const [key, value] of Object.entries(shape)) {
      if (typeof value === 'number' && !Number.isFinite(value)) return `shape ${i} (${shape.kind}) has ${key} ${value}`;
    }
  }
  return undefined;
}
