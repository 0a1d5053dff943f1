"""The learning rates that torch.optim.lr_scheduler gives for a hundred steps, as JSON: the reference of ScheduleTests.

Where PyTorch has no scheduler, the paper's formula stands here. Prints to standard output:
    python3 schedules.py > schedules.json
"""
import json
import math

import torch
from torch.optim import lr_scheduler as lr

STEPS, RATE = 100, 0.4


def noam(step, width=64, warmup=30):
    """Vaswani et al. (2017), equation 3."""
    return width ** -0.5 * min((step + 1) ** -0.5, (step + 1) * warmup ** -1.5)


def slanted(step, cut_share=0.1, ratio=32):
    """Howard and Ruder (2018), equation 3."""
    cut = math.floor(STEPS * cut_share)
    p = step / cut if step < cut else 1 - (step - cut) / (cut * (1 / cut_share - 1))
    return (1 + p * (ratio - 1)) / ratio


def warm_then_cosine(o):
    return lr.SequentialLR(o, [lr.LinearLR(o, 0.1, 1.0, total_iters=20), lr.CosineAnnealingLR(o, T_max=80)], milestones=[20])


CASES = {
    "constant": lambda o: lr.LambdaLR(o, lambda step: 0.5),
    "step": lambda o: lr.StepLR(o, 30, gamma=0.1),
    "multistep": lambda o: lr.MultiStepLR(o, [20, 50, 90], gamma=0.3),
    "exponential": lambda o: lr.ExponentialLR(o, 0.97),
    "linear": lambda o: lr.LinearLR(o, 0.2, 1.0, total_iters=25),
    "linear down": lambda o: lr.LinearLR(o, 1.0, 0.0, total_iters=100),
    "polynomial": lambda o: lr.PolynomialLR(o, total_iters=80, power=2.0),
    "cosine": lambda o: lr.CosineAnnealingLR(o, T_max=100, eta_min=0.1 * RATE),
    "restarts": lambda o: lr.CosineAnnealingWarmRestarts(o, 25, eta_min=0.05 * RATE),
    "restarts stretched": lambda o: lr.CosineAnnealingWarmRestarts(o, 10, T_mult=2),
    "one cycle": lambda o: lr.OneCycleLR(o, RATE, total_steps=STEPS, cycle_momentum=False),
    "one cycle linear": lambda o: lr.OneCycleLR(o, RATE, total_steps=STEPS, pct_start=0.4, div_factor=10, final_div_factor=100, anneal_strategy="linear", cycle_momentum=False),
    "noam": lambda o: lr.LambdaLR(o, noam),
    "slanted triangular": lambda o: lr.LambdaLR(o, slanted),
    "piecewise": lambda o: lr.LambdaLR(o, lambda step: 1 if step < 50 else 0.1 if step < 80 else 0.01),
    "warm-up then cosine": warm_then_cosine,
    "product": lambda o: Both(o, lambda: lr.StepLR(o, 40, gamma=0.5), lambda: lr.ExponentialLR(o, 0.99)),
}

PLATEAUS = {
    "plateau": {"patience": 3},
    "plateau cooldown": {"patience": 2, "factor": 0.5, "cooldown": 4, "min_lr": 0.03},
    "plateau rising": {"mode": "max", "patience": 2, "factor": 0.3, "threshold": 0.05, "threshold_mode": "abs"},
}


class Both:
    """Two schedulers that work on the rate one after the other, as ChainedScheduler has them."""

    def __init__(self, optimizer, *make):
        self.schedulers = [m() for m in make]

    def step(self):
        for scheduler in self.schedulers:
            scheduler.step()


def score(epoch):
    """Falls, stands, wobbles."""
    return 1 / (1 + min(epoch, 30) / 10) + 0.02 * math.sin(epoch)


def rates(make, observe=False):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    scheduler = make(optimizer)
    result = []
    for step in range(STEPS):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if observe:
            scheduler.step(score(step))
        elif step < STEPS - 1:
            scheduler.step()
    return result


print(json.dumps(
    {**{name: rates(make) for name, make in CASES.items()},
     **{name: rates(lambda o: lr.ReduceLROnPlateau(o, eps=0, **options), observe=True) for name, options in PLATEAUS.items()}},
    indent=1))
