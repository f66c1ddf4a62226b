import {
  attributeInformation,
  bagDisentanglement,
  type Channel,
  causalInfluence,
  causalInfluencePerState,
  conditionalEntropy,
  contextIndependence,
  countPairs,
  editDistance,
  entropy,
  hammingDistance,
  instantaneousCoordination,
  type JointTable,
  manhattanDistance,
  messageEntropies,
  messagesWith,
  mutualInformation,
  positionalDisentanglement,
  rewardUnder,
  socialInfluence,
  speakerConsistency,
  statesWithMessages,
  symbolConceptCounts,
  topographicSimilarity,
} from '#metrics';
import { type Binding, binding, type Inputs, type Matrix } from '../binding.ts';
import { tolerance } from '../compare.ts';

const independence = (table: JointTable) => ({
  argmaxOfActionGivenSymbol: contextIndependence(table, 'conceptGivenSymbol'),
  argmaxOfSymbolGivenAction: contextIndependence(table, 'symbolGivenConcept'),
});

const transposed = (table: JointTable) => table[0].map((_, j) => table.map((row) => row[j]));
const total = (rows: JointTable) => rows.map((row) => row.reduce((sum, value) => sum + value, 0));

function language(inputs: Inputs) {
  const [meanings, messages] = [inputs.matrix('meanings'), inputs.matrix('messages')];
  const symbols = Array.from({ length: inputs.number('vocabulary') }, (_, symbol) => symbol);
  const table = countPairs(meanings, messages);
  const ofMessages = total(transposed(table));
  return {
    topsim: {
      hammingEdit: topographicSimilarity(meanings, messages),
      hammingEditNotNormalised: topographicSimilarity(meanings, messages, hammingDistance, editDistance),
      manhattanEdit: topographicSimilarity(meanings, messages, manhattanDistance),
      hammingHamming: topographicSimilarity(meanings, messages, hammingDistance, hammingDistance),
    },
    posdis: positionalDisentanglement(meanings, messages),
    bosdis: bagDisentanglement(meanings, messages, symbols.slice(1)),
    bosdisAllSymbols: bagDisentanglement(meanings, messages, symbols),
    messageEntropyNats: entropy(ofMessages),
    messageEntropyBits: entropy(ofMessages) / Math.LN2,
    distinctMessages: ofMessages.length,
    mutualInformationNats: mutualInformation(table),
    synonymyNats: conditionalEntropy(table),
    homonymyNats: conditionalEntropy(transposed(table)),
    contextIndependence: independence(symbolConceptCounts(meanings, messages)),
    attributePositionInformationBits: attributeInformation(meanings, messages).map((row) =>
      row.map((nats) => nats / Math.LN2),
    ),
  };
}

function conversation(inputs: Inputs) {
  const channel: Channel = {
    states: inputs.vector('states'),
    speaker: inputs.matrix('speaker'),
    listener: inputs.get<never>('listener') as readonly Matrix[],
  };
  const own = inputs.get<never>('own') as readonly Matrix[];
  const reward = inputs.matrix('reward');
  const { overall, givenState } = messageEntropies(channel);
  const cic = causalInfluence(channel, 'spoken');
  return {
    speakerConsistency: speakerConsistency(channel, own),
    instantaneousCoordination: instantaneousCoordination(channel),
    stateMessageInformation: statesWithMessages(channel),
    cicPerState: causalInfluencePerState(channel, 'spoken'),
    cic,
    cicUniformMessages: causalInfluence(channel, 'uniform'),
    // The fault of the released code: a mean over messages where a sum belongs.
    cicReleasedCode: cic + Math.log(channel.speaker[0].length),
    socialInfluencePerStateAndMessage: socialInfluence(channel),
    messageEntropyNats: overall,
    messageEntropyGivenStateNats: givenState,
    contextIndependence: independence(messagesWith(channel, channel.listener)),
    rewardWithChannel: rewardUnder(channel, reward, 'none'),
    rewardMessagesShuffled: rewardUnder(channel, reward, 'shuffled'),
    rewardMessageZero: rewardUnder(channel, reward, { constant: 0 }),
  };
}

function log(inputs: Inputs) {
  const table = sortedCounts(inputs.vector('messages'), inputs.vector('actions'));
  return {
    mutualInformationNats: mutualInformation(table),
    messageEntropyNats: entropy(total(table)),
    contextIndependence: independence(table),
  };
}

/** Counts with rows and columns in ascending order, so that the first among equals is the lowest. */
function sortedCounts(messages: readonly number[], actions: readonly number[]): number[][] {
  const order = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  return order(messages).map((message) =>
    order(actions).map((action) => messages.filter((said, i) => said === message && actions[i] === action).length),
  );
}

export const languageBindings: readonly Binding[] = [
  binding('language', 'measures of a language', language, tolerance(1e-9)),
  binding('language', /^measures of a speaker and a listener/, conversation, tolerance(1e-9)),
  binding('language', /^measures from a log of messages and next actions/, log, tolerance(1e-9)),
];
