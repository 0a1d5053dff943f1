"""The orders that torch.utils.data.DistributedSampler gives, as JSON: the reference of DistributedSamplerTests.

Prints to standard output:
    python3 samplers.py > samplers.json
"""
import json

from torch.utils.data import DistributedSampler


def order(samples, world, rank, drop_last):
    return list(DistributedSampler(range(samples), world, rank, shuffle=False, drop_last=drop_last))


print(json.dumps(
    {f"{samples} {world} {'drop' if drop_last else 'pad'}": {str(rank): order(samples, world, rank, drop_last) for rank in range(world)}
     for samples, world in [(12, 3), (11, 4), (10, 1), (2, 5), (7, 2)]
     for drop_last in ([False, True] if samples >= world else [False])}))
