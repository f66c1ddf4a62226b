import { type AnyEnv, type ConformanceReport, checkEnv, conformanceRules, PolityError } from '#core';
import { worlds } from '#envs';
import { colours } from './colours.ts';
import { isModulePath, loadWorlds } from './load-worlds.ts';
import { factsText } from './terminal-table.ts';

export interface CheckEnvOptions {
  /** Every world that ships. */
  readonly all: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Names the rules that hold, too. */
  readonly verbose: boolean;
}

interface Candidate {
  readonly env: AnyEnv;
  /** Worlds that ship owe a complete card. */
  readonly requireCard: boolean;
}

/**
 * Runs the conformance kit over worlds and prints what it found. Returns the exit code: 1 when a rule is broken.
 *
 * Throws: PolityError (usage) when no world is named; (input) for an unknown id and for a file that gives no world.
 */
export async function runCheckEnv(targets: readonly string[], options: CheckEnvOptions): Promise<number> {
  const { json, quiet, verbose } = options;
  const candidates = await findCandidates(targets, options.all);
  const reports: ConformanceReport[] = [];
  for (const { env, requireCard } of candidates) {
    const report = checkEnv(env, { requireCard });
    reports.push(report);
    if (!json) print(report, quiet, verbose);
  }
  const failed = reports.filter(({ ok }) => !ok).length;
  const passed = reports.length - failed;
  if (json) console.log(JSON.stringify({ worlds: reports, passed, failed }));
  else console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function findCandidates(targets: readonly string[], all: boolean): Promise<readonly Candidate[]> {
  if (all && targets.length > 0) throw usage('ids together with --all', 'Give one of them');
  if (!all && targets.length === 0) throw usage('no world named', 'Give an id, the path of a module, or --all');
  if (all) return worlds.items.map((env) => ({ env, requireCard: true }));
  const found: Candidate[] = [];
  for (const target of targets) {
    if (!isModulePath(target)) found.push({ env: worlds.get(target, 'polity check-env'), requireCard: true });
    else found.push(...(await loadWorlds(target)).map((env) => ({ env, requireCard: false })));
  }
  return found;
}

function usage(message: string, remedy: string): PolityError {
  return new PolityError({ code: 'usage', where: 'polity check-env', message, remedy });
}

function print({ id, ok, failures }: ConformanceReport, quiet: boolean, verbose: boolean): void {
  if (ok && quiet) return;
  console.log(`${ok ? colours.green('ok') : colours.red('broken')}  ${id}`);
  if (failures.length > 0) console.log(factsText(failures.map(({ rule, message }) => [`  ${rule}`, message])));
  if (verbose) {
    const broken = new Set<string>(failures.map(({ rule }) => rule));
    const held = conformanceRules.filter((rule) => !broken.has(rule.id));
    if (ok) console.error(factsText(held.map((rule) => [`  ${rule.id}`, rule.explains])));
  }
}
