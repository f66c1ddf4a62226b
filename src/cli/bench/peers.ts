import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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
  const pythons = (process.env.POLITY_PEER_PYTHONS ?? 'python3').split(':').filter((path) => path !== '');
  const found: FoundPeer[] = [];
  for (const { name, script, modules, envSteps } of peers) {
    const path = fileURLToPath(new URL(`../../../../bench/peers/${script}`, import.meta.url));
    const python = existsSync(path) ? await firstWith(pythons, modules) : undefined;
    if (python === undefined) {
      const why = existsSync(path)
        ? `no Python of ${pythons.join(', ')} has ${modules}`
        : `${script} is in the repository only`;
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

async function firstWith(pythons: readonly string[], modules: string): Promise<string | undefined> {
  const question = `import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m.strip()) is None for m in '${modules}'.split(',')))`;
  for (const python of pythons) {
    try {
      await run(python, ['-c', question]);
      return python;
    } catch {
      // Not this one: it is absent, or lacks a module.
    }
  }
  return undefined;
}
