import { expect, test } from 'vitest';
import { matches } from './binding.ts';
import { bindings } from './bindings/index.ts';
import { goldenFolder, ownFolder, readGoldenFiles } from './entries.ts';
import { isNotBuilt, notBuilt } from './not-built.ts';

const files = readGoldenFiles(goldenFolder);
const entries = files.flatMap((file) => file.entries);

test('there are golden files to check', () => {
  expect(files.map(({ name }) => name)).not.toEqual([]);
  for (const file of files) expect(file.entries.length, file.name).toBeGreaterThan(0);
});

for (const file of files) {
  for (const entry of file.entries) {
    const about = [entry.fields.game, entry.fields.name, entry.inputs.id, entry.inputs.domain].find(
      (name) => name !== undefined,
    );
    const name = `${entry.file}[${entry.index}] ${about === undefined ? '' : `${about}: `}${entry.call}`;
    const bound = bindings.filter((candidate) => matches(candidate, entry));
    if (bound.length === 0 && isNotBuilt(entry)) {
      test.skip(`${name}: not built yet`, () => {});
      continue;
    }
    test(name, () => {
      expect(bound.length, 'every entry has exactly one binding, or stands on the list of what is not built').toBe(1);
      bound[0].check(entry, file);
    });
  }
}

test('the list of what is not built holds nothing that is', () => {
  const built = entries.filter((entry) => isNotBuilt(entry) && bindings.some((candidate) => matches(candidate, entry)));
  expect(built.map(({ file, index }) => `${file}[${index}]`)).toEqual([]);
});

test.runIf(goldenFolder === ownFolder)('every binding and every item of the list has an entry in our own data', () => {
  const idle = bindings.filter((candidate) => !entries.some((entry) => matches(candidate, entry)));
  expect(idle.map(({ file, call }) => `${file}: ${call}`)).toEqual([]);
  const needless = notBuilt.filter((item) => !entries.some((entry) => isNotBuilt(entry, [item])));
  expect(needless.map(({ file, call }) => `${file}: ${call}`)).toEqual([]);
});
