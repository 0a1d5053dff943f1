"""What torch.optim makes of two parameters in a hundred steps, as JSON: the reference of OptimizerTests.

The same start, losses and steps stand in OptimizerTests.cs. Prints to standard output:
    python3 optimizers.py > optimizers.json
"""
import json
import math

import torch

SHAPES = [(3, 4), (5,)]
STEPS = 100
CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgd decay": lambda p: torch.optim.SGD(p, lr=0.05, weight_decay=0.1),
    "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.01),
    "sgd nesterov": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam decay": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    "adamw decay": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.5),
}


def wave(count, phase):
    return [math.sin(0.7 * i + phase) for i in range(count)]


def run(make, dtype):
    parameters = []
    for index, shape in enumerate(SHAPES):
        start = torch.tensor(wave(math.prod(shape), index), dtype=torch.float64).reshape(shape)
        parameters.append(torch.nn.Parameter(start.to(dtype)))
    optimizer = make(parameters)
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = 0
        for index, parameter in enumerate(parameters):
            pull = torch.tensor(wave(parameter.numel(), 0.1 * step + index), dtype=torch.float64).reshape(parameter.shape)
            loss = loss + (0.15 * parameter * parameter + pull.to(dtype) * parameter).sum()
        loss.backward()
        optimizer.step()
    return [value for parameter in parameters for value in parameter.detach().to(torch.float64).flatten().tolist()]


print(json.dumps(
    {name: {"float32": run(make, torch.float32), "float64": run(make, torch.float64)} for name, make in CASES.items()},
    indent=1))
