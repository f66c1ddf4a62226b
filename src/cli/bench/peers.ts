import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findPython, peerScript, pythonsNamed } from './pythons.ts';

/** A training of another framework on the same work. */
export interface PeerTraining {
  readonly envSteps: number;
  /** Seconds of collecting and learning. */
  readonly seconds: number;
  /** Seconds before it: imports, and compilation where there is one. */
  readonly startSeconds: number;
}

interface Peer {
  readonly name: string;
  readonly script: string;
  /** What its Python must have. */
  readonly modules: string;
  readonly envSteps: number;
}

/** Scripts in `bench/peers/` of the repository. */
const peers: readonly Peer[] = [
  { name: 'JAX', script: 'ippo_jax.py', modules: 'jax, optax, jaxmarl', envSteps: 400_000 },
  { name: 'SB3', script: 'ppo_sb3.py', modules: 'stable_baselines3, supersuit, mpe2', envSteps: 20_000 },
];

const run = promisify(execFile);

/** A peer that can run here. */
export interface FoundPeer {
  readonly name: string;
  /** The interpreter that has its modules. */
  readonly python: string;
  measure(): Promise<PeerTraining>;
}

/**
 * The peers that can run: `POLITY_PEER_PYTHONS` lists Python interpreters, by colons, and the first that has a peer's modules
 * runs it. What cannot run is said through `note`, with the remedy.
 */
export async function findPeers(note: (text: string) => void): Promise<readonly FoundPeer[]> {
  const pythons = pythonsNamed();
  const found: FoundPeer[] = [];
  for (const { name, script, modules, envSteps } of peers) {
    const path = peerScript(script);
    const python = path === undefined ? undefined : await findPython(pythons, modules);
    if (path === undefined || python === undefined) {
      const why =
        path === undefined
          ? `${script} is in the repository only`
          : `no Python of ${pythons.join(', ')} has ${modules}`;
      note(`${name} left out: ${why}; name interpreters in POLITY_PEER_PYTHONS`);
      continue;
    }
    found.push({
      name,
      python,
      async measure() {
        const { stdout } = await run(python, [path, '--env-steps', String(envSteps)], { maxBuffer: 1 << 24 });
        return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeerTraining;
      },
    });
  }
  return found;
}
