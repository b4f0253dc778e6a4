"""The test sets: pairs of low and high resolution, clean or as the web would show them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from upres_lab.degrade import encode
from upres_lab.images import crop_to_multiple, downscale, list_images, read_rgb, to_image, to_tensor
from upres_lab.metrics import compare

DEGRADATIONS = ("clean", "web")

Upscaler = Callable[[Tensor], Tensor]  # (1, 3, h, w) in 0..1 to (1, 3, s·h, s·w)


def bench_pair(path: Path, scale: int, degradation: str) -> tuple[np.ndarray, np.ndarray]:
    """The truth and its low-resolution image, uint8.

    Clean: Pillow BICUBIC. Web: that, then JPEG (4:2:0) or WebP at quality 50..90, both drawn by a
    seed that depends on the file's name alone, so that every run and every model sees the same.
    """
    hr = crop_to_multiple(read_rgb(path), scale)
    lr = downscale(hr, scale)
    if degradation == "web":
        rng = np.random.default_rng(zlib.crc32(path.name.encode()))
        codec = ("JPEG", "WEBP")[int(rng.integers(2))]
        lr = np.asarray(encode(Image.fromarray(lr), codec, int(rng.integers(50, 91))))
    return hr, lr


def measure_set(
    upscaler: Upscaler, folder: Path, scale: int, degradation: str
) -> tuple[float, float]:
    """Mean luma PSNR (dB) and SSIM over the images of a folder, by the protocol of `metrics`."""
    rows = []
    for path in list_images(folder):
        hr, lr = bench_pair(path, scale, degradation)
        output = to_image(upscaler(to_tensor(lr[None]))[0])
        rows.append(compare(output, hr, scale))
    mean = np.mean(rows, axis=0)
    return float(mean[0]), float(mean[1])
