import type { Message } from '../message.ts';
import type { Opening } from './record.ts';

/** The names of agents in a transcript beside those that the protocol gives to whoever takes part. */
export class RoleNames {
  readonly #participants: ReadonlyMap<string, string>;
  readonly #agents: ReadonlyMap<string, string>;

  constructor({ protocol, agents }: Pick<Opening, 'protocol' | 'agents'>) {
    const roles = protocol?.roles ?? {};
    const participantOf = (agent: string) =>
      agent.replace(/^(.*)_(?=\d+$)/, (whole, role) => (Object.hasOwn(roles, role) ? `${roles[role]}_` : whole));
    const pairs = agents.map((agent) => ({ agent, participant: participantOf(agent) }));
    this.#participants = new Map(pairs.map(({ agent, participant }) => [agent, participant]));
    this.#agents = new Map(pairs.map(({ agent, participant }) => [participant, agent]));
  }

  /** The name that a participant has in the transcript. */
  agentOf(participant: string): string {
    return this.#agents.get(participant) ?? participant;
  }

  /** The name that an agent has in the protocol. */
  participantOf(agent: string): string {
    return this.#participants.get(agent) ?? agent;
  }

  /** A message of the protocol under the names that the transcript has. */
  inTranscript(message: Message): Message {
    return renamed(message, this.#agents) as Message;
  }

  /** Whatever was said under the names that the protocol has. */
  inProtocol(said: unknown): unknown {
    return renamed(said, this.#participants);
  }
}

function renamed(said: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof said !== 'object' || said === null) return said;
  const named = (value: unknown) => names.get(value as string) ?? value;
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
