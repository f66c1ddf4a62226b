import { z } from 'zod';

/** The name of the experiment itself beside its variants. */
export const baseVariant = 'base';

export const variantName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dashes')
  .refine((name) => name !== baseVariant, `another name: "${baseVariant}" is the experiment itself`);

/** Marks in a schema's meta say what an editor may offer; the JSON Schema is made from them. */
const named = (kind: 'world' | 'wrapper' | 'policy' | 'architecture' | 'algorithm') =>
  z.string().min(1).meta({ named: kind });
const policyName = named('policy');
/** Large counts may be written `2_000_000`; editors, which read YAML more narrowly, have to be told. */
const steps = z.int().min(1).meta({ underscores: true });

const opponent = z.union([
  policyName.transform((policy) => ({ policy, weight: 1 })).describe('A policy, with weight 1'),
  z.strictObject({
    policy: policyName.describe('A registered policy, or the path of a trained one'),
    weight: z.number().positive().default(1).describe('How often it is drawn, relative to the other opponents'),
  }),
]);

const seat = z.strictObject({
  policy: policyName.describe('`learner`, a registered policy such as `random`, or the path of a trained policy'),
  opponents: z
    .array(opponent)
    .default([])
    .describe("Who plays the role's other seats against the learner, drawn every episode; empty: self-play alone"),
  selfPlay: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Share of episodes in which the learner takes every seat of the role although there are opponents'),
});

const policy = z.strictObject({
  network: z
    .looseObject({
      architecture: named('architecture').default('mlp').describe('Kind of network; `polity policies` lists them'),
    })
    .prefault({})
    .describe('The network of every learner; the keys beside `architecture` are its options'),
  sharing: z
    .enum(['role', 'agent', 'all'])
    .default('role')
    .describe('Whose parameters are one: those of the agents of a role, of nobody, of everybody'),
  normaliseObservations: z
    .boolean()
    .default(false)
    .describe('Bring every entry of an observation to mean 0 and deviation 1, by running moments'),
});

const rollout = z.strictObject({
  envs: z.int().min(1).default(64).describe('Copies of the world that are played side by side'),
  steps: z.int().min(1).default(128).describe('Steps of every copy between two updates'),
  shards: z
    .int()
    .min(1)
    .default(8)
    .describe('Parts that the copies are dealt into; part of the result, and the most threads that can help'),
});

const budget = z
  .strictObject({
    envSteps: steps.nullable().default(null).describe('Steps of single worlds, summed over all copies'),
    seconds: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe('Seconds of training; such a run is not repeatable'),
    target: z
      .strictObject({
        metric: z.string().describe('A metric of the evaluation rows, such as `episode/return`'),
        atLeast: z.number().describe('Training ends once an evaluation reaches this'),
      })
      .nullable()
      .default(null)
      .describe('A number to reach'),
  })
  .describe('When training ends: at the first of these that is reached');

const evaluation = z.strictObject({
  everyEnvSteps: steps.optional().describe('Env-steps between two evaluations; absent: a twentieth of the budget'),
  episodes: z.int().min(1).default(256).describe('Episodes of every line-up, the same ones each time'),
  opponents: z
    .array(policyName)
    .default(['random'])
    .describe('Policies that the learner is played against, from every seat in turn'),
  greedy: z.boolean().default(false).describe('Play the most probable actions instead of sampled ones'),
  replays: z.int().min(0).default(32).describe('Episodes of the last evaluation that are kept in `replays/`'),
});

const engine = z.strictObject({
  kind: z
    .enum(['simd', 'tfjs'])
    .default('simd')
    .describe('What runs the networks: compiled kernels, or TensorFlow.js, which has every kind of layer'),
  kernels: z
    .enum(['auto', 'portable'])
    .default('auto')
    .describe('`auto`: the fastest the machine has; `portable`: the same bits on every machine'),
  backend: z
    .enum(['auto', 'tensorflow', 'wasm', 'cpu'])
    .default('auto')
    .describe('Of tfjs; `auto`: tensorflow if it loads, else wasm, else cpu'),
});

/** An experiment as people write it, every layer merged; what is left out gets its default. */
export const experimentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'small letters, digits, dots and dashes')
    .describe('Name of the folder under `results/`'),
  description: z.string().default('').describe('The question that the experiment asks'),
  extends: z
    .string()
    .min(1)
    .optional()
    .describe('Another experiment file, relative to this one, whose settings hold where this file is silent'),
  env: z
    .strictObject({
      id: named('world').describe('The world; `polity envs` lists them'),
      params: z.record(z.string(), z.unknown()).default({}).describe("The world's own parameters"),
      wrappers: z
        .array(
          z.looseObject({
            id: named('wrapper').describe('What is put around it; `polity envs --wrappers` lists them'),
          }),
        )
        .default([])
        .describe('What is put around the world, the first one innermost; the keys beside `id` are its options'),
      timeLimitSteps: z
        .int()
        .min(1)
        .nullable()
        .default(null)
        .describe("Steps after which an episode is cut off, instead of the world's own limit"),
    })
    .describe('The world that is played'),
  seats: z
    .record(z.string(), seat)
    .optional()
    .describe("Who sits in the world's roles, by name of the role; a role that is left out gets a learner"),
  policy: policy.prefault({}).describe('What learns'),
  learner: z
    .looseObject({
      algorithm: named('algorithm').default('ppo').describe('The learning rule; `polity algorithms` lists them'),
    })
    .prefault({})
    .describe('How it learns; the keys beside `algorithm` are its options'),
  rollout: rollout.prefault({}).describe('How much is played between two updates'),
  budget,
  evaluation: evaluation.prefault({}).describe('How the policies are measured on the way'),
  checkpoint: z
    .strictObject({ everyUpdates: z.int().min(1).default(20).describe('Updates between two checkpoints') })
    .prefault({})
    .describe('How often the run can be gone on from'),
  engine: engine.prefault({}).describe('How networks are computed'),
  variants: z
    .record(
      variantName,
      z.record(z.string(), z.unknown()).describe('Settings of this variant: `env.params.reward: joint`'),
    )
    .optional()
    .describe('Named overrides with dotted keys, trained beside the experiment itself and compared with it'),
  seed: z
    .union([z.int(), z.string().min(1)])
    .default(1)
    .describe('A number or a word; every draw follows from it'),
});

/** An experiment as people write it. */
export type ExperimentInput = z.input<typeof experimentSchema>;
