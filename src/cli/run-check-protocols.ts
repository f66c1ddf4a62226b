import { checkDeclaration, counterExampleText, declarationChecks } from '#protocol';
import { colours } from './colours.ts';
import { loadDeclarations } from './load-protocols.ts';
import { factsText } from './terminal-table.ts';

export interface CheckProtocolsOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Names the checks that found nothing, too. */
  readonly verbose: boolean;
}

/**
 * Runs the static checks over declarations and prints what they find. Returns the exit code: 1 when something is wrong.
 *
 * Throws: PolityError (input) for what is no declaration.
 */
export async function runCheckProtocols(
  targets: readonly string[],
  { json, quiet, verbose }: CheckProtocolsOptions,
): Promise<number> {
  const declarations = (await Promise.all(targets.map(loadDeclarations))).flat();
  const reports = declarations.map((declaration) => {
    const findings = checkDeclaration(declaration);
    return { id: declaration.id, ok: findings.length === 0, findings };
  });
  const failed = reports.filter(({ ok }) => !ok).length;
  const passed = reports.length - failed;
  if (json) console.log(JSON.stringify({ protocols: reports, passed, failed }));
  else {
    for (const { id, ok, findings } of reports) {
      if (ok && quiet) continue;
      console.log(`${ok ? colours.green('ok') : colours.red('broken')}  ${id}`);
      for (const { check, message, counterExample } of findings) {
        const run = `${counterExampleText(counterExample)} (thread: ${counterExample.thread})`;
        console.log(
          factsText([
            [`  ${check}`, message],
            ['', run],
          ]),
        );
      }
      if (verbose && ok) console.error(factsText(declarationChecks.map((check) => [`  ${check.id}`, check.explains])));
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
  return failed === 0 ? 0 : 1;
}
