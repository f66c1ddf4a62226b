import { readFileSync } from 'node:fs';
import { PolityError } from '#core';
import { parityDocument, parseCase, replayCase } from './parity/index.ts';

/**
 * Replays recorded episodes and prints one line a case (with `quiet` of those that differ only), or the `parity` document.
 * Returns the exit code.
 *
 * Throws: PolityError (input) for a file that cannot be read or is not a recorded episode.
 */
export function runParity(files: readonly string[], json: boolean, quiet = false): number {
  const document = parityDocument(files.map((file) => replayCase(parseCase(read(file), file), file)));
  if (json) console.log(JSON.stringify(document));
  else {
    for (const { file, world, ok, steps, difference } of document.cases) {
      if (ok && quiet) continue;
      const where = difference === null ? '' : ` ${JSON.stringify(difference)}`;
      console.log(`${ok ? 'ok' : 'differs'}  ${file}  ${world}, ${steps} steps${where}`);
    }
    console.log(`${document.passed} passed, ${document.failed} failed`);
  }
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
