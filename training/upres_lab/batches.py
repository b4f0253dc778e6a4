"""Training batches: aligned crops of low resolution, high resolution and the teacher's picture."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from upres_lab.degrade import apply_degradation, draw_degradation
from upres_lab.images import to_tensor
from upres_lab.sources import Source

MARGIN = 12  # low-resolution pixels around a crop that feel its border: resampling, codec grid


class Batch(NamedTuple):
    """lr (n, 3, p, p), hr and taught (n, 3, s·p, s·p), all float32 in 0..1; taught may be None.

    `natural` (n,) is false for crops of text and interfaces, which no discriminator judges.
    """

    lr: torch.Tensor
    hr: torch.Tensor
    taught: torch.Tensor | None
    natural: torch.Tensor


def make_batch(
    source: Source,
    *,
    scale: int,
    patch: int,
    size: int,
    web: bool,
    seed: int,
    step: int,
    rim: int = 0,
    edges: float = 0.0,
) -> Batch:
    """The batch of one step: a pure function of its arguments, so that resuming is exact.

    Random image, position, flips and transpose; with `web` a fresh degradation of each crop. Of
    a share `edges` of the crops one side becomes the border of an image as the border contract
    shows it to the network: the outermost `rim` pixels of `lr` repeat the next one. They hold
    nothing to learn from, so the loss must leave them out.
    """
    rng = np.random.default_rng([seed, step])
    lr = np.empty((size, patch, patch, 3), np.uint8)
    hr = np.empty((size, patch * scale, patch * scale, 3), np.uint8)
    taught = np.empty_like(hr) if source.taught is not None else None
    chosen = rng.choice(len(source.hr), size, p=source.weights)
    for n, image in enumerate(chosen):
        rows, cols = source.lr[image].shape[:2]
        y, x = int(rng.integers(rows - patch + 1)), int(rng.integers(cols - patch + 1))
        turn = rng.integers(8)
        small = source.lr[image][y : y + patch, x : x + patch]
        if web:
            small = _degraded_crop(source.hr[image], small, y, x, scale, rng)
        if edges and rng.random() < edges:
            small = np.concatenate([small[:, rim : rim + 1].repeat(rim, 1), small[:, rim:]], 1)
        lr[n] = _turned(small, turn)
        big = (slice(y * scale, (y + patch) * scale), slice(x * scale, (x + patch) * scale))
        hr[n] = _turned(source.hr[image][big], turn)
        if taught is not None:
            taught[n] = _turned(source.taught[image][big], turn)
    return Batch(
        to_tensor(lr),
        to_tensor(hr),
        None if taught is None else to_tensor(taught),
        torch.from_numpy(source.natural[chosen]),
    )


def _degraded_crop(
    image: np.ndarray, clean: np.ndarray, y: int, x: int, scale: int, rng: np.random.Generator
) -> np.ndarray:
    """The crop `clean`, cut at (y, x) of the low-resolution image, degraded afresh."""
    how = draw_degradation(rng)
    if how.clean:
        return clean
    patch = len(clean)
    rows, cols = image.shape[0] // scale, image.shape[1] // scale
    top, left = max(0, y - MARGIN), max(0, x - MARGIN)
    bottom, right = min(rows, y + patch + MARGIN), min(cols, x + patch + MARGIN)
    wide = image[top * scale : bottom * scale, left * scale : right * scale]
    small = apply_degradation(np.ascontiguousarray(wide), scale, how, rng)
    return small[y - top : y - top + patch, x - left : x - left + patch]


def _turned(image: np.ndarray, turn: int) -> np.ndarray:
    """One of the eight symmetries of the square."""
    if turn & 1:
        image = image[::-1]
    if turn & 2:
        image = image[:, ::-1]
    return image.transpose(1, 0, 2) if turn & 4 else image
