"""The networks that tell upscaled pictures from real ones while a generator trains."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from upres_lab.errors import LabError


class PatchGan(nn.Module):
    """One logit for each patch of 22 pixels: three 4x4 convolutions, 64 → 128 → 1.

    Isola et al. (CVPR 2017), with spectral normalisation (Miyato et al., ICLR 2018) in place of
    batch normalisation. Eight times cheaper than the U-Net of Real-ESRGAN. RGB (n, 3, h, w) in 0..1
    to logits (n, 1, h / 4 - 1, w / 4 - 1).
    """

    def __init__(self, channels: int = 64) -> None:
        super().__init__()
        self.body = nn.Sequential(
            spectral_norm(nn.Conv2d(3, channels, 4, 2, 1)),
            nn.LeakyReLU(0.2),
            spectral_norm(nn.Conv2d(channels, 2 * channels, 4, 2, 1)),
            nn.LeakyReLU(0.2),
            spectral_norm(nn.Conv2d(2 * channels, 1, 4, 1, 1)),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits, larger for what looks real."""
        return self.body(x * 2 - 1)


class SrganDiscriminator(nn.Module):
    """The discriminator of SRGAN (Ledig et al., CVPR 2017): eight 3x3 convolutions, 64 → 512.

    RGB (n, 3, h, w) in 0..1, any size of 16 and more, to logits (n, 1): the dense layers read the
    mean over the last map, where the paper reads a map of fixed size.
    """

    def __init__(self, channels: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, channels, 3, 1, 1), nn.LeakyReLU(0.2)]
        width = channels
        for i in range(1, 8):
            wider = channels * 2 ** (i // 2)
            layers += [
                nn.Conv2d(width, wider, 3, 1 + i % 2, 1, bias=False),
                nn.BatchNorm2d(wider),
                nn.LeakyReLU(0.2),
            ]
            width = wider
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(
            nn.Linear(width, 2 * width), nn.LeakyReLU(0.2), nn.Linear(2 * width, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits, larger for what looks real."""
        return self.head(self.body(x * 2 - 1).mean((2, 3)))


def open_discriminator(name: str) -> nn.Module:
    """The discriminator named in a run's options."""
    match name:
        case "patch":
            return PatchGan()
        case "srgan":
            return SrganDiscriminator()
    raise LabError(f"--discriminator {name} is unknown; use patch or srgan")


def is_real(logits: Tensor, real: bool) -> Tensor:
    """Binary cross-entropy of every logit with `real`, unreduced (Goodfellow et al., 2014)."""
    return F.softplus(-logits if real else logits)
