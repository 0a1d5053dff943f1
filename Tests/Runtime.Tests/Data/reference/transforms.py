"""What torchvision's functional transforms make of one image, as JSON: the reference of TransformTests.

Prints to standard output:
    python3 transforms.py > transforms.json
"""
import json

import torch
from torchvision.transforms import functional as F

HEIGHT, WIDTH = 7, 9


def image(channels):
    """Numbers that both sides compute alike, between 0 and 1."""
    return torch.tensor([(i + 1) * 2654435761 % 2**32 / 2**32 for i in range(channels * HEIGHT * WIDTH)], dtype=torch.float64).float().view(channels, HEIGHT, WIDTH)


def resize(height, width):
    return lambda x: F.resize(x, [height, width], antialias=True)


CASES = {
    "brightness 0.7": lambda x: F.adjust_brightness(x, 0.7),
    "brightness 1.4": lambda x: F.adjust_brightness(x, 1.4),
    "contrast 0.5": lambda x: F.adjust_contrast(x, 0.5),
    "contrast 1.6": lambda x: F.adjust_contrast(x, 1.6),
    "saturation 0.3": lambda x: F.adjust_saturation(x, 0.3),
    "saturation 1.8": lambda x: F.adjust_saturation(x, 1.8),
    "hue 0.2": lambda x: F.adjust_hue(x, 0.2),
    "hue -0.45": lambda x: F.adjust_hue(x, -0.45),
    "grey": lambda x: F.rgb_to_grayscale(x, 3) if x.shape[0] == 3 else x,
    "blur 3 0.8": lambda x: F.gaussian_blur(x, [3, 3], [0.8, 0.8]),
    "blur 5 1.7": lambda x: F.gaussian_blur(x, [5, 5], [1.7, 1.7]),
    "resize 4 5": resize(4, 5),
    "resize 3 9": resize(3, 9),
    "resize 7 2": resize(7, 2),
    "resize 12 20": resize(12, 20),
    "crop resize": lambda x: F.resize(F.crop(x, 1, 2, 5, 6), [4, 4], antialias=True),
    "centre 4 6": lambda x: F.center_crop(x, [4, 6]),
    "flip": F.hflip,
    "normalize": lambda x: F.normalize(x, [0.4, 0.5, 0.6][:x.shape[0]], [0.2, 0.25, 0.3][:x.shape[0]]),
}

print(json.dumps({name: {str(channels): case(image(channels)).flatten().tolist() for channels in (1, 3)} for name, case in CASES.items()}))
