import type { CommitmentEvent } from '../commitment.ts';
import type { Declaration } from '../declaration.ts';
import type { CommitmentClaim } from '../monitor/monitor.ts';
import { Conversations } from './conversations.ts';
import type { Problem } from './problem.ts';
import type { Opening, TranscriptRecord } from './record.ts';
import { RoleNames } from './role-names.ts';

/** Hears the messages of a transcript again, at their ticks, and says which do not conform. */
export function conformance(
  declaration: Declaration,
  opening: Opening,
  records: ReadonlyMap<number, { readonly record: TranscriptRecord; readonly line: number }>,
): Problem[] {
  const problems: Problem[] = [];
  const talks = new Conversations(declaration, opening);
  const names = new RoleNames(opening);
  const claims = talks.names.map(() => new Map<string, CommitmentClaim>());
  const stepsAreTicks = opening.protocol?.conversations === undefined;
  let latest = 0;
  for (const { record, line } of records.values()) {
    const { body, actor } = record;
    const report = (message: string) => problems.push({ kind: 'nonconforming', line, record: record.seq, message });
    if (stepsAreTicks) talks.reach(0, record.t);
    if (record.kind === 'message' || record.kind === 'refused') {
      const number = talks.numberOf(body.message);
      if (number < latest) report(`the conversation "${talks.names[number]}" was over before`);
      latest = Math.max(latest, number);
      talks.reach(number, typeof body.tick === 'number' ? body.tick : 0);
      const heard = talks.monitors[number].hear(names.inProtocol(body.message));
      if (record.kind === 'message' && !heard.understood)
        report(`${heard.violation.clause}: ${heard.violation.message}`);
      if (record.kind === 'refused' && heard.understood) report('it conforms, and was refused');
      if (heard.understood && heard.message.sender !== names.participantOf(actor))
        report(`it is recorded as of ${actor}`);
    } else if (record.kind === 'commitment') {
      const { commitment: id, status, debtor, creditor } = body as unknown as CommitmentEvent;
      const number = Math.max(0, talks.names.indexOf(body.conversation as string));
      const parties = { debtor: names.participantOf(debtor), creditor: names.participantOf(creditor) };
      claims[number].set(id, { id, status, ...parties });
    } else if (record.kind === 'close') {
      // A world may end where nobody can say anything any more: what is silent until the deadline is no breach.
      if (body.ended === 'terminated') talks.end();
      // Or it is cut off, and what it is in the midst of stays open.
      const ended = body.ended === 'truncated' ? talks.monitors.slice(0, latest) : talks.monitors;
      for (const [number, monitor] of ended.entries()) {
        for (const { clause, message } of monitor.close([...claims[number].values()])) report(`${clause}: ${message}`);
      }
    }
  }
  return problems;
}
