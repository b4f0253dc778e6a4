"""Distillation from a generator of our own: its picture and its features."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from upres_lab.batches import Batch
from upres_lab.checkpoint import load_checkpoint
from upres_lab.config import Config
from upres_lab.errors import LabError
from upres_lab.fidelity import Fidelity
from upres_lab.optimiser import optimiser_arrays, restore_optimiser
from upres_lab.state import load_generator


class Distillation(Fidelity):
    """The fidelity loss, the distance to the teacher's picture, and that of projected features.

    Romero et al. (FitNets, ICLR 2015): the student's last feature map goes through a 1x1
    convolution, which learns beside it, and shall equal the teacher's, on every batch.
    """

    def __init__(self, config: Config, net: nn.Module) -> None:
        super().__init__(config)
        _, meta = load_checkpoint(Path(config.teacher_run))
        if meta["config"]["scale"] != config.scale:
            raise LabError(
                f"{config.teacher_run} upscales by {meta['config']['scale']}, not {config.scale};"
                " distil from a teacher of the same --scale"
            )
        self.teacher = load_generator(Path(config.teacher_run))
        torch.manual_seed(config.seed + 1)
        self.project = nn.Conv2d(config.channels, meta["config"]["channels"], 1)
        self.adam = torch.optim.Adam(self.project.parameters(), lr=config.lr)
        self.tapped: dict[str, Tensor] = {}
        for name, network in (("student", net), ("teacher", self.teacher)):
            network.tap.register_forward_hook(self._keep(name))

    def _keep(self, name: str):  # noqa: ANN202 (a hook)
        def hook(_module: nn.Module, _inputs: tuple, features: Tensor) -> None:
            self.tapped[name] = features

        return hook

    def loss(self, output: Tensor, batch: Batch, progress: float) -> Tensor:
        """See Fidelity; plus the teacher's picture and features."""
        student = self.tapped["student"]
        with torch.no_grad():
            taught = self.teacher(batch.lr).clamp(0, 1)
        loss = super().loss(output, batch._replace(taught=taught), progress)
        features = F.mse_loss(self.project(student.float()), self.tapped["teacher"].float())
        return loss + self.config.features * features

    def after_step(self, output: Tensor, batch: Batch, progress: float) -> None:
        """The projection learns from the same backward pass."""
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)

    def arrays(self) -> dict[str, Tensor]:
        """The projection and its moments."""
        return optimiser_arrays("project", self.project, self.adam)

    def restore(self, arrays: dict[str, Tensor]) -> None:
        """See `arrays`."""
        restore_optimiser("project", self.project, self.adam, arrays)
