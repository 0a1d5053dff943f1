"""What Pillow reads from the files in images/, and torchvision makes of one, as JSON: the reference of ImageFileTests.

Prints to standard output:
    python3 images.py > images.json
With the argument "make" it draws the files anew.
"""
import json
import pathlib
import sys

import torch
from PIL import Image
from torchvision.transforms import functional as F

FOLDER = pathlib.Path(__file__).with_name("images")
WIDTH, HEIGHT = 23, 14


def make():
    def value(x, y, c):
        return (x * 11 + y * (7 + 6 * c) + 40 * c) % 256

    rgb = Image.new("RGB", (WIDTH, HEIGHT))
    rgb.putdata([tuple(value(x, y, c) for c in range(3)) for y in range(HEIGHT) for x in range(WIDTH)])
    alpha = Image.new("L", (WIDTH, HEIGHT))
    alpha.putdata([(x * 20) % 256 for y in range(HEIGHT) for x in range(WIDTH)])
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    grey_alpha = rgb.convert("LA")
    grey_alpha.putalpha(alpha)
    sixteen = Image.new("I;16", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            sixteen.putpixel((x, y), (x * 2851 + y * 1237) % 65536)
    rgb.save(FOLDER / "rgb.png")
    rgba.save(FOLDER / "rgba.png")
    grey_alpha.save(FOLDER / "grey-alpha.png")
    rgb.convert("L").save(FOLDER / "grey.png")
    rgb.convert("1").save(FOLDER / "bits.png")
    rgb.quantize(20).save(FOLDER / "palette.png", transparency=3)
    sixteen.save(FOLDER / "sixteen.png")
    rgb.save(FOLDER / "baseline.jpg", quality=85)
    rgb.save(FOLDER / "full.jpg", quality=95, subsampling=0)
    rgb.save(FOLDER / "progressive.jpg", quality=80, progressive=True)
    rgb.convert("L").save(FOLDER / "grey.jpg")
    rgb.convert("CMYK").save(FOLDER / "cmyk.jpg", quality=90)


def read(path):
    image = Image.open(path)
    if image.mode.startswith("I"):
        # Pillow cuts 16 bits off at 255: here they are scaled.
        values = [round(v * 255 / 65535) for v in image.getdata()]
        return {"size": image.size, "rgb": [v for v in values for _ in range(3)], "grey": values}
    return {"size": image.size, "rgb": list(image.convert("RGB").tobytes()), "grey": list(image.convert("RGB").convert("L").tobytes())}


def fit(height, width):
    """The shorter side is scaled to fit, the longer one keeps its proportion, the middle is cut out."""
    image = F.to_tensor(Image.open(FOLDER / "rgb.png"))
    scale = max(height / HEIGHT, width / WIDTH)
    image = F.resize(image, [max(height, int(HEIGHT * scale + 1e-9)), max(width, int(WIDTH * scale + 1e-9))], antialias=True)
    return [round(v, 7) for v in F.center_crop(image, [height, width]).flatten().tolist()]


if sys.argv[1:] == ["make"]:
    make()
else:
    print(json.dumps({**{path.name: read(path) for path in sorted(FOLDER.iterdir())}, "fit": {f"{h} {w}": fit(h, w) for h, w in [(8, 8), (20, 30), (10, 5)]}}))
