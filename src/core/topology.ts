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

/** A network that was read from a file: its topology, all its weights in the topology's order, and what tells its bytes apart. */
export interface NetworkFile {
  readonly topology: Topology;
  readonly weights: Float32Array;
  readonly fingerprint: string;
}

/** Reads a `model.json` with its weights. Throws PolityError (input) when it cannot. */
export type ReadNetworkFile = (file: string) => NetworkFile;

/** A network to be made: gains of its kernels by layer, and weights that it begins with instead of drawn ones, by name. */
export interface NetworkPlan {
  readonly topology: Topology;
  readonly gains: Readonly<Record<string, number>>;
  readonly weights?: Readonly<Record<string, Float32Array>>;
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
  /** Options as the resolved experiment is to have them, where they name files: with what tells those apart. Absent: as they are. */
  complete?(options: C, read: ReadNetworkFile): C;
  /** @param read Given wherever files can be read. */
  build(needs: NetworkNeeds, options: C, read?: ReadNetworkFile): NetworkPlan;
}
