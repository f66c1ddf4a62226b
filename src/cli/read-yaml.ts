import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { PolityError } from '#core';

/** Throws: PolityError (input) for a file that cannot be read, and for one that is not YAML, with line and column. */
export function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    const broken = error instanceof YAMLParseError;
    const message = broken
      ? (error.message.split('\n')[0] ?? '').replace(/:$/, '')
      : `cannot be read (${reason(error)})`;
    const remedy = broken ? 'Mend the YAML at that place' : 'Check the path; experiments/ has files to begin with';
    throw new PolityError(
      { code: 'input', where: file, message, expected: 'an experiment in YAML', remedy },
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'no such file' : (code ?? String(error));
}
