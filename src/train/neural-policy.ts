import { type ActBatch, describeSpace, type Policy, type PolicyCard, PolityError, type RoleLayout } from '#core';
import type { Network } from '#engine/network';
import { distributionOf, toEnvAction } from '#learn';
import { observationClip } from './observation-normaliser.ts';

/** A network that can take a seat. */
export interface NeuralPolicySpec {
  readonly id: string;
  readonly card: PolicyCard;
  /** Its first output is the row of the action distribution. */
  readonly network: Network;
  readonly role: Pick<RoleLayout, 'observationSize' | 'action'>;
  /** Writes normalised observations in place; null where the network reads them as they are. */
  readonly normalise: ((observations: Float32Array, rows: number) => void) | null;
  /** Most probable actions instead of sampled ones. */
  readonly greedy: boolean;
  /** SHA-256 of topology and weights, where it is known. */
  readonly hash?: string;
}

/**
 * A policy network as a policy: it gathers the rows that act, runs them at once, and draws masked actions.
 *
 * Throws: PolityError (input) from `createActor` when observation size or actions are not those it was trained for.
 */
export function neuralPolicy({ id, card, network, role: trained, normalise, greedy, hash }: NeuralPolicySpec): Policy {
  return {
    id,
    card,
    createActor({ env, role, rows, rng }) {
      if (
        role.observationSize !== trained.observationSize ||
        describeSpace(role.action) !== describeSpace(trained.action)
      ) {
        throw new PolityError({
          code: 'input',
          where: `policy ${id}`,
          message: `cannot play ${role.name} of ${env.id}`,
          got: `${role.observationSize} observed numbers, actions ${describeSpace(role.action)}`,
          expected: `${trained.observationSize} observed numbers, actions ${describeSpace(trained.action)}`,
          remedy: 'Use a policy that was trained for this world with the same parameters',
        });
      }
      const distribution = distributionOf(role.action);
      const { observationSize, maskSize, actionSize } = role;
      const input = new Float32Array(rows * observationSize);
      const drawn = new Float64Array(actionSize);
      // A second input is the network's memory, its last output the next one.
      const size = network.inputSizes[1] ?? 0;
      const memories = new Float32Array(rows * size);
      const recalled = new Float32Array(rows * size);
      const inputs = size === 0 ? [input] : [input, recalled];
      const act = ({ rows: list, count, observations, masks, actions, account }: ActBatch) => {
        for (let k = 0; k < count; k++) {
          const start = list[k] * observationSize;
          for (let i = 0; i < observationSize; i++) input[k * observationSize + i] = observations[start + i];
          for (let i = 0; i < size; i++) recalled[k * size + i] = memories[list[k] * size + i];
        }
        normalise?.(input, count);
        const results = network.forward(inputs, count);
        const outputs = results[0];
        const next = results[results.length - 1];
        for (let k = 0; k < count; k++) {
          for (let i = 0; i < size; i++) memories[list[k] * size + i] = next[k * size + i];
          const mask = maskSize === 0 ? null : masks;
          distribution.load(outputs, k * distribution.outputSize, mask, list[k] * maskSize);
          const before = account?.drawn();
          const logProbability = greedy ? distribution.greedy(drawn, 0) : distribution.sample(rng, drawn, 0);
          if (account !== undefined) {
            account.counter[list[k]] = before as number;
            if (greedy) account.probability[list[k]] = 1;
            else if (role.action.kind !== 'box') account.probability[list[k]] = Math.exp(logProbability);
          }
          toEnvAction(role.action, drawn, 0, actions as Float64Array, list[k] * actionSize);
        }
      };
      return {
        act,
        ...(hash === undefined ? {} : { hash }),
        begin: (row) => memories.fill(0, row * size, (row + 1) * size),
        snapshot: () => memories.slice(),
        restore: (snapshot) => memories.set(snapshot as Float32Array),
      };
    },
  };
}

/** Normalisation with fixed moments, as `policy.json` keeps them. */
export function fixedNormalisation(
  mean: readonly number[],
  variance: readonly number[],
): (observations: Float32Array, rows: number) => void {
  const scale = variance.map((value) => 1 / Math.sqrt(value + 1e-8));
  const size = mean.length;
  return (observations, rows) => {
    for (let at = 0; at < rows * size; at += size) {
      for (let i = 0; i < size; i++) {
        const value = (observations[at + i] - mean[i]) * scale[i];
        observations[at + i] = Math.max(-observationClip, Math.min(observationClip, value));
      }
    }
  };
}
