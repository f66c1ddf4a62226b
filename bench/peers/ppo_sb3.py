"""PPO of stable-baselines3 on mpe2's simple_spread through SuperSuit, with the settings that `polity bench train` uses.

One shared policy for all agents, separate 64-64 tanh actor and critic, 16 envs x 128 steps, 4 epochs of 4 minibatches.

    python ppo_sb3.py --env-steps 60000

Prints one JSON line. Needs: stable-baselines3, supersuit, mpe2.
"""

import argparse
import json
import time

parser = argparse.ArgumentParser()
parser.add_argument("--env-steps", type=int, default=60_000)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

begun = time.perf_counter()
import supersuit
import torch
from mpe2 import simple_spread_v3
from stable_baselines3 import PPO

torch.set_num_threads(args.threads)
ENVS, STEPS = 16, 128
world = supersuit.pettingzoo_env_to_vec_env_v1(simple_spread_v3.parallel_env(N=3, local_ratio=0.5, max_cycles=25))
agents = world.num_envs
vector = supersuit.concat_vec_envs_v1(world, ENVS, num_cpus=1, base_class="stable_baselines3")
# Some versions of the wrapper leave out what stable-baselines3 asks for when it prints the env.
if getattr(vector, "render_mode", None) is None:
    vector.render_mode = None
model = PPO(
    "MlpPolicy",
    vector,
    learning_rate=2.5e-4,
    n_steps=STEPS,
    batch_size=ENVS * agents * STEPS // 4,
    n_epochs=4,
    gamma=0.99,
    gae_lambda=0.95,
    clip_range=0.2,
    ent_coef=0.01,
    vf_coef=0.5,
    max_grad_norm=0.5,
    policy_kwargs={"net_arch": [64, 64], "activation_fn": torch.nn.Tanh},
    seed=None,
    device="cpu",
)
start_seconds = time.perf_counter() - begun
begun = time.perf_counter()
model.learn(total_timesteps=args.env_steps * agents)
seconds = time.perf_counter() - begun
print(json.dumps({"envSteps": model.num_timesteps // agents, "seconds": seconds, "startSeconds": start_seconds}))
