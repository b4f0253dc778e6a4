"""A second, independent runner of exported files: numpy alone, straight from the JSON."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np


def run_exported(folder: Path, x: np.ndarray) -> np.ndarray:
    """(h, w, 3) in 0..1 to (s·h, s·w, 3), zeros beyond the border."""
    model = json.loads((folder / "model.json").read_text())
    weights, at = {}, 0
    blob = (folder / "weights.bin").read_bytes()
    for entry in model["weightsManifest"][0]["weights"]:
        assert entry["quantization"] == {"dtype": "float16", "original_dtype": "float32"}
        count = int(np.prod(entry["shape"]))
        array = np.frombuffer(blob, "<f2", count, at).astype(np.float64)
        weights[entry["name"]] = array.reshape(entry["shape"])
        at += 2 * count
    assert at == len(blob)
    values = {}
    for layer in model["modelTopology"]["model_config"]["config"]["layers"]:
        name, kind = layer["name"], layer["class_name"]
        inputs = [values[node[0]] for nodes in layer["inbound_nodes"] for node in nodes]
        if kind == "InputLayer":
            values[name] = x.astype(np.float64)
        elif kind == "Conv2D":
            bias = weights.get(f"{name}/bias", 0.0)
            values[name] = convolve(inputs[0], weights[f"{name}/kernel"]) + bias
        elif kind == "PReLU":
            alpha = weights[f"{name}/alpha"]
            values[name] = np.maximum(inputs[0], 0) + alpha * np.minimum(inputs[0], 0)
        elif kind == "Add":
            values[name] = inputs[0] + inputs[1]
        elif kind == "Conv2DTranspose":
            values[name] = spread(inputs[0], weights[f"{name}/kernel"])
        else:
            raise AssertionError(f"unexpected layer class {kind}")
    output = model["modelTopology"]["model_config"]["config"]["output_layers"][0][0]
    return values[output]


def convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """'Same' convolution of (h, w, c) with an HWIO kernel."""
    h, w = x.shape[:2]
    padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    return sum(
        padded[dy : dy + h, dx : dx + w] @ kernel[dy, dx] for dy in range(3) for dx in range(3)
    )


def spread(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Transposed convolution whose stride is its size: each pixel becomes a block."""
    s, (h, w) = kernel.shape[0], x.shape[:2]
    blocks = np.einsum("yxc,ijoc->yixjo", x, kernel)
    return blocks.reshape(h * s, w * s, 3)
