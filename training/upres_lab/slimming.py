"""GAN Slimming: distillation, adversarial loss, pruning and quantisation in one objective.

Wang et al., ECCV 2020: beta · distance to the parent's picture + adversarial loss + rho · |gates|.
The weights learn by Adam; the gates by gradient descent with momentum and, after each step, the
proximal operator of the l1 norm, which makes them exactly zero. Only channels within blocks have a
gate.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from upres_lab.adversarial import Adversarial
from upres_lab.batches import Batch
from upres_lab.config import Config
from upres_lab.fidelity import without_rim
from upres_lab.losses import pixel_error
from upres_lab.network import Generator
from upres_lab.reparam import RepConv3x3

MOMENTUM = 0.5


class Slimming(Adversarial):
    """See above; the adversarial part and the error in pixels weigh as in the second stage."""

    def __init__(self, config: Config, net: nn.Module, teachers: Path) -> None:
        super().__init__(config, teachers)
        self.gates = dict(net.gates.items())
        self.descent = torch.optim.SGD(self.gates.values(), lr=config.gate_lr, momentum=MOMENTUM)
        for conv in net.modules():
            if isinstance(conv, RepConv3x3):
                conv.bits = config.bits

    def loss(self, output: Tensor, batch: Batch, progress: float) -> Tensor:
        """The second stage's loss plus `distil` times the distance to the parent's picture."""
        with torch.no_grad():
            taught = self.parent(batch.lr)
        inner, wanted = (without_rim(x, self.config) for x in (output, taught))
        distance = self.config.distil * pixel_error(inner, wanted)
        return super().loss(output, batch, progress) + distance

    def after_step(self, output: Tensor, batch: Batch, progress: float) -> None:
        """The discriminator learns, and the gates go one step down and towards zero."""
        super().after_step(output, batch, progress)
        self.descent.step()
        self.descent.zero_grad(set_to_none=True)
        towards_zero = self.config.rho * self.config.gate_lr
        with torch.no_grad():
            for gate in self.gates.values():
                gate.copy_(gate.sign() * (gate.abs() - towards_zero).clamp_min(0))

    def arrays(self) -> dict[str, Tensor]:
        """The discriminator, and the momentum of the gates."""
        momentum = {
            f"momentum.{name}": self.descent.state[gate]["momentum_buffer"]
            for name, gate in self.gates.items()
            if self.descent.state.get(gate)
        }
        return super().arrays() | momentum

    def restore(self, arrays: dict[str, Tensor]) -> None:
        """See `arrays`."""
        super().restore(arrays)
        for name, gate in self.gates.items():
            if f"momentum.{name}" in arrays:
                self.descent.state[gate]["momentum_buffer"] = arrays[f"momentum.{name}"]


@torch.no_grad()
def narrowed(net: Generator, multiple: int = 4) -> Generator:
    """The same function with fewer channels: those whose gate is zero go.

    The rest is filled up to a multiple of `multiple` channels, which kernels want.
    """
    kept = {int(i): kept_channels(gate, multiple) for i, gate in net.gates.items()}
    widths = [len(kept[i]) if i in kept else net.channels for i in range(net.depth)]
    plain = net.merged()
    small = Generator(net.scale, net.channels, net.depth, net.block, widths)
    for i, (conv, whole) in enumerate(zip(small.body, plain.body, strict=True)):
        out = kept.get(i, slice(None))
        into = kept.get(i - 1, slice(None))
        conv.adopt(whole.kernel[out][:, into], whole.bias[out])
        small.slopes[i + 1].copy_(plain.slopes[i + 1][out])
    small.slopes[0].copy_(plain.slopes[0])
    for conv, whole in ((small.head, plain.head), (small.tail, plain.tail)):
        conv.adopt(whole.kernel, whole.bias)
    return small


def kept_channels(gate: Tensor, multiple: int) -> Tensor:
    """Indices of the channels that stay, in order; at least `multiple` of them."""
    alive = int((gate != 0).sum())
    count = min(len(gate), max(multiple, -(-alive // multiple) * multiple))
    return gate.abs().argsort(descending=True, stable=True)[:count].sort().values
