"""Weights in few bits: rounded as they would be stored; the gradient goes straight through."""

from __future__ import annotations

import torch
from torch import Tensor


def fake_quantise(kernel: Tensor, bits: int) -> Tensor:
    """A kernel (c_out, ...) on the grid of signed integers of `bits`, one step size a channel.

    Symmetric; the straight-through estimator of Bengio, Leonard, Courville (2013) has it learn.
    """
    levels = 2 ** (bits - 1) - 1
    largest = kernel.detach().abs().flatten(1).amax(1).clamp_min(1e-12)
    step = (largest / levels).view(-1, *(1,) * (kernel.dim() - 1))
    rounded = (kernel / step).round().clamp(-levels, levels) * step
    return kernel + (rounded - kernel).detach() if torch.is_grad_enabled() else rounded
