import { type Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { count, defineCommand } from './define-command.ts';

export function addBench(program: Command): void {
  defineCommand(program, {
    name: 'bench',
    does: 'measure speeds: env, engine, act, train, scaling, start, protocol',
    example: 'polity bench env bargaining --repeats 3',
  })
    .argument('[suite]', 'what to measure', 'env')
    .argument('[part...]', 'parts of the suite, for `env` ids of worlds (default: all)')
    .option('--repeats <n>', 'measurements of each', count, 5)
    .option('--seconds <seconds>', 'length of a measurement', duration, 0.5)
    .option('--against <file>', 'an earlier document, to divide by')
    .option('--json', 'print one JSON document')
    .action(async (suite, parts, { repeats, seconds, against, json, quiet }) => {
      const { runBench } = await import('../run-bench.ts');
      await runBench(suite, parts, { repeats, seconds, against, json: json === true, quiet: quiet === true });
    });
}

function duration(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('Expected seconds, above 0 and at most 3600.');
  return value;
}
