"""What a run minimises, as the training loop sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from torch import Tensor, nn

from upres_lab.adversarial import Adversarial
from upres_lab.batches import Batch
from upres_lab.config import Config
from upres_lab.distill import Distillation
from upres_lab.fidelity import Fidelity
from upres_lab.slimming import Slimming


class Objective(Protocol):
    """A loss, and what else has to learn beside the generator."""

    def loss(self, output: Tensor, batch: Batch, progress: float) -> Tensor:
        """The scalar to minimise, for the generator's output (n, 3, s·h, s·w) of `batch.lr`."""

    def after_step(self, output: Tensor, batch: Batch, progress: float) -> None:
        """Once the generator has learnt from the batch; `output` is detached."""

    def arrays(self) -> dict[str, Tensor]:
        """What a checkpoint must hold to go on exactly."""

    def restore(self, arrays: dict[str, Tensor]) -> None:
        """The opposite of `arrays`."""


def open_objective(config: Config, net: nn.Module, teachers: Path) -> Objective:
    """The objective that the options of a run ask for."""
    if config.rho:
        return Slimming(config, net, teachers)
    if config.gan or config.perceptual:
        return Adversarial(config, teachers)
    if config.teacher_run:
        return Distillation(config, net)
    return Fidelity(config)
