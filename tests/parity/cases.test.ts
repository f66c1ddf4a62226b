import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCase, replayCase } from '#cli/parity/index';

const folder = fileURLToPath(new URL('cases/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

describe('recorded upstream episodes', () => {
  it('include every suite', () => {
    expect(files.length).toBeGreaterThanOrEqual(49);
  });

  for (const file of files.sort()) {
    it(`${file} is reproduced`, () => {
      const text = readFileSync(`${folder}${file}`, 'utf8');
      const { ok, difference, steps } = replayCase(parseCase(text, file), file);
      expect(difference).toBeNull();
      expect(ok).toBe(true);
      expect(steps).toBeGreaterThan(0);
    });
  }
});
