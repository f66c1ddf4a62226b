import type { Play } from './play.ts';
import type { RuleId } from './rules.ts';
import { firstDifference } from './same-value.ts';

/** Checks what a world says about a finished episode. */
export function checkEnd(play: Play, state: unknown, when: string): void {
  const kept = structuredClone(state);
  const untouched = (rule: RuleId, what: string) => {
    const difference = firstDifference(kept, state, 'state');
    if (difference !== undefined) play.findings.fail(rule, `${when}: ${what} changed ${difference}`);
  };
  checkMetrics(play, state, when);
  untouched('metrics-sane', 'metrics');
  if (play.findings.has('metrics-sane')) return;
  checkOutcome(play, state, when);
  untouched('outcome-sane', 'outcome');
}

function checkMetrics({ env, params, findings }: Play, state: unknown, when: string): void {
  const metrics = env.metrics && findings.attempt(`${when}: metrics`, () => env.metrics?.(state, params));
  if (metrics === undefined) return;
  for (const [name, value] of Object.entries(metrics.value ?? {})) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) findings.fail('metrics-sane', `${when}: metric name "${name}"`);
    if (!Number.isFinite(value)) findings.fail('metrics-sane', `${when}: metric ${name} is ${value}`);
  }
}

function checkOutcome({ env, params, layout, findings }: Play, state: unknown, when: string): void {
  const outcome = env.outcome && findings.attempt(`${when}: outcome`, () => env.outcome?.(state, params))?.value;
  const negotiation = outcome?.negotiation;
  if (negotiation !== undefined) {
    const { utilities, disagreement, feasible, rounds, firstProposer } = negotiation;
    const parties = utilities.length;
    for (const row of [utilities, disagreement, ...feasible]) {
      if (row.length !== parties || !row.every(Number.isFinite)) {
        findings.fail(
          'outcome-sane',
          `${when}: [${row.join(', ')}] is not one finite utility for each of ${parties} parties`,
        );
      }
    }
    if (!(Number.isInteger(rounds) && rounds >= 0)) findings.fail('outcome-sane', `${when}: ${rounds} rounds`);
    if (!(Number.isInteger(firstProposer) && firstProposer >= 0 && firstProposer < parties)) {
      findings.fail('outcome-sane', `${when}: first proposer is ${firstProposer}`);
    }
  }
  for (const { speaker, meaning, message, own, answer } of outcome?.talk ?? []) {
    const numbers = [
      speaker,
      ...meaning,
      ...message,
      ...(own === undefined ? [] : [own]),
      ...(answer === undefined ? [] : [answer]),
    ];
    if (speaker >= layout.count || !numbers.every((number) => Number.isInteger(number) && number >= 0)) {
      findings.fail(
        'outcome-sane',
        `${when}: an utterance of agent ${speaker} with numbers ${numbers.slice(1).join(', ')}`,
      );
    }
  }
  const game = outcome?.game;
  if (game === undefined) return;
  const named = game.labels.length === layout.count && game.labels.every((labels) => labels.length > 0);
  if (!named)
    findings.fail('outcome-sane', `${when}: action names for ${game.labels.length} of ${layout.count} agents`);
  const { cooperate } = game;
  if (cooperate !== undefined && !game.labels.every((labels) => labels[cooperate] !== undefined)) {
    findings.fail('outcome-sane', `${when}: cooperation is action ${cooperate}, which an agent does not have`);
  }
}
