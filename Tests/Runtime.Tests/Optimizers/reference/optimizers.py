"""What torch.optim makes of three parameters in a hundred steps, as JSON: the reference of OptimizerTests.

The same start, losses and steps stand in OptimizerTests.cs. The loss reaches the second parameter only in two steps of three,
and the third not at all. Prints to standard output:
    python3 optimizers.py > optimizers.json
"""
import json
import math

import torch

import papers

SHAPES = [(3, 4), (5,), (2,)]
STEPS = 100
CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgd decay": lambda p: torch.optim.SGD(p, lr=0.05, weight_decay=0.1),
    "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.01),
    "sgd dampening": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.5),
    "sgd nesterov": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam decay": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adam amsgrad": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.9), weight_decay=0.01, amsgrad=True),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    "adamw decay": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.5),
    "adamw amsgrad": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.8, 0.9), amsgrad=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "rmsprop decay": lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-6, weight_decay=0.1),
    "rmsprop momentum": lambda p: torch.optim.RMSprop(p, lr=0.005, alpha=0.9, momentum=0.8),
    "rmsprop centered": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-3, centered=True),
    "rmsprop centered momentum": lambda p: torch.optim.RMSprop(p, lr=0.005, alpha=0.9, eps=1e-3, momentum=0.8, weight_decay=0.05, centered=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "adagrad decay": lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.02, weight_decay=0.1, initial_accumulator_value=0.5, eps=1e-6),
    "adadelta": lambda p: torch.optim.Adadelta(p),
    "adadelta decay": lambda p: torch.optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-4, weight_decay=0.1),
    "nadam": lambda p: papers.NAdam(p, lr=0.01),
    "nadam decay": lambda p: papers.NAdam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1, momentum_decay=0.05),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.01),
    "radam decay": lambda p: torch.optim.RAdam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "lion": lambda p: papers.Lion(p, lr=0.01),
    "lion decay": lambda p: papers.Lion(p, lr=0.005, betas=(0.8, 0.95), weight_decay=0.5),
    "lamb": lambda p: papers.Lamb(p, lr=0.01),
    "lamb decay": lambda p: papers.Lamb(p, lr=0.02, betas=(0.8, 0.99), eps=1e-5, weight_decay=0.2),
    "lars": lambda p: papers.Lars(p, lr=0.5),
    "lars decay": lambda p: papers.Lars(p, lr=1.0, momentum=0.8, weight_decay=0.05, trust=0.01),
}


def wave(count, phase):
    return [math.sin(0.7 * i + phase) for i in range(count)]


def reached(index, step):
    return index == 0 or index == 1 and step % 3 != 1


def run(make, dtype):
    parameters = []
    for index, shape in enumerate(SHAPES):
        start = torch.tensor(wave(math.prod(shape), index), dtype=torch.float64).reshape(shape)
        parameters.append(torch.nn.Parameter(start.to(dtype)))
    optimizer = make(parameters)
    for step in range(STEPS):
        optimizer.zero_grad(set_to_none=True)
        loss = 0
        for index, parameter in enumerate(parameters):
            if reached(index, step):
                pull = torch.tensor(wave(parameter.numel(), 0.1 * step + index), dtype=torch.float64).reshape(parameter.shape)
                loss = loss + (0.15 * parameter * parameter + pull.to(dtype) * parameter).sum()
        loss.backward()
        optimizer.step()
    return [value for parameter in parameters for value in parameter.detach().to(torch.float64).flatten().tolist()]


print(json.dumps(
    {name: {"float32": run(make, torch.float32), "float64": run(make, torch.float64)} for name, make in CASES.items()},
    indent=1))
