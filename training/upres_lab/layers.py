"""The compact generator as Keras layers, in TensorFlow's axis and channel orders."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from upres_lab.errors import another_network
from upres_lab.network import Generator
from upres_lab.tfjs_format import Layer


def generator_layers(net: Generator) -> list[Layer]:
    """The layers of a merged generator, from `input` to `pixel_shuffle`.

    Input (n, h, w, 3) in 0..1, output (n, s·h, s·w, 3). The standard format has no depth-to-space
    layer, so the shuffle is a transposed convolution with a one-hot kernel.
    """
    scale = net.scale
    order = shuffle_order(scale)
    layers = [Layer("input", "InputLayer", _input_config(), (), {})]
    convs = [("head", net.head), *((f"body{i + 1}", conv) for i, conv in enumerate(net.body))]
    before = "input"
    start = "head_act"
    for i, ((name, conv), slope) in enumerate(zip(convs, net.slopes, strict=True)):
        kernel, bias = (w.detach().float().numpy() for w in conv.collapse())
        layers.append(_conv(name, before, kernel, bias))
        alpha = slope.detach().float().numpy().reshape(1, 1, -1)
        layers.append(Layer(f"{name}_act", "PReLU", _prelu_config(), (name,), {"alpha": alpha}))
        before = f"{name}_act"
        if net.block and i and i % net.block == 0:
            layers.append(Layer(f"block{i // net.block}", "Add", {}, (before, start), {}))
            before = start = f"block{i // net.block}"
    layers.append(Layer("skip", "Add", {}, (before, "head_act"), {}))
    kernel, bias = (w.detach().float().numpy() for w in net.tail.collapse())
    layers.append(_conv("tail", "skip", kernel[order], bias[order]))
    base: Tensor = net.base
    layers.append(_conv("base", "input", base.numpy()[order], None))
    layers.append(Layer("sum", "Add", {}, ("tail", "base"), {}))
    shuffle = {"kernel": shuffle_kernel(scale)}
    layers.append(
        Layer("pixel_shuffle", "Conv2DTranspose", _shuffle_config(scale), ("sum",), shuffle)
    )
    return layers


@torch.no_grad()
def adopt_layers(net: Generator, layers: list[Layer], where: str) -> None:
    """Give an untrained generator the function of exported layers, read from `where`."""
    weights = {layer.name: layer.weights for layer in layers}
    order = np.argsort(shuffle_order(net.scale))
    names = ["head", *(f"body{i + 1}" for i in range(net.depth))]
    convs = [net.head, *net.body, net.tail]
    shapes = [tuple(conv.plain.shape) for conv in convs]
    kept = [weights.get(name, {}).get("kernel", np.empty((0,) * 4)) for name in [*names, "tail"]]
    found, wanted = ([layer.name for layer in some] for some in (layers, generator_layers(net)))
    if found != wanted or [k.transpose(3, 2, 0, 1).shape for k in kept] != shapes:
        raise another_network(where)
    for name, conv, kernel in zip([*names, "tail"], convs, kept, strict=True):
        kernel, bias = kernel.transpose(3, 2, 0, 1), weights[name]["bias"]
        if name == "tail":
            kernel, bias = kernel[order], bias[order]
        conv.adopt(torch.from_numpy(kernel.copy()), torch.from_numpy(bias.copy()))
    for name, slope in zip(names, net.slopes, strict=True):
        slope.copy_(torch.from_numpy(weights[f"{name}_act"]["alpha"].reshape(-1)))


def shuffle_order(scale: int) -> np.ndarray:
    """For each channel in TensorFlow's depth-to-space order, its index in PyTorch's.

    PyTorch: c·s² + dy·s + dx. TensorFlow: (dy·s + dx)·3 + c.
    """
    return np.arange(3 * scale * scale).reshape(3, scale * scale).T.reshape(-1)


def shuffle_kernel(scale: int) -> np.ndarray:
    """One-hot kernel (s, s, 3, 3s²) that makes a transposed convolution a depth-to-space."""
    kernel = np.zeros((scale, scale, 3, 3 * scale * scale), np.float32)
    for dy in range(scale):
        for dx in range(scale):
            for c in range(3):
                kernel[dy, dx, c, (dy * scale + dx) * 3 + c] = 1
    return kernel


def macs_per_pixel(layers: list[Layer]) -> int:
    """Multiply-accumulates per input pixel of the convolutions; the shuffle only moves data."""
    return sum(layer.weights["kernel"].size for layer in layers if layer.class_name == "Conv2D")


def parameter_count(layers: list[Layer]) -> int:
    """Learned numbers: all but the fixed base and shuffle."""
    learned = (layer for layer in layers if layer.name not in ("base", "pixel_shuffle"))
    return sum(array.size for layer in learned for array in layer.weights.values())


def _conv(name: str, before: str, kernel: np.ndarray, bias: np.ndarray | None) -> Layer:
    """A Keras Conv2D from a PyTorch kernel (out, in, 3, 3)."""
    config = {
        "filters": kernel.shape[0],
        "kernel_size": [3, 3],
        "strides": [1, 1],
        "padding": "same",
        "data_format": "channels_last",
        "dilation_rate": [1, 1],
        "groups": 1,
        "activation": "linear",
        "use_bias": bias is not None,
    }
    weights = {"kernel": kernel.transpose(2, 3, 1, 0)}
    if bias is not None:
        weights["bias"] = bias
    return Layer(name, "Conv2D", config, (before,), weights)


def _input_config() -> dict:
    return {"batch_input_shape": [None, None, None, 3], "sparse": False, "ragged": False}


def _prelu_config() -> dict:
    return {"shared_axes": [1, 2]}


def _shuffle_config(scale: int) -> dict:
    return {
        "filters": 3,
        "kernel_size": [scale, scale],
        "strides": [scale, scale],
        "padding": "valid",
        "data_format": "channels_last",
        "dilation_rate": [1, 1],
        "groups": 1,
        "activation": "linear",
        "use_bias": False,
        "output_padding": None,
    }
