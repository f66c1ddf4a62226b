import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileIn, type Project, reachedBy, readProject } from './arrows.ts';
import { root, textOf } from './source-files.ts';

const house = JSON.parse(textOf('tsconfig.json').replace(/^\s*\/\/.*$/gm, '')) as { references: { path: string }[] };
const folders = house.references.map(({ path }) => path).filter((path) => path !== 'tests');
const projects: ReadonlyMap<string, Project> = new Map(folders.map((folder) => [folder, readProject(folder)]));

/** Floors of DESIGN §1. An arrow goes from a higher floor to a lower one. */
const floors: Readonly<Record<string, number>> = {
  'src/core': 0,
  'src/math': 1,
  'src/metrics': 1,
  'src/protocol': 1,
  'src/engine': 2,
  envs: 2,
  policies: 2,
  'src/learn': 3,
  'src/train': 3,
  'src/report': 3,
  'src/gateway': 4,
  'src/cli': 5,
  'src/web': 5,
};
const content = ['envs', 'policies'];
const doors = ['src/cli', 'src/web', 'src/gateway'];
/** Floor mates that may see each other. */
const sideways = new Set(['src/train -> src/learn', 'src/cli -> src/web']);

/** A line that imports a file of a folder, by its path. */
function importOf(project: Project, target: string): string {
  const file = projects.get(target)?.files.find((name) => !name.endsWith('.d.ts'));
  if (file === undefined) throw new Error(`${target} has no files`);
  return `import '${relative(join(root, project.folder), file).replaceAll('\\', '/')}';`;
}

/** The folders whose import the compiler refuses, by the file that it says is not the project's. */
function refused(messages: readonly string[]): string[] {
  const files = messages.flatMap((message) => /^File '(.+)' is not listed/.exec(message)?.[1] ?? []);
  const found = files.map((file) => relative(root, file).replaceAll('\\', '/'));
  return [...new Set(found.map((file) => folders.find((folder) => file.startsWith(`${folder}/`)) ?? file))].sort();
}

describe('arrows of the house', () => {
  it('go down, from content to the machine and never back, and join both in the doors alone', () => {
    const wrong: string[] = [];
    for (const { folder, references } of projects.values()) {
      expect(floors[folder], `${folder} has a floor`).toBeDefined();
      for (const target of references) {
        const down = floors[target] < floors[folder] || sideways.has(`${folder} -> ${target}`);
        const toContent = content.includes(target) && !doors.includes(folder);
        if (!down || toContent) wrong.push(`${folder} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(folders)('%s: the compiler refuses every import that no arrow allows, and no other', (folder) => {
    const project = projects.get(folder) as Project;
    const others = folders.filter((other) => other !== folder);
    const reached = reachedBy(folder, projects);
    const text = others.map((other) => importOf(project, other)).join('\n');
    expect(refused(compileIn(project, text))).toEqual(others.filter((other) => !reached.has(other)).sort());
  });

  it('hold for aliases as they do for paths', () => {
    const core = projects.get('src/core') as Project;
    const text = "import '#train'; import '#math/returns'; import '#envs'; import '#core/env';";
    expect(refused(compileIn(core, text))).toEqual(['envs', 'src/math', 'src/train']);
  });
});

describe('a file below the doors', () => {
  it('does not compile when it names a platform', () => {
    const core = projects.get('src/core') as Project;
    const text =
      "import 'node:fs';\nprocess.exit();\ndocument.title;\nwindow.close();\nsetTimeout(() => 1);\nconsole.log(1);";
    const messages = compileIn(core, text, true).map((message) => /'([\w:]+)'/.exec(message)?.[1]);
    expect(messages).toEqual(['node:fs', 'process', 'document', 'window', 'setTimeout', 'console']);
    expect(compileIn(core, 'export const copy: Float32Array = structuredClone(new Float32Array(3));', true)).toEqual(
      [],
    );
  });

  it.each(folders.filter((folder) => !doors.includes(folder)))(
    '%s is compiled without Node and without the DOM',
    (folder) => {
      const { types, lib } = (projects.get(folder) as Project).options;
      expect([types, lib]).toEqual([[], ['lib.es2023.d.ts']]);
    },
  );
});
