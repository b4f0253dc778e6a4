"""Reading images and making low-resolution ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from upres_lab.errors import LabError

SUFFIXES = {".png", ".webp", ".jpg", ".jpeg"}


def read_rgb(path: Path) -> np.ndarray:
    """An image file as uint8 (h, w, 3)."""
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError) as error:
        raise LabError(f"cannot read the image {path} ({error}); remove or replace it") from None


def list_images(folder: Path) -> list[Path]:
    """All image files below a folder, sorted by path."""
    if not folder.is_dir():
        raise LabError(f"no folder {folder}; point the option at the folder that holds the images")
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise LabError(f"no images (png, webp, jpg) below {folder}")
    return found


def crop_to_multiple(image: np.ndarray, multiple: int) -> np.ndarray:
    """Cut right and bottom so that both sides of (h, w, 3) are multiples of `multiple`."""
    h, w = image.shape[0] // multiple * multiple, image.shape[1] // multiple * multiple
    return image[:h, :w]


def resize(image: np.ndarray, width: int, height: int, how: Image.Resampling) -> np.ndarray:
    """Antialiased resize of uint8 (h, w, 3) by Pillow."""
    return np.asarray(Image.fromarray(image).resize((width, height), how))


def downscale(image: np.ndarray, scale: int) -> np.ndarray:
    """The protocol's clean low-resolution image: Pillow BICUBIC (equals MATLAB's imresize)."""
    h, w = image.shape[:2]
    return resize(image, w // scale, h // scale, Image.Resampling.BICUBIC)


def to_tensor(images: np.ndarray) -> torch.Tensor:
    """uint8 (n, h, w, 3) to float32 (n, 3, h, w) in 0..1, a copy, channels-last in memory."""
    return torch.from_numpy(np.array(images)).permute(0, 3, 1, 2).float().div_(255)


def to_image(tensor: torch.Tensor) -> np.ndarray:
    """float (3, h, w) nominally 0..1 to uint8 (h, w, 3), rounded and clamped."""
    scaled = tensor.detach().float().mul(255).round().clamp(0, 255)
    return scaled.permute(1, 2, 0).to(torch.uint8).numpy()
