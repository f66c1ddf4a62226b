import { readFileSync } from 'node:fs';
import { PolityError } from '#core';
import { parityDocument, parseCase, refusedCase, replayCase } from './parity/index.ts';

/**
 * Replays recorded episodes and prints one line a case (with `quiet` of those that differ only), or the `parity` document.
 * A case that is refused keeps none of the others from being played; it counts as failed, and the exit code is then that of bad
 * input. Returns the exit code.
 *
 * Throws: PolityError (input) when every file is refused: none can be read, or is a recorded episode.
 */
export function runParity(files: readonly string[], json: boolean, quiet = false): number {
  const refusals: PolityError[] = [];
  const cases = files.map((file) => {
    try {
      return replayCase(parseCase(read(file), file), file);
    } catch (error) {
      if (!(error instanceof PolityError) || error.detail.code !== 'input') throw error;
      refusals.push(error);
      return refusedCase(file, error);
    }
  });
  if (refusals.length === files.length && refusals.length > 0) throw refusals[0];
  const document = parityDocument(cases);
  if (json) console.log(JSON.stringify(document));
  else {
    for (const { file, world, ok, steps, difference } of document.cases) {
      if (ok && quiet) continue;
      const where = difference === null ? '' : ` ${JSON.stringify(difference)}`;
      console.log(`${ok ? 'ok' : 'differs'}  ${file}  ${world}, ${steps} steps${where}`);
    }
    console.log(`${document.passed} passed, ${document.failed} failed`);
  }
  for (const { message } of refusals) console.error(message);
  if (refusals.length > 0) return 2;
  return document.failed === 0 ? 0 : 1;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const remedy = 'Give the path of a recorded episode, as described in tests/parity';
    throw new PolityError({ code: 'input', where: file, message: 'cannot be read', remedy }, { cause: error });
  }
}
