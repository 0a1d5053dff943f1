"""Episodes of Gymnasium's CartPole-v1, by its equations written down plainly, as JSON: the reference of CartPoleTests.

From starts given here, with actions that follow from the step, until the pole has fallen. Prints to standard output:
    python3 cartpole.py > cartpole.json
"""
import json
import math


def step(state, action):
    x, x_dot, theta, theta_dot = state
    force = 10.0 if action == 1 else -10.0
    costheta, sintheta = math.cos(theta), math.sin(theta)
    gravity, masscart, masspole, length = 9.8, 1.0, 0.1, 0.5
    total_mass, polemass_length = masspole + masscart, masspole * length
    temp = (force + polemass_length * theta_dot ** 2 * sintheta) / total_mass
    thetaacc = (gravity * sintheta - costheta * temp) / (length * (4.0 / 3.0 - masspole * costheta ** 2 / total_mass))
    xacc = temp - polemass_length * thetaacc * costheta / total_mass
    tau = 0.02
    return x + tau * x_dot, x_dot + tau * xacc, theta + tau * theta_dot, theta_dot + tau * thetaacc


def fallen(state):
    return abs(state[0]) > 2.4 or abs(state[2]) > 12 * 2 * math.pi / 360


def episode(start, policy):
    """How many steps it had, and every tenth state."""
    states, state, i = [], start, 0
    while i < 500 and not fallen(state):
        state = step(state, policy(i, state))
        i += 1
        if i % 10 == 0:
            states += state
    return {"steps": [i], "states": states}


STARTS = {"still": (0.0, 0.0, 0.0, 0.0), "leaning": (0.03, -0.02, 0.04, -0.01), "moving": (-0.05, 0.05, -0.05, 0.05)}
POLICIES = {"alternate": lambda i, s: i % 2, "right": lambda i, s: 1, "balance": lambda i, s: 1 if s[2] + 0.3 * s[3] > 0 else 0, "chase": lambda i, s: 1 if s[2] > 0 else 0}

print(json.dumps({name: {policy: episode(start, act) for policy, act in POLICIES.items()} for name, start in STARTS.items()}))
