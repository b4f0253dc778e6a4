"""SRResNet, the generator of SRGAN (Ledig et al., CVPR 2017)."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class SrResNet(nn.Module):
    """9x9 head, `depth` residual blocks, a long skip, one shuffle for each doubling, 9x9 tail.

    RGB (n, 3, h, w) in 0..1 to (n, 3, s·h, s·w), not clamped. 1.5 million parameters at 64
    channels, 16 blocks and x4; the pruned and distilled students have 6 blocks.
    """

    def __init__(self, scale: int = 4, channels: int = 64, depth: int = 16) -> None:
        super().__init__()
        self.scale, self.channels, self.depth = scale, channels, depth
        self.head = nn.Sequential(nn.Conv2d(3, channels, 9, 1, 4), nn.PReLU())
        self.body = nn.Sequential(*(ResidualBlock(channels) for _ in range(depth)))
        self.fuse = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels)
        )
        self.tap = nn.Identity()  # its output is the last feature map
        steps = scale.bit_length() - 1
        shuffles = [
            nn.Sequential(
                nn.Conv2d(channels, 4 * channels, 3, 1, 1), nn.PixelShuffle(2), nn.PReLU()
            )
            for _ in range(steps)
        ]
        self.tail = nn.Sequential(*shuffles, nn.Conv2d(channels, 3, 9, 1, 4))

    @property
    def radius(self) -> int:
        """Input pixels to each side that an output pixel depends on, rounded up."""
        return 4 + 2 * self.depth + 1 + 2 + 4

    def features(self, x: Tensor) -> Tensor:
        """What the shuffles read, (n, c, h, w)."""
        first = self.head(x)
        return self.tap(first + self.fuse(self.body(first)))

    def forward(self, x: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
        """Upscale; `dtype` as in the compact generator (bfloat16 by autocast, weights float32)."""
        with torch.autocast(x.device.type, dtype, enabled=dtype != torch.float32):
            return self.tail(self.features(x)).float()


class ResidualBlock(nn.Module):
    """conv3 - BN - PReLU - conv3 - BN, added to its input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False),
            nn.BatchNorm2d(channels),
            nn.PReLU(),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) to the same shape."""
        return x + self.body(x)
