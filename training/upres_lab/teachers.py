"""Teacher networks: larger ready-made x4 generators whose output a student imitates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from upres_lab.errors import LabError

DISP = "disp-x4-fidelity"
DEFAULT_TEACHERS = Path("../shared/data/teachers")


class Disp(nn.Module):
    """The fidelity teacher (DISP of the NTIRE 2026 efficient super-resolution challenge), x4.

    Input (n, 3, h, w) in 0..1, output (n, 3, 4h, 4w), nominally 0..1.
    """

    def __init__(self, width: int = 32, blocks: int = 4) -> None:
        super().__init__()
        self.head = nn.Conv2d(3, width, 3, padding=1)
        self.blocks = blocks
        for b in range(blocks):
            convs = {f"conv{i}": nn.Conv2d(width, width, 3, padding=1) for i in range(4)}
            setattr(self, f"block{b}", nn.ModuleDict(convs))
        self.fuse = nn.Conv2d(width, width, 1)
        self.tail = nn.Conv2d(width, 48, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """Upscale (n, 3, h, w) four times."""
        a = first = self.head(x)
        for b in range(self.blocks):
            t = a
            for conv in getattr(self, f"block{b}").values():
                t = F.silu(conv(t))
            a = t + a
        return F.pixel_shuffle(self.tail(self.fuse(a) + first), 4)


class Srvgg(nn.Module):
    """The compact VGG-style generator of Real-ESRGAN, x4; `count` convolutions of 64 channels.

    Input (n, 3, h, w) in 0..1, output (n, 3, 4h, 4w), to be clamped to 0..1.
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, 64, 3, padding=1), nn.PReLU(64)]
        for _ in range(count):
            layers += [nn.Conv2d(64, 64, 3, padding=1), nn.PReLU(64)]
        self.body = nn.Sequential(*layers, nn.Conv2d(64, 48, 3, padding=1))

    def forward(self, x: Tensor) -> Tensor:
        """Upscale (n, 3, h, w) four times."""
        return F.pixel_shuffle(self.body(x), 4) + F.interpolate(x, scale_factor=4)


def load_teacher(folder: Path, name: str) -> nn.Module:
    """Load `<folder>/<name>.npz` into its network, ready for inference in float32."""
    path = folder / f"{name}.npz"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*x4*.npz"))) or "none"
        raise LabError(f"no teacher {name} in {folder}; there is: {known}")
    with np.load(path) as arrays:
        state = {k: torch.from_numpy(arrays[k].astype(np.float32)) for k in arrays.files}
    if "head.weight" in state:
        net: nn.Module = Disp()
    else:
        net = Srvgg((len({k.split(".")[1] for k in state}) - 3) // 2)
    net.load_state_dict(state, strict=True)
    return net.eval().requires_grad_(False)


@torch.no_grad()
def teach(net: nn.Module, lr: Tensor, scale: int) -> Tensor:
    """The teacher's picture of `lr` (n, 3, h, w) at x2 or x4, clamped to 0..1.

    All teachers are x4; for x2 the output is area-downscaled. The border is the teachers' own zero
    padding, which they were trained with: a replicated edge costs DISP 0.16 dB on Set5.
    """
    out = net(lr.contiguous(memory_format=torch.channels_last)).clamp(0, 1)
    return out if scale == 4 else F.avg_pool2d(out, 4 // scale)
