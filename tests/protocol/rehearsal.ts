import { createStreams, partsOf, type Rng, sampleSpace } from '#core';
import {
  type CommitmentClaim,
  type CommitmentStatus,
  commitmentStatuses,
  createTalk,
  type Declaration,
  hearersOf,
  type Message,
  Monitor,
  messageId,
  messageOf,
  type Talk,
  type TalkState,
} from '#protocol';

/** A conversation as it went: what was said at which tick. */
export interface Rehearsal {
  readonly messages: readonly { readonly tick: number; readonly message: Message; readonly move: string }[];
  readonly state: TalkState;
  readonly monitor: Monitor;
  readonly talk: Talk;
}

/** What happens at every choice, before it is said. */
export type Probe = (talk: Talk, state: TalkState, monitor: Monitor, agent: number, mask: Uint8Array) => void;

/**
 * One conversation in which everybody chooses at random under their masks. Whatever is said goes to a monitor as a message, and
 * after every message and tick the two have to agree.
 */
export function rehearse(declaration: Declaration, rng: Rng, probe?: Probe, talk = createTalk(declaration)): Rehearsal {
  const state = talk.begin();
  const monitor = new Monitor(declaration, 'c1');
  const messages: { tick: number; message: Message; move: string }[] = [];
  const { names, roleOf } = talk.participants;
  const spaces = talk.tables.roles.map((_, role) => talk.space(role));
  const masks = spaces.map((space) => new Uint8Array(partsOf(space).reduce((sum, size) => sum + size, 0)));
  const actions = spaces.map((space) => new Float64Array(space.sizes.length));
  while (!state.over) {
    const order = declaration.order === 'ring' ? [state.turn] : rng.permutation(names.length);
    for (const agent of order) {
      const mask = masks[roleOf[agent]];
      const action = actions[roleOf[agent]];
      talk.writeMask(state, agent, mask);
      probe?.(talk, state, monitor, agent, mask);
      sampleSpace(spaces[roleOf[agent]], rng, action, mask);
      const message = messageOf(talk, state, agent, action, 'c1');
      const move = talk.say(state, agent, action);
      if (message === undefined) continue;
      const hearing = monitor.hear(message);
      if (!hearing.understood) throw new Error(`${JSON.stringify(message)}: ${JSON.stringify(hearing.violation)}`);
      if (hearing.move !== talk.tables.moves[move].move.id) throw new Error(`heard as ${hearing.move}`);
      messages.push({ tick: state.tick, message, move: hearing.move });
      compare(talk, state, monitor);
    }
    talk.advance(state);
    monitor.advance();
    compare(talk, state, monitor);
  }
  return { messages, state, monitor, talk };
}

/** Some conversations under a protocol. */
export function rehearsals(declaration: Declaration, seed: string, count: number): readonly Rehearsal[] {
  const rng = createStreams(seed).stream(declaration.id);
  return Array.from({ length: count }, () => rehearse(declaration, rng));
}

/** Plays until so many messages were said; returns how often each move was made. */
export function rehearseMoves(
  declaration: Declaration,
  seed: string,
  moves: number,
  probe?: Probe,
): Map<string, number> {
  const rng = createStreams(seed).stream(declaration.id);
  const talk = createTalk(declaration);
  const counts = new Map<string, number>();
  for (let said = 0; said < moves; ) {
    const { messages, monitor, state } = rehearse(declaration, rng, probe, talk);
    const problems = monitor.close(claimsOf(talk, state));
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    for (const { move } of messages) counts.set(move, (counts.get(move) ?? 0) + 1);
    said += Math.max(1, messages.length);
  }
  return counts;
}

/** What a conversation in numbers says about its commitments. */
export function claimsOf(talk: Talk, state: TalkState): Required<CommitmentClaim>[] {
  const { participants, declaration } = talk;
  const { commitments } = declaration;
  return [...state.status].flatMap((status, at) => {
    if (status === 0) return [];
    const owner = participants.ownerOf[Math.floor(at / commitments.length)];
    const { id } = commitments[at % commitments.length];
    const name = owner < 0 ? id : `${id} of ${participants.names[owner]}`;
    const [thread, commitment] = [Math.floor(at / commitments.length), at % commitments.length];
    const debtor = participants.names[talk.debtorOf(state, thread, commitment)];
    const creditor = participants.names[talk.creditorOf(state, thread, commitment)];
    return [{ id: name, status: commitmentStatuses[status] as CommitmentStatus, debtor, creditor }];
  });
}

function compare(talk: Talk, state: TalkState, monitor: Monitor): void {
  const { names, ownerOf } = talk.participants;
  const { states } = monitor;
  for (const [thread, owner] of ownerOf.entries()) {
    const is = talk.tables.states[state.states[thread]];
    const name = names[owner] ?? 'conversation';
    if (states[name] !== is) throw new Error(`${name}: ${is} against ${states[name]}`);
  }
  for (const claim of claimsOf(talk, state)) {
    const { status, debtor, creditor } = monitor.commitments.get(claim.id);
    const is = `${status} ${debtor} ${creditor}`;
    const said = `${claim.status} ${claim.debtor} ${claim.creditor}`;
    if (is !== said) throw new Error(`${claim.id}: ${said} against ${is} of the monitor`);
  }
  for (const [agent, name] of names.entries()) {
    if (Math.abs(state.balance[agent] - monitor.commitments.balanceOf(name)) > 1e-9)
      throw new Error(`balance of ${name}`);
  }
}

/**
 * What the mask closes, said all the same: an utterance with its contents as well made as can be, or an open one with a value that
 * is closed. The monitor has to refuse every one; the rules that it names go to `broken`.
 */
export const sayTheForbidden =
  (broken: Set<string>): Probe =>
  (talk, state, monitor, agent, mask) => {
    const role = talk.tables.roles[talk.participants.roleOf[agent]];
    let at = 1 + role.utterances.length;
    const offsets = role.components.map(({ size }) => {
      at += size;
      return at - size;
    });
    for (const [u, { move, thread }] of role.utterances.entries()) {
      // What is said in one's own thread as in another's is no message of that move.
      if (thread >= 0 && talk.participants.ownerOf[thread] === agent) continue;
      const open = mask[1 + u] === 1;
      const components = role.components.flatMap((component, c) => (component.move === move ? [c] : []));
      const firstOpen = components.map((c) => mask.indexOf(1, offsets[c]) - offsets[c]);
      const choices = open
        ? components.flatMap((c, i) =>
            Array.from({ length: role.components[c].size }, (_, value) => value)
              .filter((value) => mask[offsets[c] + value] === 0)
              .map((value) => firstOpen.map((kept, j) => (j === i ? value : kept))),
          )
        : [firstOpen];
      for (const choice of choices) {
        const message = forced(talk, state, agent, { move, thread }, components, choice);
        const hearing = message === undefined ? undefined : monitor.hear(message);
        if (hearing === undefined) continue;
        if (hearing.understood) throw new Error(`the mask closes what conforms: ${JSON.stringify(message)}`);
        const { clause, rule } = hearing.violation;
        // Nothing is amiss but the time at which it is said.
        if (clause !== 'C1' && clause !== 'C4') throw new Error(JSON.stringify([message, hearing.violation]));
        if (rule !== undefined) broken.add(rule);
      }
    }
  };

/** A message as its sender would make it who does not look at the mask. */
function forced(
  { tables, participants, declaration }: Talk,
  state: TalkState,
  agent: number,
  { move, thread: addressed }: Talk['tables']['roles'][number]['utterances'][number],
  components: readonly number[],
  choice: readonly number[],
): Message | undefined {
  const role = tables.roles[participants.roleOf[agent]];
  const thread = addressed >= 0 ? addressed : Math.max(0, participants.threadOf[agent]);
  const everywhere = move.move.thread === 'all';
  const first = thread * tables.parameters.length;
  const receiver = hearersOf(participants, move.move, agent, everywhere ? -1 : thread).map(
    (a) => participants.names[a],
  );
  if (receiver.length === 0) return undefined;
  const values = new Map<number, number>();
  for (const [i, c] of components.entries()) {
    const { parameter, weight } = role.components[c];
    values.set(parameter, (values.get(parameter) ?? 0) + weight * choice[i]);
  }
  const content = Object.fromEntries(
    [...move.in, ...move.keys, ...move.out].map((index) => {
      const { name, grid } = tables.parameters[index];
      const kept = state.values[first + index];
      if (grid === null) return [name, move.keys.includes(index) ? kept : kept - 1];
      return [name, grid.valueAt(values.get(index) ?? kept)];
    }),
  );
  const cited = state.lastMessage[thread];
  return {
    performative: move.move.performative,
    sender: participants.names[agent],
    receiver,
    content,
    language: 'json',
    encoding: 'utf-8',
    protocol: declaration.id,
    conversationId: 'c1',
    replyWith: messageId(state.said + 1),
    ...(move.move.reply && cited > 0 ? { inReplyTo: messageId(cited) } : {}),
  };
}
