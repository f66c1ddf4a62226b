import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { PolityError } from '#core';
import type { ReadExperiment } from '#train';

/** Reads experiment files from disk; a path that stands in a file is relative to that file. */
export const readExperiment: ReadExperiment = (path, from) => {
  const file = from === null || isAbsolute(path) ? normalize(path) : join(dirname(from), path);
  try {
    return { path: file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'a folder' : (code ?? String(error));
    throw new PolityError(
      {
        code: 'input',
        where: from === null ? file : `${from} › extends`,
        message: `${from === null ? '' : `${file} `}cannot be read (${reason})`,
        expected: 'an experiment in YAML',
        remedy: 'Check the path; experiments/ has files to begin with',
      },
      { cause: error },
    );
  }
};
