import { PolityError } from '#core';
import { createDomain, type Domain } from './domain.ts';
import type { GivenDomain, UtilitySpec } from './params.ts';
import { mostOutcomes } from './params.ts';

/**
 * What every outcome is worth.
 *
 * Throws: PolityError (input) where a utility is about another number of issues, values or outcomes than there are.
 */
export function tabulateUtility(spec: UtilitySpec, sizes: readonly number[], where: string): Float64Array {
  const count = sizes.reduce((product, size) => product * size, 1);
  if (spec.kind === 'table') {
    requireLength(`${where}.utilities`, spec.utilities.length, count, 'one number for each outcome');
    return Float64Array.from(spec.utilities);
  }
  if (spec.kind === 'additive') return tabulateSum(spec, sizes, count, where);
  return tabulateBoxes(spec, sizes, count, where);
}

/** A domain that was written out in full. Throws: PolityError (input) where its parts do not fit each other. */
export function givenDomain({ sizes, utilities, reserved }: GivenDomain, parties: number, where: string): Domain {
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count < 2 || count > mostOutcomes) {
    const expected = `2 to ${mostOutcomes} outcomes`;
    throw new PolityError({ code: 'input', where: `${where}.sizes`, message: 'outcomes', got: `${count}`, expected });
  }
  requireLength(`${where}.utilities`, utilities.length, parties, 'one for each party');
  requireLength(`${where}.reserved`, reserved.length, parties, 'one for each party');
  return createDomain(
    sizes,
    utilities.map((spec, party) => tabulateUtility(spec, sizes, `${where}.utilities.${party}`)),
    reserved,
  );
}

type Additive = Extract<UtilitySpec, { kind: 'additive' }>;
type Constraints = Extract<UtilitySpec, { kind: 'constraints' }>;

function tabulateSum(
  { weights, values }: Additive,
  sizes: readonly number[],
  count: number,
  where: string,
): Float64Array {
  requireLength(`${where}.weights`, weights.length, sizes.length, 'one for each issue');
  requireLength(`${where}.values`, values.length, sizes.length, 'a list for each issue');
  for (const [issue, of] of values.entries()) {
    requireLength(`${where}.values.${issue}`, of.length, sizes[issue], 'a number for each value of the issue');
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) {
    const expected = 'a sum above 0';
    throw new PolityError({ code: 'input', where: `${where}.weights`, message: 'nothing counts', expected });
  }
  const utilities = new Float64Array(count);
  const digits = new Int32Array(sizes.length);
  for (let outcome = 0; outcome < count; outcome++) {
    let sum = 0;
    for (let issue = 0; issue < sizes.length; issue++) sum += (weights[issue] / total) * values[issue][digits[issue]];
    utilities[outcome] = Math.min(1, sum);
    advance(digits, sizes);
  }
  return utilities;
}

/**
 * Utilities that no sum over issues can give: an outcome gains what each box that holds it is worth.
 *
 * Source: Ito, Klein and Hattori (2008), "A multi-issue negotiation protocol among agents with nonlinear utility functions".
 */
function tabulateBoxes({ boxes }: Constraints, sizes: readonly number[], count: number, where: string): Float64Array {
  for (const [i, { from, to }] of boxes.entries()) {
    requireLength(`${where}.boxes.${i}.from`, from.length, sizes.length, 'one for each issue');
    requireLength(`${where}.boxes.${i}.to`, to.length, sizes.length, 'one for each issue');
  }
  const utilities = new Float64Array(count);
  const digits = new Int32Array(sizes.length);
  let most = 0;
  for (let outcome = 0; outcome < count; outcome++) {
    let sum = 0;
    for (const { from, to, worth } of boxes) {
      let within = true;
      for (let issue = 0; issue < sizes.length && within; issue++) {
        within = digits[issue] >= from[issue] && digits[issue] <= to[issue];
      }
      if (within) sum += worth;
    }
    utilities[outcome] = sum;
    most = Math.max(most, sum);
    advance(digits, sizes);
  }
  if (most === 0) {
    const remedy = 'Give a box that holds an outcome a worth above 0';
    throw new PolityError({ code: 'input', where: `${where}.boxes`, message: 'no outcome is worth anything', remedy });
  }
  for (let outcome = 0; outcome < count; outcome++) utilities[outcome] /= most;
  return utilities;
}

/** Counts on, the last digit fastest. */
function advance(digits: Int32Array, sizes: readonly number[]): void {
  for (let issue = sizes.length - 1; issue >= 0; issue--) {
    digits[issue]++;
    if (digits[issue] < sizes[issue]) return;
    digits[issue] = 0;
  }
}

function requireLength(where: string, length: number, wanted: number, what: string): void {
  if (length === wanted) return;
  const expected = `${wanted}, ${what}`;
  throw new PolityError({ code: 'input', where, message: 'a list of another length', got: `${length}`, expected });
}
