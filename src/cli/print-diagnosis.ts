import { type Diagnosis, diagnose, type Finding } from '#report/diagnosis/diagnose';
import { outcomeText, whereText } from '#report/sections/diagnosis';
import type { LoadedRun } from './run-folder.ts';
import { wrapped } from './terminal-table.ts';

/**
 * Says on stderr why runs that differ in their seed alone may not be learning; nothing where nothing was found.
 *
 * @param all Also of runs whose return rose.
 */
export function printDiagnosis(runs: readonly LoadedRun[], all: boolean): void {
  const diagnosis: Diagnosis = diagnose(runs);
  const learned = diagnosis.outcomes.rose === runs.length;
  if (diagnosis.findings.length === 0 || (learned && !all)) return;
  console.error(learned ? 'Worth a look:' : 'Why is it not learning?');
  console.error(wrapped(outcomeText(diagnosis, runs.length)).join('\n'));
  for (const finding of diagnosis.findings) console.error(findingText(finding, runs.length));
}

function findingText(finding: Finding, runs: number): string {
  const where = whereText(finding, runs);
  const head = `${finding.title}${where === '' ? '' : ` (${where})`}`;
  const turns = finding.turns.map(({ key, now, advice }) => `${key} (now ${now}): ${advice}`);
  return [head, ...[finding.evidence, ...turns].flatMap((text) => indented(text.replaceAll('`', '')))].join('\n');
}

function indented(text: string): readonly string[] {
  return wrapped(text).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`);
}
