"""Weights as PyTorch writes them, for the tests that read them, and as it reads those that the tests wrote.

    python3 weights.py write FOLDER    the files in FOLDER, and expected.json: for each file and key its type, shape and values
    python3 weights.py read PATH       the tensors of a state_dict as JSON, read with weights_only=True
"""
import collections
import json
import os
import sys

import torch


def state():
    """A state_dict in which every way to lay out a tensor occurs."""
    whole = torch.arange(24, dtype=torch.float32)
    grid = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 8
    return collections.OrderedDict([
        ("dense", grid),
        ("transposed", grid.t()),
        ("column", grid[:, 1]),
        ("every_second", whole[4::2]),
        ("block", whole.reshape(2, 3, 4)[1, 1:, 1:3]),
        ("expanded", torch.tensor([1.5]).expand(2, 3)),
        ("scalar", torch.tensor(2.25)),
        ("empty", torch.zeros(0, 3)),
        ("parameter", torch.nn.Parameter(torch.tensor([0.5, -0.5]))),
        ("half", torch.tensor([1.0, -2.5, 65504.0], dtype=torch.float16)),
        ("brain", torch.tensor([1.0, -2.5, 3.140625], dtype=torch.bfloat16)),
        ("double", torch.tensor([0.1, -1e300], dtype=torch.float64)),
        ("long", torch.tensor([1 << 62, -5])),
        ("int", torch.tensor([7, -8], dtype=torch.int32)),
        ("short", torch.tensor([300, -300], dtype=torch.int16)),
        ("char", torch.tensor([-128, 127], dtype=torch.int8)),
        ("byte", torch.tensor([0, 255], dtype=torch.uint8)),
        ("bool", torch.tensor([True, False, True])),
        ("complex", torch.tensor([1 + 2j, -3j])),
        ("\u00fcn\u00efcode \"key\"", torch.ones(1)),
    ])


def training():
    """What training scripts save: the weights, with a wrapper's prefix, among other things."""
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.randn(4, 3)).sum().backward()
    optimizer.step()
    return {
        "epoch": 90, "best": 0.925, "big": 1 << 40, "done": True, "name": "net", "nothing": None, "sizes": [1, (2, 3, 4, 5), {}],
        "optimizer": optimizer.state_dict(),
        "state_dict": collections.OrderedDict(("module." + key, value) for key, value in model.state_dict().items()),
    }


def numbers(tensor):
    tensor = torch.view_as_real(tensor) if tensor.is_complex() else tensor
    return [float(value) for value in tensor.detach().double().flatten()]


def describe(tensors):
    return {key: {"type": str(value.dtype).split(".")[1], "shape": list(value.shape), "values": numbers(value)} for key, value in tensors.items()}


def write(folder):
    saved = {
        "zip.pt": (state(), {}),
        "legacy.pt": (state(), {"_use_new_zipfile_serialization": False}),
        "protocol4.pt": (state(), {"pickle_protocol": 4}),
        "training_zip.pt": (training(), {}),
        "training_legacy.pt": (training(), {"_use_new_zipfile_serialization": False}),
    }
    for name, (value, options) in saved.items():
        torch.save(value, os.path.join(folder, name), **options)
    expected = {name: describe(value.get("state_dict", value)) for name, (value, _) in saved.items()}
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write("{\n" + ",\n".join(f"{json.dumps(name)}: {{\n" + ",\n".join(f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in tensors.items()) + "\n}"
                                      for name, tensors in expected.items()) + "\n}\n")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    else:
        print(json.dumps(describe(torch.load(sys.argv[2], weights_only=True))))
