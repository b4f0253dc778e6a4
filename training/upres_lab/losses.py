"""The parts of the training losses, each a function of pictures; all are zero for equal ones."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

# BT.601, as `metrics.luma` weighs the colours (there with an offset, which a difference cancels).
LUMA = torch.tensor([65.481, 128.553, 24.966]).view(3, 1, 1) / 255


def pixel_error(output: Tensor, truth: Tensor, *, squared: bool = False, luma: float = 0) -> Tensor:
    """Mean absolute (or squared) error of (n, 3, h, w), plus `luma` times the same of the luma.

    The luma is what the eye, and the evaluation's protocol, weigh most.
    """
    error = F.mse_loss if squared else F.l1_loss
    colours = error(output, truth)
    if not luma:
        return colours
    weights = LUMA.to(output.device)
    return colours + luma * error((output * weights).sum(1), (truth * weights).sum(1))


def spectrum_error(output: Tensor, truth: Tensor) -> Tensor:
    """Mean absolute error of the 2-D Fourier coefficients (orthonormal, real and imaginary part).

    Cho et al., ICCV 2021: reaches the high frequencies that the error in pixels averages away.
    """
    spectra = (torch.view_as_real(torch.fft.rfft2(x, norm="ortho")) for x in (output, truth))
    return F.l1_loss(*spectra)


def colour_error(output: Tensor, truth: Tensor) -> Tensor:
    """Mean absolute error of the pictures blurred by 8x8: no cast, whatever the texture does."""
    return F.l1_loss(F.avg_pool2d(output, 8), F.avg_pool2d(truth, 8))


def artefact_error(output: Tensor, truth: Tensor, reference: Tensor) -> Tensor:
    """Absolute error where it fluctuates and where `reference` is nearer to the truth.

    Liang, Zeng, Zhang, CVPR 2022 (LDL): the map is the local variance (7x7) of the residual, times
    the fifth root of its variance over the crop. Theirs compares with the averaged network; here
    `reference` is the picture of the fidelity parent, which invents nothing. (n, 3, h, w) each.
    """
    with torch.no_grad():
        mine = (truth - output).abs().sum(1, keepdim=True)
        parents = (truth - reference).abs().sum(1, keepdim=True)
        fluctuation = _local_variance(mine) * mine.var((2, 3), keepdim=True) ** 0.2
        weight = torch.where(mine < parents, torch.zeros_like(mine), fluctuation)
    return (weight * (output - truth).abs()).mean()


def _local_variance(plane: Tensor, side: int = 7) -> Tensor:
    """Unbiased variance of (n, 1, h, w) in a square window, edges reflected."""
    padded = F.pad(plane, (side // 2,) * 4, mode="reflect")
    mean = F.avg_pool2d(padded, side, 1)
    count = side * side
    return (F.avg_pool2d(padded**2, side, 1) - mean**2).clamp_min(0) * count / (count - 1)
