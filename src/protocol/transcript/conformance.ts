import type { CommitmentEvent } from '../commitment.ts';
import type { Declaration } from '../declaration.ts';
import { type CommitmentClaim, Monitor } from '../monitor/monitor.ts';
import type { Problem } from './problem.ts';
import type { TranscriptRecord } from './record.ts';

/** Lets time pass in silence, up to a tick. */
function pass(monitor: Monitor, tick: number): void {
  while (monitor.tick < tick && !monitor.over) monitor.advance();
}

/** Hears the messages of a transcript again, at their ticks, and says which do not conform. */
export function conformance(
  declaration: Declaration,
  conversationId: string,
  records: ReadonlyMap<number, { readonly record: TranscriptRecord; readonly line: number }>,
): Problem[] {
  const problems: Problem[] = [];
  const monitor = new Monitor(declaration, conversationId);
  const claims = new Map<string, CommitmentClaim>();
  for (const { record, line } of records.values()) {
    const report = (message: string) => problems.push({ kind: 'nonconforming', line, record: record.seq, message });
    pass(monitor, record.t);
    if (record.kind === 'message' || record.kind === 'refused') {
      const heard = monitor.hear(record.body.message);
      if (record.kind === 'message' && !heard.understood)
        report(`${heard.violation.clause}: ${heard.violation.message}`);
      if (record.kind === 'refused' && heard.understood) report('it conforms, and was refused');
      if (heard.understood && heard.message.sender !== record.actor) report(`it is recorded as of ${record.actor}`);
    } else if (record.kind === 'commitment') {
      const { commitment: id, status, debtor, creditor } = record.body as unknown as CommitmentEvent;
      claims.set(id, { id, status, debtor, creditor });
    } else if (record.kind === 'close') {
      // A world may end where nobody can say anything any more, or be cut off; what is silent until the deadline is no breach.
      if (record.body.ended === 'truncated') continue;
      if (record.body.ended === 'terminated') pass(monitor, declaration.deadline?.ticks ?? 0);
      for (const { clause, message } of monitor.close([...claims.values()])) report(`${clause}: ${message}`);
    }
  }
  return problems;
}
