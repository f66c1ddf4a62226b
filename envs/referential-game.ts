import { defineEnv, discrete, fieldBox, multiDiscrete, type Rng } from '#core';
import { drawTable } from './exact/scene.ts';
import {
  isHeldOut,
  type ReferentialGameParams,
  referentialGameParams,
  valueOfAttribute,
} from './referential-game/objects.ts';

export interface ReferentialGameState {
  /** Objects to choose from, by number. Shapes: [candidates]. */
  readonly objects: Int32Array;
  /** Which of them is meant. */
  place: number;
  /** Shapes: [messageLength], -1 before. */
  readonly message: Int32Array;
  /** What the receiver chose; -1 before. */
  choice: number;
}

const sender = 0;
const receiver = 1;

/** Draws a target of the kind asked for, other objects that differ from it and from each other, and where it stands. */
function deal(state: ReferentialGameState, params: ReferentialGameParams, rng: Rng): void {
  const { objects } = state;
  const combinations = params.values ** params.attributes;
  state.place = rng.integer(0, objects.length);
  for (let i = 0; i < objects.length; i++) objects[i] = -1;
  let target = rng.integer(0, combinations);
  while (params.targets !== 'all' && isHeldOut(target, params) !== (params.targets === 'heldOut')) {
    target = rng.integer(0, combinations);
  }
  objects[state.place] = target;
  for (let i = 0; i < objects.length; i++) {
    if (i === state.place) continue;
    let other = rng.integer(0, combinations);
    while (objects.includes(other)) other = rng.integer(0, combinations);
    objects[i] = other;
  }
}

/** Describe an object so that another can find it among others. */
export const referentialGame = defineEnv<ReferentialGameState, ReferentialGameParams>({
  id: 'referential-game',
  params: referentialGameParams,
  card: {
    title: 'Referential game',
    description:
      'A sender sees an object, a combination of attribute values, and describes it by symbols that mean nothing yet; a receiver sees the symbols and several objects and says which is meant. Some combinations are held out: never a target while `targets` is seen, always one while it is heldOut.',
    source:
      'Own rules after Lazaridou et al. (2017), "Multi-agent cooperation and the emergence of (natural) language", and Kottur et al. (2017); combinations are held out as in Chaabouni et al. (2020), "Compositionality and generalization in emergent languages".',
    licence: 'Apache-2.0, as the rest.',
    tests: 'Emergence of a language, and whether it says new things about known attributes.',
    rewardScale: { agent: '1 for the right object, else 0; the same for both.', team: 'Twice that.' },
    horizon: 'A message and a choice. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.4114, standardError: 0.0081 },
      roles: { sender: { mean: 0.2057, standardError: 0.004 }, receiver: { mean: 0.2057, standardError: 0.004 } },
    },
    baseline: {
      policies: { sender: 'optimal-signaller', receiver: 'optimal-signaller' },
      episodes: 1000,
      seed: 0,
      team: { mean: 2, standardError: 0 },
      roles: { sender: { mean: 1, standardError: 0 }, receiver: { mean: 1, standardError: 0 } },
    },
    knownAnswer:
      'A symbol for each attribute finds the object always, held-out ones too, where messageLength and vocabulary suffice (the scripted optimal-signaller: 1); a receiver without a message finds it with probability 1 / candidates.',
  },

  roles({ attributes, values, candidates, messageLength, vocabulary }) {
    const one = Array.from({ length: attributes }, (_, k) => ({ name: `attribute${k}`, size: values }));
    const heard = Array.from({ length: messageLength }, (_, i) => ({ name: `symbol${i}`, size: vocabulary }));
    const shown = Array.from({ length: candidates }, (_, c) =>
      one.map(({ name, size }) => ({ name: `candidate${c}/${name}`, size })),
    ).flat();
    const symbols = Array.from({ length: messageLength }, (_, i) => `symbol${i}`);
    return [
      {
        name: 'sender',
        count: 1,
        observation: fieldBox(one, 0, 1),
        action: multiDiscrete(
          symbols.map(() => vocabulary),
          symbols,
        ),
      },
      { name: 'receiver', count: 1, observation: fieldBox([...heard, ...shown], 0, 1), action: discrete(candidates) },
    ];
  },

  declares: () => ({ commonReward: true, rewardBounds: [0, 1] }),

  init(params, rng) {
    const state = {
      objects: new Int32Array(params.candidates),
      place: 0,
      message: new Int32Array(params.messageLength).fill(-1),
      choice: -1,
    };
    deal(state, params, rng);
    return state;
  },

  acting: ({ message }, agent) => (message[0] < 0 ? sender : receiver) === agent,

  observe({ objects, place, message }, agent, out, { attributes, values, vocabulary }) {
    out.fill(0);
    if (agent === sender) {
      for (let k = 0; k < attributes; k++) out[k * values + valueOfAttribute(objects[place], k, values)] = 1;
      return;
    }
    for (let i = 0; i < message.length; i++) if (message[i] >= 0) out[i * vocabulary + message[i]] = 1;
    let at = message.length * vocabulary;
    for (let c = 0; c < objects.length; c++) {
      for (let k = 0; k < attributes; k++, at += values) out[at + valueOfAttribute(objects[c], k, values)] = 1;
    }
  },

  step(state, actions, rewards, _rng, { messageLength }) {
    if (state.message[0] < 0) {
      for (let i = 0; i < messageLength; i++) state.message[i] = actions[i];
      return false;
    }
    state.choice = actions[messageLength];
    if (state.choice === state.place) rewards.fill(1);
    return true;
  },

  stateSize: ({ attributes, values, candidates, messageLength, vocabulary }) =>
    attributes * values + candidates + messageLength * vocabulary,

  stateVector({ objects, place, message }, out, { attributes, values, candidates, vocabulary }) {
    out.fill(0);
    for (let k = 0; k < attributes; k++) out[k * values + valueOfAttribute(objects[place], k, values)] = 1;
    out[attributes * values + place] = 1;
    const from = attributes * values + candidates;
    for (let i = 0; i < message.length; i++) if (message[i] >= 0) out[from + i * vocabulary + message[i]] = 1;
  },

  outcome: ({ objects, place, message, choice }, params) => ({
    talk:
      message[0] < 0
        ? []
        : [
            {
              speaker: sender,
              meaning: valuesOf(objects[place], params),
              message: Array.from(message),
              ...(choice < 0 ? {} : { answer: choice }),
            },
          ],
  }),

  metrics: ({ choice, place }) => ({ success: choice === place ? 1 : 0 }),

  text({ objects, place, message, choice }, agent, params) {
    const described = (object: number) => `(${valuesOf(object, params).join(', ')})`;
    const said = message[0] < 0 ? 'nothing yet' : message.join(' ');
    if (agent === sender) {
      const { messageLength, vocabulary } = params;
      return `You are the sender. The object is ${described(objects[place])}. Describe it by ${messageLength} symbols, each 0 to ${vocabulary - 1}. You said ${said}.`;
    }
    const list = Array.from(objects, (object, c) => `${c} ${described(object)}`).join(', ');
    const chosen = choice < 0 ? 'Which is meant?' : `You chose ${choice}.`;
    return `You are the receiver. The message is ${said}. Objects: ${list}. ${chosen}`;
  },

  draw({ objects, place, message, choice }, params) {
    const rows = Array.from(objects, (object, c) => {
      const cells = valuesOf(object, params).map((value) => ({
        label: String(value),
        fill: c === place ? ('agent0' as const) : ('muted' as const),
      }));
      return [`object ${c}`, ...cells, c === choice ? 'chosen' : ''] as const;
    });
    return drawTable(
      [['message', ...Array.from(message, (symbol) => (symbol < 0 ? '?' : String(symbol)))], ...rows],
      'What is said, and what there is',
    );
  },
});

function valuesOf(object: number, { attributes, values }: ReferentialGameParams): number[] {
  return Array.from({ length: attributes }, (_, k) => valueOfAttribute(object, k, values));
}

export { isHeldOut, type ReferentialGameParams };
