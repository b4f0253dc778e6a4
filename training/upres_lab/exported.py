"""Running exported files: reads the layers and executes them, as the browser does."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from upres_lab.errors import LabError
from upres_lab.tfjs_format import Layer, read_model


class ExportedModel:
    """A model as shipped: `model.json` and `weights.bin`, float16 weights widened to float32."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.layers = read_model(folder)
        self.scale = int(self.layers[-1].config["strides"][0])
        body = [layer for layer in self.layers if layer.class_name == "Conv2D"]
        # head, body and tail each reach one pixel further; the base runs beside them
        self.radius = len(body) - 1

    @torch.no_grad()
    def run(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) in 0..1 to (n, 3, s·h, s·w), not clamped, zeros beyond the border."""
        values: dict[str, Tensor] = {}
        for layer in self.layers:
            inputs = [values[name] for name in layer.inputs] or [x]
            values[layer.name] = _run_layer(layer, inputs)
        return values[self.layers[-1].name]

    def upscale(self, lr: Tensor) -> Tensor:
        """The border contract: repeat the edge `radius` pixels out, run, crop."""
        pad = self.radius
        out = self.run(F.pad(lr, (pad, pad, pad, pad), mode="replicate"))
        cut = pad * self.scale
        return out[..., cut:-cut, cut:-cut]


def _run_layer(layer: Layer, inputs: list[Tensor]) -> Tensor:
    weights = {name: torch.from_numpy(array) for name, array in layer.weights.items()}
    first = inputs[0]
    match layer.class_name:
        case "InputLayer":
            return first
        case "Conv2D":
            kernel = weights["kernel"].permute(3, 2, 0, 1).contiguous()
            return F.conv2d(first, kernel, weights.get("bias"), padding=1)
        case "PReLU":
            return F.prelu(first, weights["alpha"].reshape(-1))
        case "Add":
            return first + inputs[1]
        case "Conv2DTranspose":
            kernel = weights["kernel"].permute(3, 2, 0, 1).contiguous()
            return F.conv_transpose2d(first, kernel, stride=layer.config["strides"][0])
        case other:
            raise LabError(f"layer {layer.name} is of class {other}, which this lab never writes")
