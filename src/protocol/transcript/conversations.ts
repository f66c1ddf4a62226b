import type { CommitmentEvent } from '../commitment.ts';
import type { Declaration } from '../declaration.ts';
import { Monitor } from '../monitor/monitor.ts';
import type { Opening } from './record.ts';

/** Lets time pass in silence, up to a tick. */
function pass(monitor: Monitor, tick: number): void {
  while (monitor.tick < tick && !monitor.over) monitor.advance();
}

/** How long a conversation can go on when nobody says anything any more. */
function longestSilence({ deadline, states }: Declaration): number {
  return deadline?.ticks ?? states.reduce((sum, { within = 0 }) => sum + within + 1, 0);
}

/** The conversations of a transcript, held one after the other, each heard by a monitor of its own. */
export class Conversations {
  readonly names: readonly string[];
  readonly monitors: readonly Monitor[];
  readonly #told: number[];
  readonly #silence: number;

  constructor(declaration: Declaration, { protocol, conversationId }: Pick<Opening, 'protocol' | 'conversationId'>) {
    this.names = protocol?.conversations ?? [conversationId];
    this.monitors = this.names.map((name) => new Monitor(declaration, name));
    this.#told = this.names.map(() => 0);
    this.#silence = longestSilence(declaration);
  }

  /** The number of the conversation that a message says it is of; of the first, which is told so, where there is none of this name. */
  numberOf(said: unknown): number {
    const named = (said as { readonly conversationId?: unknown } | null | undefined)?.conversationId;
    return Math.max(0, this.names.indexOf(named as string));
  }

  /** Time has come to a tick of a conversation: those before it have fallen silent. */
  reach(number: number, tick: number): void {
    for (const before of this.monitors.slice(0, number)) pass(before, before.tick + this.#silence);
    if (number < this.monitors.length) pass(this.monitors[number], tick);
  }

  /** All conversations are over: nobody says anything any more. */
  end(): void {
    this.reach(this.monitors.length, 0);
  }

  /** What has become of commitments since it was asked last. */
  takeEvents(): readonly (CommitmentEvent & { readonly conversation: string })[] {
    return this.monitors.flatMap(({ commitments: { events } }, number) => {
      const fresh = events.slice(this.#told[number]);
      this.#told[number] = events.length;
      return fresh.map((event) => ({ ...event, conversation: this.names[number] }));
    });
  }
}
