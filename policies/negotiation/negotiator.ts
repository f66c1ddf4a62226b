import { type ActorContext, defineScripted, type Policy, type PolicyCard, PolityError } from '#core';
import { createMemory, type Memory } from './memory.ts';
import { chooseOutcome, type OutcomeTable, outcomeTable, readOutcomes } from './outcome-table.ts';
import { type Party, type Strategy, tolerance } from './party.ts';
import { type RelativeTable, readRelative, relativeTable, writeRelative } from './relative-table.ts';

/** First choice of an action of the protocol: silence, offer, accept, end. */
const say = { offer: 1, accept: 2, end: 3 } as const;
const acceptRelative = 0;

type Table =
  | { readonly face: 'outcomes'; readonly of: OutcomeTable }
  | { readonly face: 'relative'; readonly of: RelativeTable };

/** A strategy as a policy of the world `negotiation`: it answers the offer on the table first and, if it refuses, makes its own. */
export function defineNegotiator(id: string, card: Omit<PolicyCard, 'worlds'>, strategy: Strategy): Policy {
  return defineScripted<Table, Memory>({
    id,
    card: { ...card, worlds: ['negotiation'] },
    prepare(context) {
      const table = tableOf(id, context);
      if (strategy.ranks && table.face === 'relative') {
        throw new PolityError({
          code: 'input',
          where: `${id} › ${context.env.id} › face`,
          message: 'has to see its outcomes one by one',
          got: 'relative',
          expected: 'outcomes',
        });
      }
      return table;
    },
    remember: (table) =>
      table.face === 'relative'
        ? createMemory(0, [], 0)
        : createMemory(table.of.outcomes, table.of.sizes, strategy.models ? table.of.others.length : 0),
    act({ observation, mask, memory, rng }, out, table) {
      const { party } = memory;
      if (table.face === 'outcomes') {
        readOutcomes(table.of, observation, memory);
        if (mask[say.end] !== 0 && losesAnyhow(party)) {
          out.fill(0);
          out[0] = say.end;
          return;
        }
        const proposal = strategy.propose(party, rng);
        if (mask[say.accept] !== 0 && strategy.accepts(party, proposal)) {
          out.fill(0);
          out[0] = say.accept;
        } else {
          out[0] = say.offer;
          chooseOutcome(table.of, memory, proposal, mask, rng, out);
        }
        return;
      }
      readRelative(table.of, observation, memory);
      const proposal = strategy.propose(party, rng);
      if (mask[acceptRelative] !== 0 && strategy.accepts(party, proposal)) {
        out[0] = acceptRelative;
        out[1] = 0;
      } else writeRelative(proposal, out);
    },
  });
}

/** Whether even its best outcome is worth less than no agreement: nothing that is agreed on can be good for it then. */
function losesAnyhow({ ranked, span }: Party): boolean {
  return ranked[0] < -tolerance / span;
}

/** Whether a role is that of `negotiation`, whichever its face. */
export function negotiates({ role: { observation } }: ActorContext): boolean {
  const names = observation.fields?.map(({ name }) => name) ?? [];
  return names.includes('utilities') || names.includes('fairGuess');
}

function tableOf(id: string, context: ActorContext): Table {
  const names = context.role.observation.fields?.map(({ name }) => name) ?? [];
  if (names.includes('fairGuess')) return { face: 'relative', of: relativeTable(context) };
  if (names.includes('utilities') && names.includes('offer/1')) return { face: 'outcomes', of: outcomeTable(context) };
  throw new PolityError({
    code: 'input',
    where: `${id} › ${context.env.id} › ${context.role.name}`,
    message: 'this is another world than it is made for',
    got: context.env.id,
    expected: 'a party of negotiation',
  });
}
