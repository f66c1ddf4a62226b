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

/**
 * The conversations of a transcript, held one after the other, each heard by a monitor of its own under the names that the protocol
 * gives to whoever takes part. Outside, agents have the names of the transcript.
 */
export class Conversations {
  readonly names: readonly string[];
  readonly #monitors: readonly Monitor[];
  readonly #told: number[];
  readonly #participants: ReadonlyMap<string, string>;
  readonly #agents: ReadonlyMap<string, string>;
  readonly #silence: number;

  constructor(
    declaration: Declaration,
    { protocol, conversationId, agents }: Pick<Opening, 'protocol' | 'conversationId' | 'agents'>,
  ) {
    this.names = protocol?.conversations ?? [conversationId];
    this.#monitors = this.names.map((name) => new Monitor(declaration, name));
    this.#told = this.names.map(() => 0);
    const roles = protocol?.roles ?? {};
    const pairs = agents.map((agent): [string, string] => {
      return [
        agent,
        agent.replace(/^(.*)_(?=\d+$)/, (whole, role) => (Object.hasOwn(roles, role) ? `${roles[role]}_` : whole)),
      ];
    });
    this.#participants = new Map(pairs);
    this.#agents = new Map(pairs.map(([agent, participant]) => [participant, agent]));
    this.#silence = longestSilence(declaration);
  }

  get monitors(): readonly Monitor[] {
    return this.#monitors;
  }

  /** The number of the conversation that a message says it is of; of the first, which is told so, where there is none of this name. */
  numberOf(said: unknown): number {
    const named = (said as { readonly conversationId?: unknown } | null | undefined)?.conversationId;
    return Math.max(0, this.names.indexOf(named as string));
  }

  /** What was said, under the names that the protocol has. */
  inRoles(said: unknown): unknown {
    if (typeof said !== 'object' || said === null) return said;
    const named = (value: unknown) => this.#participants.get(value as string) ?? value;
    const { sender, receiver, content } = said as Record<string, unknown>;
    return {
      ...said,
      ...(sender === undefined ? {} : { sender: named(sender) }),
      ...(Array.isArray(receiver) ? { receiver: receiver.map(named) } : {}),
      ...(typeof content === 'object' && content !== null && !Array.isArray(content)
        ? { content: Object.fromEntries(Object.entries(content).map(([key, value]) => [key, named(value)])) }
        : {}),
    };
  }

  /** The name that a participant has in the transcript. */
  agentOf(participant: string): string {
    return this.#agents.get(participant) ?? participant;
  }

  /** The name that an agent has in the protocol. */
  participantOf(agent: string): string {
    return this.#participants.get(agent) ?? agent;
  }

  /** Time has come to a tick of a conversation: those before it have fallen silent, all of them behind the last one. */
  reach(number: number, tick: number): void {
    for (let before = 0; before < Math.min(number, this.names.length); before++) this.fallSilent(before);
    if (number < this.names.length) pass(this.#monitors[number], tick);
  }

  /** Nobody says anything any more in a conversation. */
  fallSilent(number: number): void {
    const monitor = this.#monitors[number];
    pass(monitor, monitor.tick + this.#silence);
  }

  /** Nobody says anything any more at all. */
  fallSilentAll(): void {
    for (let number = 0; number < this.names.length; number++) this.fallSilent(number);
  }

  /** What has become of commitments since it was asked last, under the names of the transcript. */
  takeEvents(): readonly (CommitmentEvent & { readonly conversation: string })[] {
    return this.#monitors.flatMap(({ commitments: { events } }, number) => {
      const fresh = events.slice(this.#told[number]).map((event) => ({
        ...event,
        conversation: this.names[number],
        debtor: this.agentOf(event.debtor),
        creditor: this.agentOf(event.creditor),
      }));
      this.#told[number] = events.length;
      return fresh;
    });
  }
}
