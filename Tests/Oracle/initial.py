"""Writes what PyTorch's models begin with when the seed is 1.

    /usr/bin/python3 Tests/Oracle/initial.py                 all of them, into initial/
    /usr/bin/python3 Tests/Oracle/initial.py alexnet         one
    /usr/bin/python3 Tests/Oracle/initial.py --into FOLDER   elsewhere

For each parameter, in PyTorch's order: its shape, first values, mean and L2 norm, and the SHA-256 of its float32 values, which holds on
machines with the same vector instructions.
"""
import argparse
import hashlib
import json
import os

import torch

import reference

MODELS = [
    "alexnet", "cifar_resnet20", "deep_q_network", "densenet121", "lenet5", "logistic_regression", "lstm_tagger", "mobilenet_v2", "perceptron",
    "resnet18", "resnet50", "transformer", "unet", "vit_b_32",
]


def describe(parameter):
    value = parameter.detach()
    flat = value.flatten().double()
    return {
        "shape": list(value.shape),
        "first": [float(v) for v in flat[:8]],
        "mean": float(flat.mean()),
        "norm": float(flat.norm()),
        "sha256": hashlib.sha256(value.contiguous().numpy().tobytes()).hexdigest(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--into", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "initial"))
    arguments = parser.parse_args()
    os.makedirs(arguments.into, exist_ok=True)
    for name in arguments.names or MODELS:
        torch.manual_seed(1)
        module = reference.REFERENCES[name][0]()
        lines = [f"{json.dumps(key)}: {json.dumps(describe(parameter))}" for key, parameter in module.named_parameters()]
        with open(os.path.join(arguments.into, name + ".json"), "w", encoding="utf-8", newline="\n") as file:
            file.write("{\n" + ",\n".join(lines) + "\n}\n")
