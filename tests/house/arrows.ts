import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './source-files.ts';

/** A folder with a TypeScript project of its own. */
export interface Project {
  /** Path from the root: `src/core`. */
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
  /** Folders of the projects that it names as references. */
  readonly references: readonly string[];
}

/** Reads a folder's tsconfig.json, with what it extends. */
export function readProject(folder: string): Project {
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, folder, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  if (parsed === undefined) throw new Error(`${folder} has no tsconfig.json`);
  const references = (parsed.projectReferences ?? []).map(({ path }) => relative(root, path).replaceAll('\\', '/'));
  return { folder, options: parsed.options, files: parsed.fileNames, references };
}

/** Everything that a project reaches through references. */
export function reachedBy(folder: string, projects: ReadonlyMap<string, Project>): Set<string> {
  const reached = new Set<string>();
  const walk = (from: string) => {
    for (const to of projects.get(from)?.references ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      walk(to);
    }
  };
  walk(folder);
  return reached;
}

/**
 * What the compiler says about a new file with this text in a project's folder: the messages, all of them. Other files of the
 * repository count as empty, since only where they lie matters here; libraries are read in full when `libraries` is set.
 */
export function compileIn({ folder, options, references, files }: Project, text: string, libraries = false): string[] {
  const file = join(root, folder, 'new-file.ts').replaceAll('\\', '/');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  host.getSourceFile = (name, language, ...rest) => {
    if (name === file) return ts.createSourceFile(name, text, language);
    const library = libraries && (name.includes('/node_modules/') || name.endsWith('.d.ts'));
    return library ? read(name, language, ...rest) : ts.createSourceFile(name, 'export {};', language);
  };
  const program = ts.createProgram({
    rootNames: [file, ...files],
    options,
    projectReferences: references.map((path) => ({ path: join(root, path) })),
    host,
  });
  const found = program.getSemanticDiagnostics(program.getSourceFile(file));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
