import { metrics } from '#metrics';

/** A column of `metrics.jsonl`, taken apart: `vs/boulware/episode/return/buyer` is the buyer's return against boulware. */
export interface MetricName {
  readonly key: string;
  /** The metric itself: `episode/return`. */
  readonly id: string;
  /** Which of a family: a role, an agent, a joint action; empty for the metric as a whole. */
  readonly member: string;
  /** What the value is about: all seats held by learners, the learner against an opponent, or a policy in every seat. */
  readonly setting: 'play' | 'versus' | 'baseline';
  /** The opponent or baseline policy; empty for `play`. */
  readonly policy: string;
}

/** How a metric is shown. */
export interface MetricLook {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
  /** Which way is better; absent where that depends on what one asks for. */
  readonly better?: 'higher' | 'lower';
}

const standardError = '/standardError';

/** Whether a column is a measurement in its own right, not the error of another one and not a property of the clock. */
export function isMeasurement(key: string): boolean {
  return key.includes('/') && !key.endsWith(standardError) && !key.startsWith('time/');
}

/** The column that holds a measurement's standard error over episodes. */
export function standardErrorOf(key: string): `${string}/${string}` {
  return `${key}${standardError}`;
}

/**
 * Takes the name of a column apart. Names of policies may hold slashes (a run's path), so the metric is looked for from the
 * left: the first place at which a registered metric begins.
 *
 * @example
 * parseMetricName('vs/boulware/negotiation/agreementRate') // { setting: 'versus', policy: 'boulware', id: 'negotiation/agreementRate', ... }
 */
export function parseMetricName(key: string): MetricName {
  const segments = key.split('/');
  const setting = segments[0] === 'vs' ? 'versus' : segments[0] === 'baseline' ? 'baseline' : 'play';
  if (setting === 'play') return { key, ...split(segments), setting, policy: '' };
  for (let start = 2; start < segments.length; start++) {
    const rest = segments.slice(start);
    const own = setting === 'versus' && seatLooks.has(rest[0]);
    if (!own && rest[0] !== 'world' && !metrics.has(rest.slice(0, 2).join('/'))) continue;
    const name = own ? { id: rest[0], member: rest.slice(1).join('/') } : split(rest);
    return { key, ...name, setting, policy: segments.slice(1, start).join('/') };
  }
  return { key, ...split(segments.slice(2)), setting, policy: segments[1] ?? '' };
}

/** Title, sentence, unit and range of a metric; one that is not registered goes by its own name. */
export function lookOf(id: string): MetricLook {
  if (metrics.has(id)) return metrics.get(id);
  const anything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  const seat = seatLooks.get(id);
  if (seat !== undefined) {
    const [title, description, better] = seat;
    return { title, description, unit: 'reward', range: anything, ...(better === undefined ? {} : { better }) };
  }
  const measured = Object.hasOwn(gameLooks, id) ? gameLooks[id] : undefined;
  if (measured !== undefined) return measured;
  const known = Object.hasOwn(trainingLooks, id) ? trainingLooks[id] : undefined;
  if (known !== undefined) return { title: known[0], description: known[1], unit: '', range: known[2] ?? anything };
  const [group, ...name] = id.split('/');
  const description = group === 'world' ? 'A number that the world itself reports at the end of an episode.' : '';
  return { title: group === 'world' ? inWords(name.join('/')) : id, description, unit: '', range: anything };
}

/** What a metric says, with which way is better where that is known: for captions. */
export function captionOf({ description, better }: MetricLook): string {
  return `${description} ${directionText(better)}`.trim();
}

/** `Higher is better.`; empty where that depends on what one asks for. */
export function directionText(better: MetricLook['better']): string {
  if (better === undefined) return '';
  return better === 'higher' ? 'Higher is better.' : 'Lower is better.';
}

/** A title for a table, with an arrow up where higher is better and down where lower is. */
export function directedTitle(title: string, better: MetricLook['better']): string {
  return better === undefined ? title : `${title}\u00a0${better === 'higher' ? '↑' : '↓'}`;
}

/** What the arrows of `directedTitle` mean, for captions of tables that have some; empty where there is none. */
export function arrowText(directions: readonly MetricLook['better'][]): string {
  const said = [
    ...(directions.includes('higher') ? ['↑ higher is better'] : []),
    ...(directions.includes('lower') ? ['↓ lower is better'] : []),
  ];
  return said.join(', ');
}

/** What the values of a column can be. */
export function rangeOf(key: string): readonly [low: number, high: number] {
  return lookOf(parseMetricName(key).id).range;
}

/** Position of a metric in tables and pages: registered ones in their order, then the world's own, then others by name. */
export function orderOf(id: string): number {
  const position = metrics.items.findIndex((metric) => metric.id === id);
  if (id === 'return') return -2;
  if (id === 'opponentReturn') return -1;
  return position >= 0 ? position : metrics.items.length + (id.startsWith('world/') ? 0 : 1);
}

function split(segments: readonly string[]): { id: string; member: string } {
  return { id: segments.slice(0, 2).join('/'), member: segments.slice(2).join('/') };
}

/** `landmarksCovered` as `Landmarks covered`. */
function inWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Beside the whole episode's metrics, a row against an opponent has what each side received. */
const seatLooks: ReadonlyMap<string, readonly [title: string, description: string, better?: 'higher']> = new Map<
  string,
  readonly [string, string, 'higher'?]
>([
  ['return', ['Learner’s return', 'Sum of the rewards that the learner’s own seat received in an episode.', 'higher']],
  ['opponentReturn', ['Opponents’ return', 'Sum of the rewards that an opponent’s seat received in an episode.']],
]);

/** What is measured of the policies in the game itself and not of episodes. */
const gameLooks: Readonly<Record<string, MetricLook>> = {
  'game/nashConv': {
    title: 'NashConv',
    description:
      'What all players together could gain by each answering the others in the best way; 0 in an equilibrium.',
    unit: 'reward',
    range: [0, Number.POSITIVE_INFINITY],
    better: 'lower',
  },
  'game/exploitability': {
    title: 'Exploitability',
    description: 'What a player loses on average to the best response: half of NashConv, in zero-sum games of two.',
    unit: 'reward',
    range: [0, Number.POSITIVE_INFINITY],
    better: 'lower',
  },
};

const positive = [0, Number.POSITIVE_INFINITY] as const;

/** What an update says about itself. Learners may log more; those columns go by their own name. */
const trainingLooks: Readonly<Record<string, readonly [string, string, (readonly [number, number])?]>> = {
  'loss/policy': ['Policy loss', 'What the policy is improved by; its sign and size mean little, sudden jumps do.'],
  'loss/value': [
    'Value loss',
    'Error of the critic’s forecasts. Falls as returns become predictable, rises when behaviour changes.',
  ],
  'loss/gradNorm': [
    'Gradient norm',
    'Length of the gradient before clipping. Spikes go with unstable updates.',
    positive,
  ],
  'policy/entropy': [
    'Policy entropy',
    'How undecided the policy is. Falling slowly is learning; near 0 early on, it has stopped exploring.',
  ],
  'policy/approxKl': [
    'Approximate KL',
    'How far one update moves the policy. Spikes far above the rest mean that steps are too large.',
    positive,
  ],
  'policy/clipFraction': [
    'Clip fraction',
    'Share of samples whose probability ratio left the clip range. Around 0.1 to 0.3 is usual; much more means that steps are too large.',
    positive,
  ],
  'policy/learningRate': ['Learning rate', 'Size of the optimiser’s steps, as scheduled.', positive],
  'game/nashConv': [
    'NashConv',
    'What all players together could still gain by best responses, each alone: 0 exactly at an equilibrium of the game.',
    positive,
  ],
  'game/exploitability': [
    'Exploitability',
    'What a best response wins against the policy on average over seats; half of NashConv.',
    positive,
  ],
  'game/iterations': ['Walks of the tree', 'How often the whole game has been walked.', positive],
  'time/envStepsPerSecond': [
    'Speed',
    'Env-steps per second of wall-clock time, collecting and learning together.',
    positive,
  ],
  'policy/target': [
    'Mean return',
    'What the critic is to forecast, on average over the rows that were learned from: discounted rewards to come.',
  ],
  'policy/targetDeviation': [
    'Deviation of returns',
    'How far the critic’s targets spread. 0 means that nothing was better than anything else; far above 10, they are large for a network.',
    positive,
  ],
  'policy/forcedTurns': [
    'Forced turns',
    'Share of turns in which one action was legal. Such turns teach the policy nothing.',
    [0, 1],
  ],
  'policy/maskedActions': ['Masked actions', 'Share of all actions that were not legal when an agent acted.', [0, 1]],
  'policy/deadUnits': [
    'Dead units',
    'Share of the hidden units that got no gradient from a whole minibatch: rectifiers that were never on.',
    [0, 1],
  ],
  'policy/explainedVariance': [
    'Explained variance',
    'How much of the variation of returns the critic predicts: 1 is all of it, 0 or less no better than a constant.',
  ],
};
