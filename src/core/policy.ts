import type { RoleLayout } from './agents.ts';
import type { Rng } from './rng.ts';

/** What an actor is made for: a world, a role in it, and how many agents of that role it will act for. */
export interface ActorContext {
  readonly env: { readonly id: string; readonly params: unknown };
  readonly role: RoleLayout;
  /** Rows that the actor keeps memory for; each row is one agent in one env. */
  readonly rows: number;
  readonly rng: Rng;
}

/**
 * The rows that act now. Row numbers index everything else.
 *
 * Shapes: R rows: observations [R, O], masks [R, M], actions [R, slots]; `rows[0..count-1]` are those to fill in.
 */
export interface ActBatch {
  readonly rows: Int32Array;
  readonly count: number;
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float64Array;
  /** What the actor is to account for beside; absent where nobody asks. */
  readonly account?: Account;
}

/**
 * How actions came about, for records that hold agents to them. An actor writes what it knows; what stands there before means unknown.
 *
 * Shapes: [R] each.
 */
export interface Account {
  /** Draws that the actor's generator has made so far. */
  drawn(): number;
  /** With what probability each action was chosen; not a number where there is none, as in a box, or where it is not known. */
  readonly probability: Float64Array;
  /** Draws that had been made before each action. */
  readonly counter: Float64Array;
}

/** A policy at work in a set of rows. What it remembers is per row and plain data. */
export interface Actor {
  act(batch: ActBatch): void;
  /** A new episode begins in this row. */
  begin(row: number): void;
  /** Everything it remembers, for a checkpoint. Absent where there is nothing. */
  snapshot?(): unknown;
  restore?(snapshot: unknown): void;
  /** SHA-256 of the network that it acts by: topology and weights. Absent where there is none, or none that was read from files. */
  readonly hash?: string;
}

/** Anything that can take a seat: scripted, learned, frozen, remote. */
export interface Policy {
  readonly id: string;
  readonly card: PolicyCard;
  /** Throws PolityError (input) when this policy cannot play that role of that world, saying why. */
  createActor(context: ActorContext): Actor;
}

export interface PolicyCard {
  readonly title: string;
  readonly description: string;
  readonly source: string;
  /** Worlds it is made for; `*` is any. */
  readonly worlds: readonly string[];
}

/** One row as a scripted policy sees it. */
export interface View<Memory> {
  readonly observation: Float32Array;
  readonly mask: Uint8Array;
  /** What the policy keeps for this row over the episode; made anew by `remember` when an episode begins. */
  readonly memory: Memory;
  readonly rng: Rng;
}

export interface ScriptedSpec<Setup, Memory> {
  readonly id: string;
  readonly card: PolicyCard;
  /** Reads the role and the parameters once. Throws PolityError (input) where the policy cannot play. */
  prepare(context: ActorContext): Setup;
  remember(setup: Setup): Memory;
  /** Writes the action slots of one row. */
  act(view: View<Memory>, out: Float64Array, setup: Setup): void;
}

/** Makes a policy from a rule for one row; batching and memory are done here. */
export function defineScripted<Setup, Memory>(spec: ScriptedSpec<Setup, Memory>): Policy {
  return {
    id: spec.id,
    card: spec.card,
    createActor(context) {
      const { role, rows, rng } = context;
      const setup = spec.prepare(context);
      const memories: Memory[] = Array.from({ length: rows }, () => spec.remember(setup));
      return {
        act({ rows: list, count, observations, masks, actions, account }) {
          for (let k = 0; k < count; k++) {
            const row = list[k];
            const observation = observations.subarray(row * role.observationSize, (row + 1) * role.observationSize);
            const mask = masks.subarray(row * role.maskSize, (row + 1) * role.maskSize);
            const out = actions.subarray(row * role.actionSize, (row + 1) * role.actionSize);
            const before = account?.drawn();
            spec.act({ observation, mask, memory: memories[row], rng }, out, setup);
            if (account === undefined) continue;
            account.counter[row] = before as number;
            // A rule that drew nothing could not have done anything else.
            if (account.drawn() === before) account.probability[row] = 1;
          }
        },
        begin(row) {
          memories[row] = spec.remember(setup);
        },
        snapshot: () => structuredClone(memories),
        restore(snapshot) {
          const kept = structuredClone(snapshot) as Memory[];
          for (let row = 0; row < rows; row++) memories[row] = kept[row];
        },
      };
    },
  };
}
