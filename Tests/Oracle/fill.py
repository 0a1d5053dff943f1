"""Deterministic tensors that any language can reproduce bit for bit; Tests/Models.Tests/Fill.cs is the same in C#.

u(key, i) is a hash of a name and a flat index, in [-0.5, 0.5):

    x  = (crc32(key) + i) mod 2^32
    x ^= x >> 16;  x = x * 0x85EBCA6B mod 2^32
    x ^= x >> 13;  x = x * 0xC2B2AE35 mod 2^32
    x ^= x >> 16;  u = x / 2^32 - 0.5            (in float64)

The values below are computed in float64 and rounded to float32 once, at the end.
"""
import zlib

import numpy as np
import torch


def u(key: str, count: int) -> np.ndarray:
    x = (np.arange(count, dtype=np.uint64) + zlib.crc32(key.encode())) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    return x.astype(np.float64) / 2**32 - 0.5


def tensor(key: str, shape, scale: float = 1.0, offset: float = 0.0) -> torch.Tensor:
    """offset + scale * u(key), float32, C order."""
    count = int(np.prod(shape, dtype=np.int64))
    return torch.from_numpy((offset + scale * u(key, count)).reshape(tuple(shape)).astype(np.float32))


def integers(key: str, shape, below: int) -> torch.Tensor:
    """int64 in [0, below): floor((u + 0.5) * below)."""
    count = int(np.prod(shape, dtype=np.int64))
    return torch.from_numpy(np.floor((u(key, count) + 0.5) * below).astype(np.int64).reshape(tuple(shape)))


def present(key: str, shape) -> torch.Tensor:
    """Bool, true where something is and false in the padding behind it: the first 1 + integers(key) places of each row, in the first 1 + integers(key + ".rows") rows."""
    *rows, places = shape
    mask = torch.arange(places) < 1 + integers(key, rows, places)[..., None]
    return mask & present(key + ".rows", rows)[..., None] if len(rows) > 1 else mask


def parameter(key: str, shape) -> torch.Tensor:
    """The value of a state_dict entry: what it is called and its rank decide its scale."""
    name = key.rsplit(".", 1)[-1]
    if name == "num_batches_tracked":
        return torch.zeros(tuple(shape), dtype=torch.int64)
    if name == "running_var":
        return tensor(key, shape, 0.5, 1.0)
    if name == "running_mean":
        return tensor(key, shape, 0.2)
    if len(shape) < 2:
        return tensor(key, shape, 0.2, 1.0 if name == "weight" else 0.0)
    fan_in = int(np.prod(shape[1:], dtype=np.int64))
    return tensor(key, shape, float(np.sqrt(24.0 / fan_in)))      # variance 2 / fan_in


def fill(module: torch.nn.Module) -> torch.nn.Module:
    with torch.no_grad():
        for key, value in module.state_dict().items():
            value.copy_(parameter(key, value.shape))
    return module.eval()
