"""Images drawn by code: text, interface-like boxes, line art, gradients and textures.

They widen the training set by what photographs lack, and let the tests run without any data:
`python -m upres_lab.draw --out DIR --count 5` writes some as PNG files.
"""

from __future__ import annotations

import argparse
import colorsys
import string
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

LETTERS = string.ascii_lowercase * 3 + string.ascii_uppercase + string.digits + ".,:;!?-()/&%"


SMOOTH = 2  # shapes are drawn this much larger: Pillow smooths letters but no other edges


def draw_page(seed: int, width: int = 512, height: int = 384) -> np.ndarray:
    """A page of text, boxes, lines, curves and shaded fields; uint8 (height, width, 3)."""
    rng = np.random.default_rng([seed, 7])
    image = Image.fromarray(_background(rng, width * SMOOTH, height * SMOOTH))
    pen = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(3, 9))):
        _draw_box(rng, pen, image.width, image.height)
    for _ in range(int(rng.integers(4, 14))):
        _draw_curve(rng, pen, image.width, image.height)
    page = image.reduce(SMOOTH)
    _draw_text(rng, page)
    return np.asarray(page)


def draw_pages(count: int, seed: int = 0) -> list[np.ndarray]:
    """`count` pages, the same for the same seed."""
    return [draw_page(seed * 100_003 + i) for i in range(count)]


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    """Half of them grey, black or white, as in interfaces."""
    if rng.random() < 0.5:
        grey = int(rng.choice([0, 0, 255, 255, rng.integers(256)]))
        return grey, grey, grey
    hue, sat, value = rng.random(), rng.uniform(0.3, 1), rng.uniform(0.3, 1)
    red, green, blue = (round(255 * v) for v in colorsys.hsv_to_rgb(hue, sat, value))
    return red, green, blue


def _background(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A plain field, a two-colour gradient, or smooth noise."""
    first, second = (np.array(_colour(rng), float) for _ in range(2))
    kind = rng.integers(3)
    if kind == 0:
        return np.broadcast_to(first, (height, width, 3)).round().astype(np.uint8).copy()
    if kind == 1:
        slope = rng.normal(size=2)
        ramp = slope[0] * np.linspace(0, 1, height)[:, None] + slope[1] * np.linspace(0, 1, width)
        ramp = (ramp - ramp.min()) / max(np.ptp(ramp), 1e-6)
    else:
        cells = int(rng.integers(3, 40))
        small = Image.fromarray(rng.integers(0, 256, (cells, cells), np.uint8))
        ramp = np.asarray(small.resize((width, height), Image.Resampling.BICUBIC)) / 255
    return (first + ramp[..., None] * (second - first)).round().astype(np.uint8)


def _draw_box(rng: np.random.Generator, pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    x, y = int(rng.integers(width)), int(rng.integers(height))
    box = (x, y, x + int(rng.integers(16, 400)), y + int(rng.integers(16, 240)))
    outline = _colour(rng) if rng.random() < 0.6 else None
    line = int(rng.integers(2, 8))
    match rng.integers(3):
        case 0:
            pen.rectangle(box, fill=_colour(rng), outline=outline, width=line)
        case 1:
            pen.rounded_rectangle(box, 16, fill=_colour(rng), outline=outline, width=line)
        case _:
            pen.ellipse(box, fill=_colour(rng), outline=outline, width=line)


def _draw_curve(
    rng: np.random.Generator, pen: ImageDraw.ImageDraw, width: int, height: int
) -> None:
    """A smooth line through random points, as in drawings."""
    points = rng.random((4, 2)) * (width, height)
    t = np.linspace(0, 1, 48)[:, None]
    curve = (
        (1 - t) ** 3 * points[0]
        + 3 * t * (1 - t) ** 2 * points[1]
        + 3 * t**2 * (1 - t) * points[2]
        + t**3 * points[3]
    )
    path = [(float(px), float(py)) for px, py in curve]
    pen.line(path, fill=_colour(rng), width=int(rng.integers(2, 10)))


def _draw_text(rng: np.random.Generator, image: Image.Image) -> None:
    """Lines of made-up words in sizes from captions to headings, legible on what lies below."""
    pen = ImageDraw.Draw(image)
    y = int(rng.integers(0, 24))
    while y < image.height - 10:
        size = int(rng.choice([11, 13, 14, 16, 18, 22, 28, 40]))
        x = int(rng.integers(0, 60))
        below = np.asarray(image.crop((x, y, image.width, min(image.height, y + size)))).mean()
        ink = _colour(rng)
        if abs(np.mean(ink) - below) < 70:
            ink = (0, 0, 0) if below > 127 else (255, 255, 255)
        words = _words(rng, image.width // max(6, size // 2))
        pen.text((x, y), words, fill=ink, font=ImageFont.load_default(size))
        y += int(size * rng.uniform(1.1, 2.5))


def _words(rng: np.random.Generator, letters: int) -> str:
    words = []
    while sum(map(len, words)) < letters:
        words.append("".join(rng.choice(list(LETTERS), int(rng.integers(1, 11)))))
    return " ".join(words)


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m upres_lab.draw")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--count", type=int, default=5, help="how many pages")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other pages")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for i, page in enumerate(draw_pages(given.count, given.seed)):
        Image.fromarray(page).save(given.out / f"drawn_{i:03}.png")


if __name__ == "__main__":
    main()
