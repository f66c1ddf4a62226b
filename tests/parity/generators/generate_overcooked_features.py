#!/usr/bin/env python3
"""Writes data/overcooked-features.json: what overcooked_ai's featurize_state shows along random play, every 24th step.

  python generate_overcooked_features.py --src CHECKOUT/src --out ../data/overcooked-features.json

CHECKOUT is HumanCompatibleAI/overcooked_ai at 739950a. Actions are two digits a step, one a player. Same arguments, same bytes.
"""
import argparse
import json
import random
import sys
from types import SimpleNamespace

LAYOUTS = {"cramped_room": 2, "asymmetric_advantages": 2, "forced_coordination": 2, "counter_circuit_o_1order": 2,
           "coordination_ring": 3, "cramped_room_tomato": 1}
STEPS, EVERY = 360, 24


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--src", required=True)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    sys.path.insert(0, a.src)
    from overcooked_ai_py.mdp.actions import Action
    from overcooked_ai_py.mdp.overcooked_mdp import OvercookedGridworld
    from overcooked_ai_py.planning.planners import MotionPlanner
    lines = []
    for layout, pots in LAYOUTS.items():
        mdp = OvercookedGridworld.from_layout_name(layout)
        planner = SimpleNamespace(motion_planner=MotionPlanner(mdp, []))
        rng = random.Random(layout)
        state, actions, features = mdp.get_standard_start_state(), "", []
        for t in range(STEPS + 1):
            if t % EVERY == 0:
                features.append([t, [f.tolist() for f in mdp.featurize_state(state, planner, num_pots=pots)]])
            joint = [rng.choice([0, 1, 2, 3, 5, 5, 5]) for _ in (0, 1)]
            if t < STEPS:
                actions += "".join(map(str, joint))
                state, _ = mdp.get_state_transition(state, tuple(Action.INDEX_TO_ACTION[k] for k in joint))
        record = {"pots": pots, "actions": actions, "features": features}
        lines.append(json.dumps(layout) + ":" + json.dumps(record, separators=(",", ":")))
    with open(a.out, "w") as f:
        f.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
