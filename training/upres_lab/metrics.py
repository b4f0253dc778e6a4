"""Image quality by the protocol of the super-resolution literature."""

from __future__ import annotations

import numpy as np

Image = np.ndarray  # uint8 (h, w, 3), RGB


def luma(image: Image) -> np.ndarray:
    """BT.601 luma of an 8-bit RGB image, float64 (h, w) in 16..235."""
    return image.astype(np.float64) @ np.array([65.481, 128.553, 24.966]) / 255 + 16


def crop_border(plane: np.ndarray, border: int) -> np.ndarray:
    """Cut `border` pixels off each side of (h, w) or (h, w, c)."""
    return plane[border : plane.shape[0] - border, border : plane.shape[1] - border]


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of two planes in 0..255; infinite when they are equal."""
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """Mean structural similarity of two planes (h, w) in 0..255.

    Wang, Bovik, Sheikh, Simoncelli (IEEE TIP 2004): Gaussian window 11x11, sigma 1.5, valid region,
    K1 = 0.01, K2 = 0.03, in float64.
    """
    a, b = a.astype(np.float64), b.astype(np.float64)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_a, mean_b = _window(a), _window(b)
    var_a = _window(a * a) - mean_a**2
    var_b = _window(b * b) - mean_b**2
    cov = _window(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + c1) * (2 * cov + c2)
    bottom = (mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)
    return float(np.mean(top / bottom))


def _window(plane: np.ndarray) -> np.ndarray:
    """Valid 11x11 Gaussian mean (separable) of (h, w)."""
    taps = np.exp(-(np.arange(-5, 6) ** 2) / (2 * 1.5**2))
    taps /= taps.sum()
    h, w = plane.shape
    rows = sum(t * plane[i : h - 10 + i] for i, t in enumerate(taps))
    return sum(t * rows[:, i : w - 10 + i] for i, t in enumerate(taps))


def compare(output: Image, truth: Image, border: int) -> tuple[float, float]:
    """PSNR (dB) and SSIM of the luma of two 8-bit images, `border` pixels cropped off each side."""
    a, b = crop_border(luma(output), border), crop_border(luma(truth), border)
    return psnr(a, b), ssim(a, b)
