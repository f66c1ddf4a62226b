import { z } from 'zod';

const shape = z.strictObject({
  attributes: z.int().min(1).max(8).default(3).describe('Attributes of an object, such as colour and form.'),
  values: z.int().min(2).max(64).default(4).describe('Values that each attribute can take.'),
  candidates: z
    .int()
    .min(2)
    .max(64)
    .default(5)
    .describe('Objects that the receiver chooses from, the target among them.'),
  messageLength: z.int().min(1).max(16).default(3).describe('Symbols in a message.'),
  vocabulary: z.int().min(2).max(256).default(4).describe('Different symbols.'),
  heldOut: z
    .int()
    .min(0)
    .max(63)
    .default(1)
    .describe(
      'How many of `values` classes of combinations are held out; a combination’s class is the sum of its values modulo `values`.',
    ),
  targets: z
    .enum(['seen', 'heldOut', 'all'])
    .default('seen')
    .describe('Which combinations are targets: train with seen, test what was learned with heldOut.'),
});

export type ReferentialGameParams = z.infer<typeof shape>;

export const referentialGameParams = shape.superRefine((params, context) => {
  const { attributes, values, candidates, heldOut, targets } = params;
  const combinations = values ** attributes;
  const refuse = (key: string, message: string, input: unknown) =>
    context.addIssue({ code: 'custom', path: [key], message, input });
  if (combinations > 1_000_000)
    refuse('attributes', `at most 1000000 combinations (these make ${combinations})`, attributes);
  else if (candidates > combinations) {
    refuse(
      'candidates',
      `at most ${combinations}, one for each of the ${values}^${attributes} combinations`,
      candidates,
    );
  }
  if (heldOut >= values) refuse('heldOut', `fewer than the ${values} classes that there are`, heldOut);
  if (heldOut === 0 && targets === 'heldOut')
    refuse('heldOut', 'at least 1 where held-out combinations are targets', heldOut);
});

/**
 * Whether a combination is held out. Every value of every attribute occurs on both sides, in as many combinations as any other.
 *
 * @example
 * // The values 2 and 2 add up to 4, which is 0 modulo 4: the first class, which is held out.
 * isHeldOut(2 + 4 * 2, { attributes: 2, values: 4, heldOut: 1 }) // true
 */
export function isHeldOut(
  object: number,
  { attributes, values, heldOut }: Pick<ReferentialGameParams, 'attributes' | 'values' | 'heldOut'>,
): boolean {
  let sum = 0;
  for (let k = 0, left = object; k < attributes; k++, left = Math.floor(left / values)) sum += left % values;
  return sum % values < heldOut;
}

/** The value of an attribute of an object, which is numbered by its values, the first attribute fastest. */
export function valueOfAttribute(object: number, attribute: number, values: number): number {
  return Math.floor(object / values ** attribute) % values;
}
