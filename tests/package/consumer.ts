import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a command gave: exit code, data, messages. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of somebody else's, somewhere else on disk. */
export interface Consumer {
  readonly folder: string;
  write(name: string, text: string): void;
  run(command: string, ...args: readonly string[]): Answer;
  remove(): void;
}

/** Makes an empty project in a folder for temporary files. */
export function createConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'polity-consumer-'));
  const write = (name: string, text: string): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write('package.json', JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  return {
    folder,
    write,
    run: (command, ...args) => run(command, args, folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command and waits for its end. What npm and vitest tell their own children is not passed on. */
export function run(command: string, args: readonly string[], cwd = '.'): Answer {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}
