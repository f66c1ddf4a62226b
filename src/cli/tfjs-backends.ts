import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { PolityError } from '#core';
import type { TensorFlow } from '#engine';

export type TfjsBackend = 'tensorflow' | 'wasm' | 'cpu';

/** What became of one backend on this machine. */
export interface TfjsBackendReport {
  readonly backend: TfjsBackend;
  readonly available: boolean;
  /** Version of what computes: TensorFlow's, or that of the npm package. */
  readonly version?: string;
  /** Why it is not there, and what to do about it. */
  readonly reason?: string;
  readonly remedy?: string;
}

/** In the order in which `auto` takes them. */
export const tfjsBackends: readonly TfjsBackend[] = ['tensorflow', 'wasm', 'cpu'];

/**
 * Loads tfjs with a backend; nothing of it is loaded before. `auto` takes the first that there is.
 *
 * Throws: PolityError (engine) when the backend that was asked for is not there, saying why and what to do.
 */
export async function loadTfjs(wanted: 'auto' | TfjsBackend): Promise<{ tf: TensorFlow; backend: TfjsBackend }> {
  let last: TfjsBackendReport | undefined;
  for (const backend of wanted === 'auto' ? tfjsBackends : [wanted]) {
    const { tf, report } = await tryBackend(backend);
    if (tf !== undefined) return { tf, backend };
    last = report;
  }
  throw new PolityError({
    code: 'engine',
    where: 'engine.backend',
    message: `the tfjs backend "${last?.backend}" is not there (${last?.reason})`,
    remedy: last?.remedy ?? 'Use engine: { kind: simd }',
  });
}

/** Tries every backend; for `polity doctor`. */
export async function findTfjsBackends(): Promise<readonly TfjsBackendReport[]> {
  const reports: TfjsBackendReport[] = [];
  for (const backend of tfjsBackends) reports.push((await tryBackend(backend)).report);
  return reports;
}

interface Attempt {
  /** Absent where the backend is not there. */
  readonly tf?: TensorFlow;
  readonly report: TfjsBackendReport;
}

async function tryBackend(backend: TfjsBackend): Promise<Attempt> {
  try {
    const { tf, version } = await load(backend);
    if (!(await tf.setBackend(backend))) return missing(backend, 'it does not start', reinstall);
    const sum = tf.tidy(() => tf.tensor2d([[1, 2]]).matMul(tf.tensor2d([[3], [4]])));
    const [value] = sum.dataSync();
    sum.dispose();
    if (value !== 11) return missing(backend, `it computes 1 * 3 + 2 * 4 = ${value}`, reinstall);
    return { tf, report: { backend, available: true, version } };
  } catch (error) {
    return missing(backend, ...explain(error));
  }
}

const require = createRequire(import.meta.url);
const build = buildCommand(fileURLToPath(new URL('.', import.meta.resolve('polity/package.json'))));
const reinstall = 'Install again: npm ci';

/** What builds tfjs-node: a script of the clone, or, where Polity is installed in another package, the file that it brings. */
export function buildCommand(packageFolder: string): string {
  const installed = /^(.*[\\/])?node_modules[\\/]/.test(packageFolder);
  return installed ? 'bash node_modules/polity/scripts/install-tfjs-node.sh' : 'npm run tfjs-node';
}

async function load(backend: TfjsBackend): Promise<{ tf: TensorFlow; version: string }> {
  if (backend === 'tensorflow') {
    prepareForTfjsNode();
    // By `require`, since the optional package may not be there for the compiler either.
    const tf = require('@tensorflow/tfjs-node') as TensorFlow;
    const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
    return { tf: quiet(tf), version: binding?.TF_Version ?? tf.version_core };
  }
  const tf = await import('@tensorflow/tfjs');
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  return { tf: quiet(tf), version: tf.version_core };
}

/**
 * tfjs 4.22 calls functions that Node 23 dropped. TensorFlow tells all about the processor unless asked not to, and of oneDNN, which
 * adds numbers in an order of its own, as long as it is on.
 */
function prepareForTfjsNode(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
}

/** Without its advertisement of tfjs-node, which is a warning in its books. */
function quiet(tf: TensorFlow): TensorFlow {
  tf.env().set('PROD', true);
  return tf;
}

function missing(backend: TfjsBackend, reason: string, remedy: string): Attempt {
  return { report: { backend, available: false, reason, remedy } };
}

/** tfjs-node fails in two ways: npm dropped the package, or it has no native part. Anything else is told as it is. */
function explain(error: unknown): [reason: string, remedy: string] {
  const message = error instanceof Error ? error.message : String(error);
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    const name = /'(@tensorflow\/[^']+)'/.exec(message)?.[1] ?? 'a package';
    return [`${name} is not installed`, name === '@tensorflow/tfjs-node' ? `Build it: ${build}` : reinstall];
  }
  if (message.includes('tfjs_binding.node) can not be found')) {
    return ['@tensorflow/tfjs-node is installed without its native part', `Build it: ${build}`];
  }
  return [message.split('\n')[0], `Build it anew: FORCE=1 ${build}`];
}
