"""IPPO in JAX on JaxMARL's simple_spread, with the settings that `polity bench train` uses.

Shared parameters, separate 64-64 tanh actor and critic, 16 envs x 128 steps, 4 epochs of 4 minibatches, Adam. The whole of
an update is one compiled function, `--updates-per-call` of them a call. `--settings shipped` lets the step size fall to nothing
as JaxMARL's own configuration does; `tuned` is 128 envs x 25 steps, 10 epochs, a step size of 2e-3 that falls to nothing and a
discount of 0.95.

    python ippo_jax.py --env-steps 1000000
    python ippo_jax.py --settings tuned --env-steps 2000000 --at-least -45

Prints one JSON line: seconds of compilation and of running, and the mean return of the last calls. With `--at-least` it ends
with the first call whose finished episodes average as much, and says whether there was one.
Needs: jax, optax, jaxmarl (with jaxtyping, flax, chex).
"""

import argparse
import json
import time

import jax
import jax.numpy as jnp
import jaxmarl
import optax

MINIBATCHES = 4
LAMBDA, CLIP, ENTROPY, VALUE, MAX_NORM = 0.95, 0.2, 0.01, 0.5, 0.5
# Envs, steps, epochs, discount, step size, whether it falls to nothing.
SETTINGS = {
    "bench": (16, 128, 4, 0.99, 2.5e-4, False),
    "shipped": (16, 128, 4, 0.99, 2.5e-4, True),
    "tuned": (128, 25, 10, 0.95, 2e-3, True),
}


def orthogonal_layer(key, inputs, outputs, gain):
    return {"w": jax.nn.initializers.orthogonal(gain)(key, (inputs, outputs)), "b": jnp.zeros(outputs)}


def new_net(key, inputs, outputs, last_gain):
    keys = jax.random.split(key, 3)
    root2 = 2.0**0.5
    return [
        orthogonal_layer(keys[0], inputs, 64, root2),
        orthogonal_layer(keys[1], 64, 64, root2),
        orthogonal_layer(keys[2], 64, outputs, last_gain),
    ]


def run_net(net, x):
    for layer in net[:-1]:
        x = jnp.tanh(x @ layer["w"] + layer["b"])
    return x @ net[-1]["w"] + net[-1]["b"]


def log_probability(logits, actions):
    return jnp.take_along_axis(jax.nn.log_softmax(logits), actions[..., None], axis=-1)[..., 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--env-steps", type=int, default=1_000_000)
    parser.add_argument("--updates-per-call", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--settings", choices=list(SETTINGS), default="bench")
    parser.add_argument("--at-least", type=float)
    args = parser.parse_args()
    ENVS, STEPS, EPOCHS, GAMMA, RATE, falls = SETTINGS[args.settings]
    updates = max(1, round(args.env_steps / (ENVS * STEPS)))
    # Adam counts its own steps, of which an update makes one a minibatch and epoch.
    rate = optax.linear_schedule(RATE, 0.0, updates * EPOCHS * MINIBATCHES) if falls else RATE

    begun = time.perf_counter()
    env = jaxmarl.make("MPE_simple_spread_v3", action_type="Discrete")
    agents = env.agents
    rows = ENVS * len(agents)

    def stacked(values):
        return jnp.stack([values[a] for a in agents], axis=1)

    def per_agent(actions):
        return {a: actions[:, i] for i, a in enumerate(agents)}

    optimiser = optax.chain(optax.clip_by_global_norm(MAX_NORM), optax.adam(rate, eps=1e-5))

    def collect(carry, _):
        params, env_state, observation, returns, key = carry
        key, act_key, step_key = jax.random.split(key, 3)
        logits = run_net(params["actor"], observation)
        value = run_net(params["critic"], observation)[..., 0]
        action = jax.random.categorical(act_key, logits)
        next_observation, env_state, reward, done, _ = jax.vmap(env.step)(
            jax.random.split(step_key, ENVS), env_state, per_agent(action)
        )
        reward, over = stacked(reward), done["__all__"]
        returns = returns + reward.sum(axis=1)
        row = (observation, action, log_probability(logits, action), value, reward, over, jnp.where(over, returns, jnp.nan))
        return (params, env_state, stacked(next_observation), jnp.where(over, 0.0, returns), key), row

    def advantages_of(value, reward, over, last_value):
        def back(carry, row):
            advantage, next_value = carry
            v, r, o = row
            alive = 1.0 - o[:, None]
            delta = r + GAMMA * next_value * alive - v
            advantage = delta + GAMMA * LAMBDA * alive * advantage
            return (advantage, v), advantage

        start = (jnp.zeros_like(last_value), last_value)
        _, advantage = jax.lax.scan(back, start, (value, reward, over.astype(jnp.float32)), reverse=True)
        return advantage

    def loss(params, batch):
        observation, action, old, advantage, target = batch
        logits = run_net(params["actor"], observation)
        ratio = jnp.exp(log_probability(logits, action) - old)
        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        policy = -jnp.minimum(ratio * advantage, jnp.clip(ratio, 1 - CLIP, 1 + CLIP) * advantage).mean()
        entropy = -(jax.nn.softmax(logits) * jax.nn.log_softmax(logits)).sum(-1).mean()
        value = 0.5 * jnp.square(run_net(params["critic"], observation)[..., 0] - target).mean()
        return policy + VALUE * value - ENTROPY * entropy

    def update(carry, _):
        params, moments, env_state, observation, returns, key = carry
        (params, env_state, observation, returns, key), rows_ = jax.lax.scan(
            collect, (params, env_state, observation, returns, key), None, STEPS
        )
        seen, action, old, value, reward, over, finished = rows_
        last_value = run_net(params["critic"], observation)[..., 0]
        advantage = advantages_of(value, reward, over, last_value)
        flat = [x.reshape((STEPS * rows,) + x.shape[3:]) for x in (seen, action, old, advantage, advantage + value)]

        def epoch(state, epoch_key):
            order = jax.random.permutation(epoch_key, STEPS * rows)
            parts = [x[order].reshape((MINIBATCHES, -1) + x.shape[1:]) for x in flat]

            def step(inner, batch):
                p, m = inner
                changes, m = optimiser.update(jax.grad(loss)(p, batch), m, p)
                return (optax.apply_updates(p, changes), m), None

            return jax.lax.scan(step, state, parts)[0], None

        key, shuffle_key = jax.random.split(key)
        (params, moments), _ = jax.lax.scan(epoch, (params, moments), jax.random.split(shuffle_key, EPOCHS))
        return (params, moments, env_state, observation, returns, key), jnp.nanmean(finished)

    @jax.jit
    def call(carry):
        return jax.lax.scan(update, carry, None, args.updates_per_call)

    key = jax.random.PRNGKey(args.seed)
    key, reset_key, actor_key, critic_key = jax.random.split(key, 4)
    observation, env_state = jax.vmap(env.reset)(jax.random.split(reset_key, ENVS))
    observation = stacked(observation)
    size = observation.shape[-1]
    params = {"actor": new_net(actor_key, size, 5, 0.01), "critic": new_net(critic_key, size, 1, 1.0)}
    carry = (params, optimiser.init(params), env_state, observation, jnp.zeros(ENVS), key)
    compiled = call.lower(carry).compile()
    compile_seconds = time.perf_counter() - begun

    calls = max(1, round(args.env_steps / (ENVS * STEPS * args.updates_per_call)))
    begun = time.perf_counter()
    ends = []
    reached = False
    for _ in range(calls):
        carry, returns = compiled(carry)
        ends.append(returns)
        if args.at_least is not None and float(jnp.nanmean(returns)) >= args.at_least:
            reached = True
            break
    jax.block_until_ready(carry)
    seconds = time.perf_counter() - begun
    calls = len(ends)
    steps = calls * args.updates_per_call * ENVS * STEPS
    last = float(jnp.nanmean(jnp.stack(ends[-max(1, calls // 10) :])))
    said = {"envSteps": steps, "seconds": seconds, "startSeconds": compile_seconds, "return": last}
    print(json.dumps(said if args.at_least is None else {**said, "reached": reached}))


main()
