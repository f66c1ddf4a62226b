import type { Command } from '@commander-js/extra-typings';
import { defineCommand, repeated } from './define-command.ts';

export function addVerify(program: Command): void {
  defineCommand(program, {
    name: 'verify',
    does: 'check transcripts: nothing edited, dropped, moved or replayed, signatures, conformance',
    example: 'polity verify tests/protocol/data/contract-net.jsonl --key tests/protocol/data/key.pub.json',
  })
    .argument('<transcript...>', 'files that hold one record a line')
    .option('--key <file>', 'a public key that may have signed; can be given several times', repeated)
    .option('--rerun', 'play the episode again, to the same hashes')
    .option('--json', 'print one JSON document')
    .action(async (files, { key, rerun, json, quiet }) => {
      const { runVerify } = await import('../run-verify.ts');
      process.exitCode = runVerify(files, {
        keys: key,
        rerun: rerun === true,
        json: json === true,
        quiet: quiet === true,
      });
    });
}
