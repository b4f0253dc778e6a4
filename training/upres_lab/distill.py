"""The training loss: distance to the truth and, where there is a teacher, to its picture."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from upres_lab.batches import Batch


def loss_of(
    output: Tensor, batch: Batch, teacher_weight: float, *, squared: bool, rim: int = 0
) -> Tensor:
    """Distance to the truth plus `teacher_weight` times the distance to the teacher's picture.

    The distance is the mean absolute error, or the mean squared one if `squared`. The outermost
    `rim` pixels of the output do not count: there the network sees zeros beyond the crop, which
    the border contract spares the shipped one. Imitating a
    teacher's output (Hinton, Vinyals, Dean 2015, for pictures) helps a small network because the
    teacher's picture, unlike the truth, holds no detail that cannot be guessed.
    """
    distance = F.mse_loss if squared else F.l1_loss
    inner = slice(rim, output.shape[-1] - rim)
    output = output[..., inner, inner]
    loss = distance(output, batch.hr[..., inner, inner])
    if batch.taught is not None:
        loss = loss + teacher_weight * distance(output, batch.taught[..., inner, inner])
    return loss
