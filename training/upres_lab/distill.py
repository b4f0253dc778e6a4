"""The training loss: distance to the truth and, where there is a teacher, to its picture."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from upres_lab.batches import Batch

# BT.601, as `metrics.luma` weighs the colours (there with an offset, which a difference cancels).
LUMA = torch.tensor([65.481, 128.553, 24.966]).view(3, 1, 1) / 255


def loss_of(
    output: Tensor,
    batch: Batch,
    teacher_weight: float,
    *,
    squared: bool,
    rim: int = 0,
    luma: float = 0.0,
) -> Tensor:
    """Distance to the truth plus `teacher_weight` times the distance to the teacher's picture.

    The distance is the mean absolute error, or the mean squared one if `squared`, plus `luma` times
    the same of the luma, which the eye (and the protocol) weighs most. The outermost
    `rim` pixels of the output do not count: there the network sees zeros beyond the crop, which
    the border contract spares the shipped one. Imitating a
    teacher's output (Hinton, Vinyals, Dean 2015, for pictures) helps a small network because the
    teacher's picture, unlike the truth, holds no detail that cannot be guessed.
    """
    error = F.mse_loss if squared else F.l1_loss

    def distance(a: Tensor, b: Tensor) -> Tensor:
        colours = error(a, b)
        if not luma:
            return colours
        return colours + luma * error((a * LUMA).sum(1), (b * LUMA).sum(1))

    inner = slice(rim, output.shape[-1] - rim)
    output = output[..., inner, inner]
    loss = distance(output, batch.hr[..., inner, inner])
    if batch.taught is not None:
        loss = loss + teacher_weight * distance(output, batch.taught[..., inner, inner])
    return loss
