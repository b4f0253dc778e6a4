"""The golden pair of a model: a drawn picture and what the shipped files make of it."""

from __future__ import annotations

import numpy as np

from upres_lab.exported import ExportedModel
from upres_lab.images import to_image, to_tensor

SIDE = 32

# A 5x7 letter shape, so that text-like strokes need no font.
GLYPH = ("01110", "10001", "10000", "10111", "10001", "10001", "01110")


def golden_input() -> np.ndarray:
    """uint8 (32, 32, 3): a colour gradient, hard edges, a texture and letter-like strokes."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    image = np.stack([x * 8, y * 8, 255 - (x + y) * 4], axis=-1).clip(0, 255).astype(np.uint8)
    image[2:14, 18:30] = (250, 250, 245)
    for row, line in enumerate(GLYPH):
        for column, bit in enumerate(line):
            if bit == "1":
                image[4 + row, 21 + column] = (20, 20, 30)
    hatch = ((x * 7 + y * 13 + (x * y) % 11) % 17 * 15).astype(np.uint8)
    image[18:31, 1:14] = np.stack([hatch, hatch // 2 + 60, 255 - hatch], axis=-1)[18:31, 1:14]
    diagonal = (x - y > 0) & (x > 16) & (y > 16)
    image[diagonal] = (200, 30, 40)
    image[:, 0] = 255
    image[0, :] = 0
    return image


def golden_bytes(model: ExportedModel) -> bytes:
    """The input picture, then the model's output (32s, 32s, 3), both uint8 row by row."""
    image = golden_input()
    output = to_image(model.upscale(to_tensor(image[None]))[0])
    return image.tobytes() + output.tobytes()
