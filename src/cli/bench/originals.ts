import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PolityError } from '#core';
import { findPython, peerScript, pythonsNamed } from './pythons.ts';

/** Worlds with an original in Python that `bench/peers/original_worlds.py` can drive, and the modules that it takes. */
const modulesOf: Readonly<Record<string, string>> = {
  'simple-spread': 'mpe2',
  'simple-reference': 'mpe2',
  'simple-speaker-listener': 'mpe2',
  'simple-tag': 'mpe2',
  'simple-adversary': 'mpe2',
  foraging: 'lbforaging',
  rware: 'rware',
  overcooked: 'overcooked_ai_py',
  hanabi: 'pyspiel',
};

/** The Python original of a world, ready to be measured. */
export interface Original {
  /** Package and version. */
  readonly name: string;
  /** Env-steps a second over some seconds. Throws: PolityError (failure) when the process has ended. */
  rate(seconds: number): Promise<number>;
  close(): void;
}

/**
 * Starts the original of a world. `undefined` where there is none, or no Python has it: then `note` is told, with the remedy.
 *
 * Throws: PolityError (failure) when the process ends before it is ready.
 */
export async function startOriginal(world: string, note: (text: string) => void): Promise<Original | undefined> {
  const modules = modulesOf[world];
  if (modules === undefined) return undefined;
  const script = peerScript('original_worlds.py');
  const pythons = pythonsNamed();
  const python = script === undefined ? undefined : await findPython(pythons, modules);
  if (script === undefined || python === undefined) {
    const why =
      script === undefined
        ? 'original_worlds.py is in the repository only'
        : `no Python of ${pythons.join(', ')} has ${modules}`;
    note(`the original in ${modules} is left out: ${why}; name interpreters in POLITY_PEER_PYTHONS`);
    return undefined;
  }
  const child = spawn(python, [script, world], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) {
      const message = 'the original stopped';
      throw new PolityError({ code: 'failure', where: `${python} ${script} ${world}`, message, got: complaint.trim() });
    }
    return JSON.parse(value) as Record<string, never>;
  };
  const { package: name, version } = await next();
  return {
    name: `${name} ${version}`,
    async rate(seconds) {
      child.stdin.write(`${seconds}\n`);
      return (await next()).envSteps;
    },
    close: () => void child.kill(),
  };
}
