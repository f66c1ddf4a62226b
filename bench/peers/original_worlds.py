"""Steps the original of one of our worlds with random legal actions, observations and masks included, on one core.

    echo 1 | python original_worlds.py simple-spread

Prints a JSON line with the package and its version; then, for every line of seconds that it reads, one with env-steps a second, so
that sides can take turns. Episodes begin anew as they end. Each world is driven by the shortest way its package offers: mpe2's
parallel environments, lbforaging's and rware's own classes, Overcooked's transition with the lossless encoding of both players,
OpenSpiel's Hanabi state with the mover's tensor, as it is returned, and its legal actions.
Needs the package of the world: mpe2, lbforaging, rware, overcooked_ai_py or pyspiel.
"""

import argparse
import json
import random
import sys
import time
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")

MPE = {
    "simple-spread": "simple_spread_v3",
    "simple-reference": "simple_reference_v3",
    "simple-speaker-listener": "simple_speaker_listener_v4",
    "simple-tag": "simple_tag_v3",
    "simple-adversary": "simple_adversary_v3",
}
FORAGING = "Foraging-8x8-2p-2f-coop-v3"
WAREHOUSE = "rware-tiny-2ag-v2"


def particles(world):
    import importlib

    env = importlib.import_module(f"mpe2.{MPE[world]}").parallel_env()
    env.reset(seed=0)
    sizes = {agent: int(env.action_space(agent).n) for agent in env.possible_agents}

    def step():
        if not env.agents:
            env.reset()
        env.step({agent: int(random.random() * sizes[agent]) for agent in env.agents})

    return "mpe2", step


def foraging(_world):
    import gymnasium
    import lbforaging  # noqa: F401  registers the ids

    env = gymnasium.make(FORAGING).unwrapped
    players = gymnasium.spec(FORAGING).kwargs["players"]
    done = [True]

    def step():
        if done[0]:
            env.reset()
        _, _, over, cut, _ = env.step([int(random.random() * 6) for _ in range(players)])
        done[0] = over or cut

    return "lbforaging", step


def warehouse(_world):
    import gymnasium
    import rware  # noqa: F401  registers the ids

    env = gymnasium.make(WAREHOUSE).unwrapped
    agents = gymnasium.spec(WAREHOUSE).kwargs["n_agents"]
    done = [True]

    def step():
        if done[0]:
            env.reset()
        _, _, over, cut, _ = env.step([int(random.random() * 5) for _ in range(agents)])
        done[0] = over or cut

    return "rware", step


def kitchen(_world):
    from overcooked_ai_py.mdp.actions import Action
    from overcooked_ai_py.mdp.overcooked_mdp import OvercookedGridworld

    horizon = 400
    mdp = OvercookedGridworld.from_layout_name("cramped_room")
    actions = Action.ALL_ACTIONS
    state = [mdp.get_standard_start_state()]

    def step():
        now = state[0]
        if now.timestep >= horizon:
            now = mdp.get_standard_start_state()
        joint = (actions[int(random.random() * 6)], actions[int(random.random() * 6)])
        state[0], _ = mdp.get_state_transition(now, joint)
        mdp.lossless_state_encoding(state[0], horizon)

    return "overcooked-ai", step


def fireworks(_world):
    import pyspiel

    game = pyspiel.load_game("hanabi")
    state = [game.new_initial_state()]

    def step():
        now = state[0]
        if now.is_terminal():
            now = state[0] = game.new_initial_state()
        while now.is_chance_node():
            outcomes, chances = zip(*now.chance_outcomes())
            now.apply_action(random.choices(outcomes, chances)[0])
        player = now.current_player()
        now.observation_tensor(player)
        legal = now.legal_actions()
        now.apply_action(legal[int(random.random() * len(legal))])
        now.rewards()

    return "open_spiel", step


WORLDS = {
    **{world: particles for world in MPE},
    "foraging": foraging,
    "rware": warehouse,
    "overcooked": kitchen,
    "hanabi": fireworks,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("world", choices=WORLDS)
    args = parser.parse_args()

    random.seed(0)
    package, step = WORLDS[args.world](args.world)
    print(json.dumps({"package": package, "version": version(package)}), flush=True)
    for line in sys.stdin:
        seconds = float(line)
        steps, begun, elapsed = 0, time.perf_counter(), 0.0
        while elapsed < seconds:
            for _ in range(32):
                step()
            steps += 32
            elapsed = time.perf_counter() - begun
        print(json.dumps({"envSteps": steps / elapsed}), flush=True)


main()
