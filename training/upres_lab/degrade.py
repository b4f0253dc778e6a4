"""What the web does to an image: blur, any resize kernel, noise, JPEG and WebP (real codecs)."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

KERNELS = (
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
)


@dataclass(frozen=True)
class WebDegradation:
    """One draw of the degradation; milder than Real-ESRGAN's, for pictures as pages show them."""

    clean: bool  # nothing but the bicubic downscale
    blur: float  # sigma in high-resolution pixels at x2 (grows with the scale), 0 = none
    kernel: Image.Resampling  # the downscale
    noise: float  # sigma in grey levels, before the codec, 0 = none
    codecs: tuple[tuple[str, int], ...]  # ("JPEG" | "WEBP", quality), applied in turn
    between: float  # resize factor between two codecs, 1 = none
    grid: tuple[int, int]  # where the codec's 8x8 grid starts, rows and columns, 0..7


def draw_degradation(rng: np.random.Generator) -> WebDegradation:
    """Draw one: 25 % clean; blur p 0.3; noise p 0.2; 85 % a codec; p 0.3 of those a second one."""
    codecs: list[tuple[str, int]] = []
    if rng.random() < 0.85:
        codecs.append(_draw_codec(rng))
        if rng.random() < 0.3:
            codecs.append(_draw_codec(rng))
    return WebDegradation(
        clean=bool(rng.random() < 0.25),
        blur=float(rng.uniform(0.2, 1.2)) if rng.random() < 0.3 else 0.0,
        kernel=KERNELS[rng.integers(len(KERNELS))],
        noise=float(rng.uniform(0.5, 4.0)) if rng.random() < 0.2 else 0.0,
        codecs=tuple(codecs),
        between=float(rng.uniform(0.7, 1.3)) if len(codecs) == 2 and rng.random() < 0.5 else 1.0,
        grid=(int(rng.integers(8)), int(rng.integers(8))),
    )


def _draw_codec(rng: np.random.Generator) -> tuple[str, int]:
    if rng.random() < 0.7:
        return "JPEG", int(rng.integers(40, 96))
    return "WEBP", int(rng.integers(50, 96))


def apply_degradation(
    hr: np.ndarray, scale: int, how: WebDegradation, rng: np.random.Generator
) -> np.ndarray:
    """Degrade uint8 (s·h, s·w, 3) to uint8 (h, w, 3).

    The first `how.grid` rows and columns never see a codec; callers pass a margin and crop it off.
    """
    h, w = hr.shape[0] // scale, hr.shape[1] // scale
    image = Image.fromarray(hr)
    if how.clean:
        return np.asarray(image.resize((w, h), Image.Resampling.BICUBIC))
    if how.blur:
        image = image.filter(ImageFilter.GaussianBlur(how.blur * scale / 2))
    image = image.resize((w, h), how.kernel)
    if how.noise:
        noisy = np.asarray(image) + rng.normal(0, how.noise, (h, w, 3))
        image = Image.fromarray(noisy.round().clip(0, 255).astype(np.uint8))
    if not how.codecs:
        return np.asarray(image)
    top, left = how.grid
    inner = image.crop((left, top, w, h))
    for i, (codec, quality) in enumerate(how.codecs):
        if i and how.between != 1:
            size = (
                max(8, round(inner.width * how.between)),
                max(8, round(inner.height * how.between)),
            )
            inner = inner.resize(size, Image.Resampling.BICUBIC)
        inner = encode(inner, codec, quality)
    if inner.size != (w - left, h - top):
        inner = inner.resize((w - left, h - top), Image.Resampling.BICUBIC)
    image.paste(inner, (left, top))
    return np.asarray(image)


def encode(image: Image.Image, codec: str, quality: int) -> Image.Image:
    """Through the real codec in memory and back; JPEG with 4:2:0 chroma, WebP lossy."""
    memory = io.BytesIO()
    extra = {"subsampling": "4:2:0"} if codec == "JPEG" else {"method": 2}
    image.save(memory, codec, quality=quality, **extra)
    memory.seek(0)
    return Image.open(memory).convert("RGB")
