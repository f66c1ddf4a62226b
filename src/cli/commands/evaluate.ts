import type { Command } from '@commander-js/extra-typings';
import { defineSeatingCommand } from './define-command.ts';

export function addEvaluate(program: Command): void {
  defineSeatingCommand(program, {
    name: 'evaluate',
    does: 'seat policies in a world and measure what comes of it',
    example: 'polity evaluate boulware conceder --env bargaining --episodes 200',
  })
    .option('--replays <folder>', 'write the episodes there')
    .option('--transcripts <folder>', 'write each episode there as a transcript, for `polity verify`')
    .option('--key <file>', 'the private key that signs transcripts (`polity keys new`)')
    .option('--listening', 'what messages are worth to it: muted, noisy, shuffled, and forced upon the listener')
    .option('--json', 'print one JSON document')
    .action(async (policies, { param, seed, greedy, json, listening, ...options }) => {
      const { runEvaluate } = await import('../run-evaluate.ts');
      const { parseParams } = await import('../parse-params.ts');
      const { parseSeed } = await import('../plan-runs.ts');
      if (listening === true) {
        const { runListening } = await import('../run-listening.ts');
        const { env, episodes } = options;
        const given = { env, episodes, params: parseParams(param ?? []), seed: parseSeed(seed) };
        await runListening(policies, { ...given, greedy: greedy === true, json: json === true });
        return;
      }
      process.exitCode = await runEvaluate(policies, {
        ...options,
        params: parseParams(param ?? []),
        seed: parseSeed(seed),
        greedy: greedy === true,
        json: json === true,
      });
    });
}
