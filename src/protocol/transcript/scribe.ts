import type { Hearing, Monitor } from '../monitor/monitor.ts';
import { protocolIn } from './verify.ts';
import { type TranscriptOptions, TranscriptWriter } from './writer.ts';

/** Puts down what a monitor hears, and what becomes of commitments. */
export class Scribe {
  readonly writer: TranscriptWriter;
  readonly #monitor: Monitor;
  #events = 0;

  /** @param options What the transcript is of; agents, conversation and protocol are those of the monitor. */
  constructor(
    monitor: Monitor,
    protocolOptions: unknown,
    agents: readonly string[],
    options: Omit<TranscriptOptions, 'opening'> & { readonly world?: TranscriptOptions['opening']['world'] },
  ) {
    const { world = null, ...rest } = options;
    this.#monitor = monitor;
    this.writer = new TranscriptWriter({
      ...rest,
      opening: {
        protocol: protocolIn(monitor.declaration, protocolOptions),
        conversationId: monitor.conversationId,
        agents: [...agents],
        world,
      },
    });
  }

  /** Has the monitor hear something, and writes down what came of it. */
  hear(said: unknown, actor: string): Hearing {
    const hearing = this.#monitor.hear(said);
    const { tick } = this.#monitor;
    if (hearing.understood) this.writer.record('message', tick, actor, { message: hearing.message });
    else this.writer.record('refused', tick, actor, { message: asJson(said), violation: hearing.violation });
    this.#commitments();
    return hearing;
  }

  advance(): void {
    this.#monitor.advance();
    this.#commitments();
  }

  close(body: object = {}): void {
    this.writer.close(this.#monitor.tick, body);
  }

  #commitments(): void {
    const { events } = this.#monitor.commitments;
    for (; this.#events < events.length; this.#events++) {
      const event = events[this.#events];
      this.writer.record('commitment', event.tick, event.debtor, event);
    }
  }
}

/** What was said as far as JSON has words for it, so that nothing is lost. */
function asJson(said: unknown): unknown {
  try {
    const text = JSON.stringify(said);
    if (text === undefined) return String(said);
    // Half a surrogate pair has no canonical form: then the text itself is kept, in which it is spelled out.
    return /\\ud[89a-f]/i.test(text) ? text : JSON.parse(text);
  } catch {
    // Circular: its words are kept, as far as there are any.
    return Object.prototype.toString.call(said);
  }
}
