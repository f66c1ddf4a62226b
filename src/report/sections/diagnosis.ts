import { type Diagnosis, diagnose, type Finding } from '../diagnosis/diagnose.ts';
import { diagnosisRules } from '../diagnosis/rules/index.ts';
import { type Section, section } from '../page-model.ts';
import type { RunGroup } from '../run-data.ts';

/** Reasons why runs may not learn, with what to turn; nothing where none was found. */
export function diagnosis({ runs }: RunGroup): readonly Section[] {
  const found = diagnose(runs);
  if (found.findings.length === 0) return [];
  const learned = found.outcomes.rose === runs.length;
  const several = runs.some(({ rows }) => rows.some((row) => row['society/returnGap'] > 0));
  const unlike =
    learned || !several ? '' : ' Where agents want different things, learning need not raise what they get together.';
  return section('diagnosis', learned ? 'Worth a look' : 'Why is it not learning?', [
    { kind: 'text', text: outcomeText(found, runs.length) + unlike },
    {
      kind: 'findings',
      tone: learned ? 'note' : 'warning',
      findings: found.findings.map((finding) => ({
        title: finding.title,
        where: whereText(finding, runs.length),
        evidence: finding.evidence,
        turns: finding.turns,
        note: `${finding.threshold} Source: ${finding.source}`,
      })),
    },
  ]);
}

/** The line for a page on which nothing was found. */
export function nothingFound(runs: RunGroup['runs']): string {
  if (diagnose(runs).findings.length > 0) return '';
  return ` None of the ${diagnosisRules.length} known reasons for not learning shows in them.`;
}

/** How the return went, for the text above the findings. */
export function outcomeText({ outcomes: { rose, flat, fell, unknown } }: Diagnosis, runs: number): string {
  if (unknown === runs) return 'Whether the return rises is open: too few evaluations.';
  const [all, one] = [(count: number) => count === runs, runs === 1];
  if (all(rose))
    return `The return rose from the first evaluation to the final window${one ? '' : ' in every seed'}; what follows may still cost speed or a better end.`;
  if (all(flat))
    return `The return is where it was at the first evaluation${one ? '' : ', in every seed'}: the difference is within its error.`;
  if (all(fell)) return `The return fell below that of the first evaluation${one ? '' : ' in every seed'}.`;
  const parts = [
    ['rose', rose],
    ['stayed where it was', flat],
    ['fell', fell],
    ['cannot be told', unknown],
  ] as const;
  const told = parts.filter(([, count]) => count > 0).map(([what, count]) => `in ${count} it ${what}`);
  return `Return from the first evaluation to the final window, of ${runs} seeds: ${told.join(', ')}.`;
}

/** Which seeds and policies show a finding; empty where there is one of each. */
export function whereText({ seeds, policies }: Finding, runs: number): string {
  const parts = [
    ...(runs === 1
      ? []
      : [seeds.length === runs ? 'all seeds' : `seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')} of ${runs}`]),
    ...(policies.length === 0 ? [] : [`polic${policies.length === 1 ? 'y' : 'ies'} ${policies.join(', ')}`]),
  ];
  return parts.join('; ');
}
