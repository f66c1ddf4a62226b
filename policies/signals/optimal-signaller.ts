import { type ActorContext, defineScripted, fieldOffset } from '#core';
import { refusal } from '../refusal.ts';
import { bestCode } from './code-book.ts';

/** Reads an observation and writes an action. */
type Rule = (observation: Float32Array, out: Float64Array) => void;

/** Plays by a code that is agreed on beforehand. */
export const optimalSignaller = defineScripted<Rule, null>({
  id: 'optimal-signaller',
  card: {
    title: 'Optimal signaller',
    description:
      'In lewis-signalling the best code that there is; in trade-comm says what it holds and offers it for what the other said; in the referential game a symbol, or a row of them, for each attribute. Its partner has to play by the same code.',
    source: 'By construction; the best code for any payoffs by exhaustion.',
    worlds: ['lewis-signalling', 'trade-comm', 'referential-game'],
  },
  prepare(context) {
    const { env } = context;
    if (env.id === 'lewis-signalling') return lewisRule(context);
    if (env.id === 'trade-comm') return tradeRule(context);
    if (env.id === 'referential-game') return referentialRule(context);
    throw refusal('optimal-signaller', context, {
      got: env.id,
      expected: 'lewis-signalling, trade-comm or referential-game',
    });
  },
  remember: () => null,
  act({ observation }, out, rule) {
    rule(observation, out);
  },
});

function hot(observation: Float32Array, from: number, size: number): number {
  for (let i = 0; i < size; i++) if (observation[from + i] > 0.5) return i;
  return -1;
}

function lewisRule({ env, role }: ActorContext): Rule {
  const { states, messages, payoffs } = env.params as {
    readonly states: number;
    readonly messages: number;
    readonly payoffs: readonly number[] | null;
  };
  const table = Array.from({ length: states }, (_, state) =>
    Array.from({ length: states }, (_, act) => payoffs?.[state * states + act] ?? (state === act ? 1 : 0)),
  );
  const code = bestCode(table, messages);
  const seen = fieldOffset(role.observation, 'seen');
  const book = role.name === 'sender' ? code.message : code.act;
  return (observation, out) => {
    out[0] = book[hot(observation, seen, book.length)];
  };
}

function tradeRule({ env, role }: ActorContext): Rule {
  const { items } = env.params as { readonly items: number };
  const [trading, item, heard] = ['trading', 'item', 'heard'].map((name) => fieldOffset(role.observation, name));
  return (observation, out) => {
    const held = hot(observation, item, items);
    const wanted = hot(observation, heard, items);
    out[0] = observation[trading] < 0.5 ? held : items + held * items + wanted;
  };
}

/** Writes an object’s number in as many symbols as a message has; attributes keep places of their own where they fit. */
function referentialRule(context: ActorContext): Rule {
  const { attributes, values, messageLength, vocabulary, candidates } = context.env.params as {
    readonly attributes: number;
    readonly values: number;
    readonly messageLength: number;
    readonly vocabulary: number;
    readonly candidates: number;
  };
  const perAttribute = vocabulary >= values && messageLength >= attributes;
  if (!perAttribute && vocabulary ** messageLength < values ** attributes) {
    throw refusal('optimal-signaller', context, {
      message: 'not enough to say it with',
      got: `${vocabulary}^${messageLength} messages`,
      expected: `at least as many as there are objects, ${values}^${attributes}`,
    });
  }
  const base = perAttribute ? values : vocabulary;
  const objectAt = (observation: Float32Array, from: number): number => {
    let object = 0;
    for (let k = attributes - 1; k >= 0; k--) object = object * values + hot(observation, from + k * values, values);
    return object;
  };
  if (context.role.name === 'sender') {
    return (observation, out) => {
      let left = objectAt(observation, 0);
      for (let i = 0; i < messageLength; i++) {
        out[i] = left % base;
        left = Math.floor(left / base);
      }
    };
  }
  const shown = fieldOffset(context.role.observation, 'candidate0/attribute0');
  return (observation, out) => {
    let meant = 0;
    for (let i = messageLength - 1; i >= 0; i--) meant = meant * base + hot(observation, i * vocabulary, vocabulary);
    out[0] = 0;
    for (let c = 0; c < candidates; c++) {
      if (objectAt(observation, shown + c * attributes * values) === meant) out[0] = c;
    }
  };
}
