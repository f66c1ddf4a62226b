import type { EpisodeRecord, Saying } from '#core';
import type { Metric } from '../metric.ts';
import { contextIndependence, symbolConceptCounts } from './context-independence.ts';
import { bagDisentanglement, positionalDisentanglement } from './disentanglement.ts';
import { conditionalEntropy, countPairs, entropy, mutualInformation } from './information.ts';
import { topographicSimilarity } from './topographic-similarity.ts';

/** A number about what one speaker said in many episodes; undefined where it cannot be computed. */
export interface LanguageMeasure extends Omit<Metric, 'measure'> {
  measure(said: readonly Saying[]): number | undefined;
}

/** Utterances that measures over all pairs look at: the first so many. */
const mostPaired = 400;

/** What languages are measured by, after the fact: over all that a speaker said, where a world tells (`Outcome.talk`). */
export const languageMeasures: readonly LanguageMeasure[] = [
  {
    id: 'language/speakerConsistency',
    title: 'Speaker consistency',
    description:
      'What a message tells about what its speaker does beside speaking. High values alone do not show that anybody listens.',
    unit: 'nats',
    range: [0, Number.POSITIVE_INFINITY],
    source: 'Mutual information of message and own action; Jaques et al. (2019); Lowe et al. (2019), section 3.1.',
    measure: (said) => information(said, ({ own }) => own),
  },
  {
    id: 'language/instantaneousCoordination',
    title: 'Instantaneous coordination',
    description: 'What a message tells about what the listener does next, also where both merely follow the situation.',
    unit: 'nats',
    range: [0, Number.POSITIVE_INFINITY],
    source:
      'Mutual information of message and the listener’s next action; Jaques et al. (2019); Lowe et al. (2019), section 3.2.',
    measure: (said) => information(said, ({ answer }) => answer),
  },
  {
    id: 'language/topographicSimilarity',
    title: 'Topographic similarity',
    description: `Whether similar meanings have similar messages: 1 for a language that maps part by part. Over the first ${mostPaired} utterances.`,
    unit: 'correlation',
    range: [-1, 1],
    source: 'Spearman’s correlation of Hamming and relative edit distances; Brighton and Kirby (2006).',
    measure: (said) => topographicSimilarity(...languageOf(said.slice(0, mostPaired))),
  },
  {
    id: 'language/posdis',
    title: 'Positional disentanglement',
    description: 'Whether every position of a message speaks about one attribute; meanings of two or more.',
    unit: 'share',
    range: [0, 1],
    source: 'Chaabouni et al. (2020), eq. 1.',
    measure: (said) => (said[0].meaning.length < 2 ? undefined : positionalDisentanglement(...languageOf(said))),
  },
  {
    id: 'language/bosdis',
    title: 'Bag-of-symbols disentanglement',
    description: 'Whether every symbol speaks about one attribute, wherever it stands; meanings of two or more.',
    unit: 'share',
    range: [0, 1],
    source: 'Chaabouni et al. (2020), eq. 2, over all symbols.',
    measure(said) {
      if (said[0].meaning.length < 2) return undefined;
      const symbols = [...new Set(said.flatMap(({ message }) => message))].sort((a, b) => a - b);
      return bagDisentanglement(...languageOf(said), symbols);
    },
  },
  {
    id: 'language/contextIndependence',
    title: 'Context independence',
    description:
      'Whether each value of each attribute has a symbol of its own: 1 for a dictionary, less by what else is said beside, so that a language that names two attributes at once has at most 1/4.',
    unit: 'share',
    range: [0, 1],
    source: 'Bogin, Geva and Berant (2018), eq. 5.',
    measure: (said) => contextIndependence(symbolConceptCounts(...languageOf(said))),
  },
  {
    id: 'language/messageEntropy',
    title: 'Entropy of messages',
    description: 'How varied messages are: 0 where always the same is said.',
    unit: 'nats',
    range: [0, Number.POSITIVE_INFINITY],
    source: 'Shannon (1948), from frequencies.',
    measure: (said) =>
      entropy(
        countPairs(
          said.map(({ message }) => message),
          said.map(() => 0),
        ).flat(),
      ),
  },
  {
    id: 'language/synonymy',
    title: 'Synonymy',
    description:
      'How uncertain the message remains when the meaning is known: 0 where a meaning is always put the same way.',
    unit: 'nats',
    range: [0, Number.POSITIVE_INFINITY],
    source: 'H(message | meaning), from frequencies.',
    measure: (said) => conditionalEntropy(meaningsWithMessages(said)),
  },
  {
    id: 'language/homonymy',
    title: 'Homonymy',
    description: 'How uncertain the meaning remains when the message is known: 0 where a message means one thing only.',
    unit: 'nats',
    range: [0, Number.POSITIVE_INFINITY],
    source: 'H(meaning | message), from frequencies.',
    measure: (said) => conditionalEntropy(transposed(meaningsWithMessages(said))),
  },
];

/**
 * Everything that can be said about the languages of some episodes, by name: the mean over those who spoke, and each by its name.
 *
 * @example
 * measureLanguages([]).size // 0
 */
export function measureLanguages(episodes: readonly EpisodeRecord[]): ReadonlyMap<string, number> {
  const bySpeaker = new Map<string, Saying[]>();
  for (const { agents, outcome } of episodes) {
    for (const utterance of outcome.talk ?? []) {
      const name = agents[utterance.speaker];
      const said = bySpeaker.get(name);
      if (said === undefined) bySpeaker.set(name, [utterance]);
      else said.push(utterance);
    }
  }
  const found = new Map<string, number>();
  for (const { id, measure } of languageMeasures) {
    const values = [...bySpeaker].flatMap(([name, said]) => {
      const value = measure(said);
      return value === undefined || !Number.isFinite(value) ? [] : [[name, value] as const];
    });
    if (values.length === 0) continue;
    found.set(id, values.reduce((sum, [, value]) => sum + value, 0) / values.length);
    if (bySpeaker.size > 1) for (const [name, value] of values) found.set(`${id}/${name}`, value);
  }
  return found;
}

function languageOf(said: readonly Saying[]): [meanings: number[][], messages: number[][]] {
  return [said.map(({ meaning }) => [...meaning]), said.map(({ message }) => [...message])];
}

/** What messages tell about something that only some utterances have. */
function information(said: readonly Saying[], of: (utterance: Saying) => number | undefined): number | undefined {
  const known = said.filter((utterance) => of(utterance) !== undefined);
  if (known.length === 0) return undefined;
  return mutualInformation(
    countPairs(
      known.map(({ message }) => message),
      known.map(of),
    ),
  );
}

function meaningsWithMessages(said: readonly Saying[]): number[][] {
  return countPairs(
    said.map(({ meaning }) => meaning),
    said.map(({ message }) => message),
  );
}

function transposed(table: readonly (readonly number[])[]): number[][] {
  return table[0].map((_, column) => table.map((row) => row[column]));
}
