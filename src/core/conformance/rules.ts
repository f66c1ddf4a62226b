/** One promise that a world makes by being a world. */
export interface ConformanceRule {
  readonly id: string;
  /** What holds for every world that passes. */
  readonly explains: string;
  /** What usually went wrong when it does not hold. */
  readonly cause: string;
}

/**
 * Every rule that `checkEnv` checks, in the order of checking.
 *
 * Source: PettingZoo 1.27 `pettingzoo/test` (parallel_api_test, api_test, seed_test, max_cycles_test, state_test, render_test)
 * and Gymnasium 1.4 `env_checker`, brought to this contract, with stricter rules where theirs only warn or look at one step.
 */
export const conformanceRules = [
  rule('params-defaults', 'every parameter has a default', 'a key of the schema without .default(...)'),
  rule(
    'params-json',
    'parameters survive JSON and a second parse',
    'a Map, a function, NaN or a transform in the schema',
  ),
  rule('card-complete', 'the card says everything (asked of registered worlds)', 'a part of the card was left out'),
  rule(
    'roles-sane',
    'roles have names like `player` and whole positive counts',
    'no roles, or a name with capitals or digits',
  ),
  rule(
    'roles-stable',
    'roles and spaces are the same at every call',
    'roles() depends on something besides its parameters',
  ),
  rule(
    'space-sane',
    'spaces have sizes of at least 1 and bounds low <= high',
    'a space written by hand instead of by box, discrete',
  ),
  rule(
    'time-limit-sane',
    'the time limit is a whole positive number',
    'a limit computed from a parameter that may be 0',
  ),
  rule(
    'params-untouched',
    'no function of the world changes its parameters',
    'a list in the parameters sorted or emptied in place: copy it first',
  ),
  rule('no-exceptions', 'nothing throws under legal play', 'an index out of range, or state that init does not set up'),
  rule(
    'state-plain',
    'the state is plain data that structuredClone copies',
    'a function or class instance kept in the state',
  ),
  rule(
    'someone-acts',
    'somebody acts until the episode is over',
    'acting() or alive() excludes everyone, or step forgot to end',
  ),
  rule(
    'acting-pure',
    'acting and alive say true or false, the same when asked twice, and leave the state alone',
    'a number or undefined returned, or the mover advanced in acting instead of in step',
  ),
  rule('alive-no-return', 'an agent that left never comes back', 'alive() reads something that changes back'),
  rule(
    'observe-writes-all',
    'observe writes every entry of its row',
    'a branch that skips entries; rows are reused, not zeroed',
  ),
  rule(
    'observe-pure',
    'observe, called twice, writes the same and leaves the state alone',
    'a counter or a generator advanced in observe',
  ),
  rule(
    'observation-finite',
    'observations are numbers, never NaN or infinite',
    'a division by zero or a missing field',
  ),
  rule('observation-in-space', 'observations lie in the declared box', 'bounds too tight, or values not normalised'),
  rule(
    'writes-in-range',
    'nothing is written outside the row handed in',
    'an offset that counts one entry or agent too many',
  ),
  rule('mask-binary', 'mask entries are 0 or 1', 'a count or a flag other than 0 and 1 written into the mask'),
  rule(
    'mask-not-empty',
    'every part of a mask allows at least one choice',
    'no legal move: end the game, or offer a pass',
  ),
  rule(
    'legal-pure',
    'legal, called twice, writes the same and leaves the state alone',
    'moves tried out on the state itself',
  ),
  rule(
    'state-vector-declared',
    'stateSize and stateVector come together, the size whole and positive',
    'one of the two is missing',
  ),
  rule('state-vector-writes-all', 'stateVector writes every entry', 'stateSize larger than what is written'),
  rule('state-vector-finite', 'the state vector is finite', 'a division by zero or a missing field'),
  rule(
    'state-vector-pure',
    'stateVector, called twice, writes the same and leaves the state alone',
    'a counter advanced in stateVector',
  ),
  rule(
    'text-sane',
    'text returns something to read and leaves the state alone',
    'an empty string, or state advanced in text',
  ),
  rule(
    'draw-sane',
    'draw returns a scene with finite numbers and leaves the state alone',
    'a coordinate computed from a missing field',
  ),
  rule('ended-boolean', 'step says true or false', 'a branch of step without a return'),
  rule('actions-untouched', 'step leaves the actions alone', 'the action row used as scratch memory'),
  rule(
    'ignored-actions',
    'the action of an agent that is not acting has no effect',
    'step reads every action instead of the mover’s',
  ),
  rule('reward-finite', 'rewards are finite numbers', 'a division by zero, or a sum with a missing field'),
  rule('reward-bounds', 'rewards stay in the declared bounds', 'bounds per episode declared as bounds per step'),
  rule('zero-sum', 'declared zero-sum: rewards sum to zero at every step', 'a cost or a bonus that nobody pays for'),
  rule(
    'common-reward',
    'declared common reward: all live agents receive the same',
    'a term of one agent’s own in the reward',
  ),
  rule('reward-after-leaving', 'an agent that has left receives nothing', 'rewards given to all slots'),
  rule(
    'metrics-sane',
    'metrics are named finite numbers, and taking them leaves the state alone',
    'a ratio with nothing below it: leave the metric out',
  ),
  rule(
    'outcome-sane',
    'an outcome has one finite utility a party and actions that exist, and telling it leaves the state alone',
    'lists of different lengths',
  ),
  rule('episode-ends', 'random play reaches an end', 'no time limit, and an end that random play does not find'),
  rule(
    'time-limit-truncates',
    'running into the time limit is a truncation, never reported as the end of the game',
    'step counts to the time limit itself',
  ),
  rule(
    'seed-determinism',
    'same seed and actions: the same episode, reset included',
    'Math.random, the clock, or a generator of its own',
  ),
  rule(
    'reset-continues',
    'seed, none, seed, none: resets 1 and 3, and 2 and 4, are equal',
    'something kept from the episode before',
  ),
  rule(
    'envs-independent',
    'episodes side by side do not disturb each other',
    'state kept in the module instead of in the state',
  ),
  rule('snapshot-restore', 'a restored moment has the same future', 'something kept beside the state, or keyed by it'),
  rule(
    'symmetric',
    'declared symmetric: two agents of a role that exchange their behaviour exchange their mean returns',
    'one agent moves first, starts elsewhere or is paid differently: do not declare it',
  ),
  rule(
    'time-limit-exact',
    'under a limit of 4 an unfinished episode is truncated after exactly 4 steps',
    'an episode end that does not come from step',
  ),
  rule(
    'parallel-keys',
    'parallel face: dictionaries hold the agents that were live or joined',
    'an agent added or dropped outside alive()',
  ),
  rule(
    'parallel-agents',
    'parallel face: live agents shrink by those that finished, never by others',
    'an agent dropped without termination',
  ),
  rule(
    'parallel-spaces',
    'parallel face: spaces are the same objects, values lie in them',
    'spaces made anew at every call',
  ),
  rule('parallel-order', 'parallel face: calls out of order are refused', 'step before reset or after the end'),
  rule(
    'parallel-actions',
    'parallel face: a number, a list and a typed array are the same action',
    'actions tested by Array.isArray or typeof',
  ),
  rule('aec-keys', 'AEC face: dictionaries hold exactly `agents`', 'an agent kept after its last turn'),
  rule(
    'aec-agents',
    'AEC face: finished agents get exactly one more turn, and none comes back',
    'an agent dropped without termination',
  ),
  rule(
    'aec-rewards',
    'AEC face: last() gives what was received since the agent acted',
    'rewards cleared or counted twice',
  ),
  rule('aec-order', 'AEC face: calls out of order are refused', 'step before reset or after the end'),
  rule(
    'faces-seeded',
    'a seed decides an episode of a face, reset included; without one its generator goes on',
    'randomness that does not come from the generator handed in',
  ),
  rule(
    'faces-looks',
    'faces give the state in its space and render every mode that they list, and no other',
    'stateSize, text or draw that the face does not know of',
  ),
  rule('faces-agree', 'both faces play the same episode with the same returns', 'rewards lost between turns'),
] as const;

export type RuleId = (typeof conformanceRules)[number]['id'];

function rule<const Id extends string>(id: Id, explains: string, cause: string) {
  return { id, explains, cause } satisfies ConformanceRule;
}
