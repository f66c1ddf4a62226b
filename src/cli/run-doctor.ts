import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import v8 from 'node:v8';
import { createSimdEngine } from '#engine';
import { colours } from './colours.ts';
import { factsText } from './terminal-table.ts';
import { findTfjsBackends } from './tfjs-backends.ts';
import { version } from './version.ts';

export interface DoctorOptions {
  /** Where run folders would go. */
  readonly out: string;
  readonly json: boolean;
}

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
  /** Whether anything needs it; what nothing needs may be missing. */
  readonly needed: boolean;
  readonly remedy?: string;
}

/** What was found on a machine; `ok` unless something needed is missing. */
export interface Diagnosis {
  readonly polity: string;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** Looks whether this machine can run Polity and write run folders to `out`, and which tfjs backends there are. */
export async function diagnose(out = 'results'): Promise<Diagnosis> {
  const findings = [nodeFinding(process.versions.node), coresFinding(), kernelsFinding(), writeFinding(out)];
  for (const { backend, available, version: found, reason, remedy } of await findTfjsBackends()) {
    findings.push({
      what: `tfjs ${backend}`,
      ok: available,
      found: available ? (found ?? '') : (reason ?? 'not there'),
      needed: false,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
  return { polity: version(), ok: findings.every((finding) => finding.ok || !finding.needed), findings };
}

/** Prints the diagnosis; returns 1 when something needed is missing. */
export async function runDoctor({ out, json }: DoctorOptions): Promise<number> {
  const diagnosis = await diagnose(out);
  const { polity, ok, findings } = diagnosis;
  if (json) console.log(JSON.stringify(diagnosis));
  else {
    console.log(`${colours.bold('polity')} ${polity}`);
    console.log(factsText(findings.map((finding) => [finding.what, textOf(finding)])));
    console.log(ok ? 'All that is needed is there.' : 'Something that is needed is missing.');
  }
  return ok ? 0 : 1;
}

function textOf({ ok, needed, found, remedy }: Finding): string {
  if (ok) return found;
  const state = needed ? colours.red('missing') : colours.yellow('not there, and not needed');
  return `${state}: ${found}${remedy === undefined ? '' : `. ${remedy}`}`;
}

/** Node 20.19 is the oldest that package.json admits. */
export function nodeFinding(running: string): Finding {
  const [major, minor] = running.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', ok, found: running, needed: true, ...(ok ? {} : { remedy: 'Install Node 20.19 or newer' }) };
}

function coresFinding(): Finding {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  return { what: 'cores', ok: true, found: `${os.availableParallelism()} (${cpu})`, needed: true };
}

function kernelsFinding(): Finding {
  const remedy = 'Use a machine whose WebAssembly has SIMD, or engine: { kind: tfjs }';
  try {
    const { variant } = createSimdEngine({
      enableRelaxed: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
    });
    return { what: 'SIMD kernels', ok: true, found: variant, needed: true };
  } catch (error) {
    return { what: 'SIMD kernels', ok: false, found: reasonOf(error), needed: true, remedy };
  }
}

/** Tries to make a folder where run folders would go; where there is none yet, in the nearest folder above that exists. */
export function writeFinding(out: string): Finding {
  let folder = resolve(out);
  while (!existsSync(folder)) folder = dirname(folder);
  const what = 'write access';
  try {
    rmdirSync(mkdtempSync(join(folder, '.polity-')));
    return { what, ok: true, found: folder, needed: true };
  } catch (error) {
    const remedy = 'Free the folder, or name another with --out';
    return { what, ok: false, found: reasonOf(error), needed: true, remedy };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
