import { PolityError } from '#core';
import { numberText } from '#report/number-text';
import { type ListeningResult, measureListening } from '#train';
import { colours } from './colours.ts';
import { onSomeEngine, seatedRequest } from './library/seated-play.ts';
import { tableText } from './terminal-table.ts';

export interface ListeningOptions {
  /** Absent: the world that the policy was trained in. */
  readonly env?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly episodes: number;
  readonly seed: number | string;
  readonly greedy: boolean;
  readonly json: boolean;
}

/**
 * Says what messages are worth to each policy when it plays with itself, and whether it listens.
 *
 * Throws: PolityError (input) for anything that does not exist or fit, (usage) where no world is known.
 */
export async function runListening(policies: readonly string[], options: ListeningOptions): Promise<void> {
  const { json, ...played } = options;
  const results: ListeningResult[] = [];
  for (const policy of policies) {
    const { catalogue, request } = seatedRequest([policy], played);
    results.push(await onSomeEngine((engine) => measureListening(catalogue, engine, { ...request, policy, noise: 1 })));
  }
  if (results.length === 0) {
    throw new PolityError({ code: 'usage', where: 'polity evaluate --listening', message: 'no policy' });
  }
  if (json) console.log(JSON.stringify(results));
  else for (const result of results) print(result);
}

function print({ env, policy, episodes, returns, worth, causalInfluence }: ListeningResult): void {
  const text = ({ mean, standardError }: { mean: number; standardError: number | null }) =>
    standardError === null ? numberText(mean) : `${numberText(mean)} ± ${numberText(standardError)}`;
  console.log(`${colours.bold(policy)} in ${env}, ${episodes} episodes with itself; ± standard errors`);
  const rows = (['clear', 'muted', 'noisy', 'shuffled'] as const).map((how) => [
    how,
    text(returns[how]),
    how === 'clear' ? '' : text(worth[how]),
  ]);
  console.log(tableText(['messages', 'team return', 'what they are worth'], rows));
  console.log(
    causalInfluence === null
      ? 'Causal influence of messages: not known (no trained network without memory, or nothing was heard)'
      : `Causal influence of messages, uniform interventions: ${text(causalInfluence)} nats over ${causalInfluence.states} moments`,
  );
}
