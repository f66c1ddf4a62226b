/**
 * A network's description: the topology that tfjs itself reads and writes (`modelTopology` of a `model.json`), as plain data.
 * Anything that `tf.models.modelFromJSON` accepts is one; engines say which layers they can run.
 */
export interface Topology {
  readonly class_name: string;
  readonly config: unknown;
  readonly keras_version?: string;
  readonly backend?: string;
}

/** What a policy network has to provide: sizes in, and what comes out under which name. */
export interface NetworkNeeds {
  readonly observationSize: number;
  /** Logits of a discrete or multi-discrete action (parts side by side), or means of a box action. */
  readonly policyOutputs: number;
  /** Whether a value head (one output) is wanted beside the policy. */
  readonly value: boolean;
  /** T, steps of the sequences that a network with memory reads at once. Default 1: it acts. */
  readonly steps?: number;
  /** A network without memory is wanted, also of an architecture that has one. */
  readonly withoutMemory?: boolean;
}

/**
 * A kind of policy network: from sizes and options to a topology. Outputs come in the order policy, value.
 * `initial` lists the gain of each kernel's orthogonal initialisation by layer name; other layers start as tfjs says: zeros for biases.
 */
export interface Architecture<C = unknown> {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly options: import('zod').ZodType<C>;
  /**
   * H, numbers that the network carries from step to step. It then has a second input [H] and a last output [H], the memory
   * before the first and after the last step; observations are [T, O] and the other outputs [T, ...]. Absent: no memory.
   */
  memorySize?(options: C): number;
  build(
    needs: NetworkNeeds,
    options: C,
  ): { readonly topology: Topology; readonly gains: Readonly<Record<string, number>> };
}
