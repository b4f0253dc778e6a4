"""The features of VGG19 up to conv3_4: a perceptual loss, and a distance to report.

Simonyan, Zisserman (ICLR 2015); as a loss: Johnson, Alahi, Fei-Fei (ECCV 2016). Features are taken
before the ReLU, as ESRGAN does (Wang et al., ECCV Workshops 2018).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from upres_lab.errors import LabError

FILE = "vgg19_conv1_1_to_conv3_4.npz"
TAPS = ("conv1_2", "conv2_2", "conv3_4")
MEAN = torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1)  # of ImageNet, BGR, 0..255


class Vgg(nn.Module):
    """RGB (n, 3, h, w) in 0..1 to the features of the three taps, at 1, 1/2 and 1/4 of the size."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        super().__init__()
        self.register_buffer("mean", MEAN, persistent=False)
        names = [key.removesuffix(".weight") for key in arrays if key.endswith(".weight")]
        self.convs = nn.ModuleDict()
        for name in names:
            weight = torch.from_numpy(arrays[f"{name}.weight"]).float()
            conv = nn.Conv2d(weight.shape[1], weight.shape[0], 3, padding=1)
            with torch.no_grad():
                conv.weight.copy_(weight)
                conv.bias.copy_(torch.from_numpy(arrays[f"{name}.bias"]).float())
            self.convs[name] = conv
        self.eval().requires_grad_(False)

    def forward(self, x: Tensor) -> list[Tensor]:
        """The features before the ReLU, in the order of TAPS."""
        h = x.flip(1) * 255 - self.mean
        features = []
        for name, conv in self.convs.items():
            if name in ("conv2_1", "conv3_1"):
                h = F.max_pool2d(h, 2)
            h = conv(h)
            if name in TAPS:
                features.append(h)
            h = F.relu(h)
        return features


def load_vgg(teachers: Path) -> Vgg:
    """Load the network that lies beside the teachers."""
    path = teachers / FILE
    if not path.is_file():
        raise LabError(
            f"no {path}; the perceptual loss and distance need it, point --teachers to it"
        )
    with np.load(path, allow_pickle=False) as stored:
        return Vgg({key: stored[key] for key in stored.files})


def feature_distance(vgg: Vgg, output: Tensor, truth: Tensor) -> Tensor:
    """Mean over the taps of mean |f(output) - f(truth)| / mean |f(truth)|; 0 for equal pictures.

    Dividing by the features' own size makes the taps count alike. Not LPIPS: there is no learned
    weighting of the channels.
    """
    with torch.no_grad():
        wanted = vgg(truth)
    found = vgg(output)
    parts = [(a - b).abs().mean() / b.abs().mean() for a, b in zip(found, wanted, strict=True)]
    return torch.stack(parts).mean()
