"""The generators that a run can train, by name."""

from __future__ import annotations

from typing import Any

from torch import nn

from upres_lab.errors import LabError
from upres_lab.network import Generator
from upres_lab.srresnet import SrResNet

ARCHITECTURES = ("compact", "srresnet")


def build(config: dict[str, Any]) -> nn.Module:
    """The untrained generator of a run's options (or of a checkpoint's meta data).

    Each has `scale`, `radius` and `tap` (a module whose output is the last feature map), and maps
    RGB (n, 3, h, w) in 0..1, and optionally a dtype, to (n, 3, s·h, s·w).
    """
    scale, channels, depth = (config[name] for name in ("scale", "channels", "depth"))
    match config.get("arch", "compact"):
        case "compact":
            widths = [int(width) for width in config.get("widths", "").split(",") if width]
            gated = config.get("rho", 0) > 0
            return Generator(scale, channels, depth, config.get("block", 0), widths, gated)
        case "srresnet":
            return SrResNet(scale, channels, depth)
        case other:
            raise LabError(f"--arch {other} is unknown; use one of {', '.join(ARCHITECTURES)}")
