import type { Command } from '@commander-js/extra-typings';
import { count, defineCommand, repeated } from './define-command.ts';

export function addTournament(program: Command): void {
  defineCommand(program, {
    name: 'tournament',
    does: 'play policies against each other, each pair in every order, and rate them',
    example: 'polity tournament random boulware linear conceder --env bargaining --episodes 100',
  })
    .argument('<policy...>', 'registered ids, run folders, checkpoints or model.json files')
    .option('--env <id>', 'the world (default: the one that the policies were trained in)')
    .option('--param <key=value>', 'a parameter of the world; may be repeated', repeated)
    .option('--episodes <n>', 'episodes of each line-up', count, 256)
    .option('--seed <seed>', 'what the episodes are drawn from', '1')
    .option('--greedy', 'trained policies take their most probable action')
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
