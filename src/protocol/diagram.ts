import type { Commitment, Declaration, Only } from './declaration.ts';

/**
 * The automaton as a Mermaid state diagram: moves with who says them, silence with how long it lasts.
 *
 * @example
 * const ping = declare({
 *   id: 'ping',
 *   roles: [{ name: 'a', count: 1 }, { name: 'b', count: 1 }],
 *   states: [{ name: 'quiet', within: 3, late: 'over' }, { name: 'over', ends: 'success' }],
 *   moves: [{ id: 'ping', performative: 'inform', by: 'a', from: ['quiet'], to: 'over' }],
 * });
 * stateDiagram(ping).split('\n').slice(1) // ['  [*] --> quiet', '  quiet --> over: ping (inform by a)', '  quiet --> over: 3 ticks of silence', '  over --> [*]']
 */
export function stateDiagram({ states, moves, commitments, deadline }: Declaration): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${idOf(states[0].name)}`];
  const arrow = (from: string, to: string, label: string) => lines.push(`  ${idOf(from)} --> ${idOf(to)}: ${label}`);
  for (const { name } of states) if (idOf(name) !== name) lines.push(`  state "${name}" as ${idOf(name)}`);
  for (const { id, performative, by, from, to, onceAll, sender, only } of moves) {
    const label = [`${id} (${performative} by ${by})`, ...notes(id, only, commitments)].join(', ');
    for (const state of from) {
      arrow(state, to, label);
      if (onceAll !== undefined) arrow(state, onceAll, `${label}, once all have`);
    }
    for (const state of sender?.from ?? []) arrow(state, sender?.to ?? state, `${label}, the sender’s own`);
  }
  for (const { name, within, late } of states) {
    if (late !== undefined) arrow(name, late, `${within} tick${within === 1 ? '' : 's'} of silence`);
  }
  if (deadline !== undefined) {
    for (const { name, ends } of states) if (ends === undefined) arrow(name, deadline.to, `tick ${deadline.ticks}`);
  }
  for (const { name, ends } of states) if (ends !== undefined) lines.push(`  ${idOf(name)} --> [*]`);
  return lines.join('\n');
}

/** Who alone says a move, and which commitments it passes on. */
function notes(id: string, only: Only | undefined, commitments: readonly Commitment[]): string[] {
  const list: string[] = [];
  if (only !== undefined && 'named' in only) list.push(`${only.named} alone`);
  else if (only !== undefined)
    list.push('debtor' in only ? `debtor of ${only.debtor}` : `creditor of ${only.creditor}`);
  for (const { id: what, assigns = [], delegates = [] } of commitments) {
    if (assigns.includes(id)) list.push(`assigns ${what}`);
    if (delegates.includes(id)) list.push(`delegates ${what}`);
  }
  return list;
}

/** Mermaid takes no hyphens in the name of a state, and `end` is a word of its own. */
function idOf(state: string): string {
  return state === 'end' ? 'end_' : state.replaceAll('-', '_');
}
