import type { Command } from '@commander-js/extra-typings';
import { count, defineCommand, repeated } from './define-command.ts';

export function addEnvs(program: Command): void {
  defineCommand(program, {
    name: 'envs',
    does: 'list worlds, show the card of one, or measure what play in it returns',
    example: 'polity envs bargaining',
  })
    .argument('[id]', 'which one')
    .option('--wrappers', 'wrappers instead: what can be put around a world')
    .option('--measure', 'play the world at random and print what that returns, as its card says it')
    .option('--policy <id>', 'measure a scripted policy instead of random play; may be repeated, for roles', repeated)
    .option('--episodes <n>', 'episodes that are measured (default: 10000 at random, 1000 scripted)', count)
    .option('--seed <n>', 'what those episodes are drawn from', Number, 0)
    .option('--json', 'print an array of cards, or what was measured')
    .action(async (id, { json, wrappers, measure, policy = [], episodes, seed }) => {
      if (measure === true) {
        const { runMeasure } = await import('../run-measure.ts');
        runMeasure({ id, policies: policy, episodes, seed, json: json === true });
        return;
      }
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { worldShelf } = await import('../shelves/worlds.ts');
      const { wrapperShelf } = await import('../shelves/wrappers.ts');
      const how = { id, json: json === true };
      if (wrappers === true) printShelf(wrapperShelf, { ...how, where: 'polity envs --wrappers' });
      else printShelf(worldShelf, { ...how, where: 'polity envs' });
    });
}
