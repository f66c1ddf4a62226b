import type { Command } from '@commander-js/extra-typings';
import { defineSeatingCommand } from './define-command.ts';

export function addTournament(program: Command): void {
  defineSeatingCommand(program, {
    name: 'tournament',
    does: 'play policies against each other, each pair in every order, and rate them',
    example: 'polity tournament random boulware linear conceder --env bargaining --episodes 100',
  })
    .option('--out <file>', 'write a page there')
    .option('--json', 'print one JSON document')
    .action(async (policies, { param, seed, greedy, json, quiet, out, env, episodes }) => {
      const { runTournament } = await import('../run-tournament.ts');
      const { parseParams } = await import('../parse-params.ts');
      const { parseSeed } = await import('../plan-runs.ts');
      process.exitCode = await runTournament(policies, {
        env,
        episodes,
        out,
        params: parseParams(param ?? []),
        seed: parseSeed(seed),
        greedy: greedy === true,
        json: json === true,
        quiet: quiet === true,
      });
    });
}
