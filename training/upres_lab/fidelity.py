"""The first stage: distance to the truth and, where there is a teacher, to its picture."""

from __future__ import annotations

from torch import Tensor

from upres_lab.batches import Batch
from upres_lab.config import Config
from upres_lab.losses import pixel_error


class Fidelity:
    """Mean absolute error, at the end of the schedule (`mse_from`) the squared one."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def loss(self, output: Tensor, batch: Batch, progress: float) -> Tensor:
        """Distance to the truth plus `teacher_weight` times the distance to the teacher's picture.

        The outermost `rim` pixels do not count: there the network sees zeros beyond the crop, which
        the border contract spares the shipped one. Imitating a teacher's output (Hinton, Vinyals,
        Dean 2015, for pictures) helps a small network because the teacher's picture, unlike the
        truth, holds no detail that cannot be guessed.
        """
        config = self.config
        how = {"squared": progress >= config.mse_from, "luma": config.luma}
        inner = without_rim(output, config)
        loss = pixel_error(inner, without_rim(batch.hr, config), **how)
        if batch.taught is not None:
            taught = without_rim(batch.taught, config)
            loss = loss + config.teacher_weight * pixel_error(inner, taught, **how)
        return loss

    def after_step(self, output: Tensor, batch: Batch, progress: float) -> None:
        """Nothing else learns."""

    def arrays(self) -> dict[str, Tensor]:
        """Nothing to keep."""
        return {}

    def restore(self, arrays: dict[str, Tensor]) -> None:
        """Nothing was kept."""


def without_rim(picture: Tensor, config: Config) -> Tensor:
    """The high-resolution picture (n, 3, h, w) without the `rim` of its crop."""
    rim = config.rim * config.scale
    return picture[..., rim : picture.shape[-2] - rim, rim : picture.shape[-1] - rim]
