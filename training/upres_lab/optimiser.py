"""A network and its Adam as arrays, and back."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from upres_lab.checkpoint import select

MOMENTS = ("exp_avg", "exp_avg_sq", "step")


def optimiser_arrays(prefix: str, net: nn.Module, adam: torch.optim.Adam) -> dict[str, Tensor]:
    """`prefix.net.*`: weights and buffers; `prefix.adam.*`: the moments."""
    arrays = {f"{prefix}.net.{name}": value for name, value in net.state_dict().items()}
    return arrays | moments_of(f"{prefix}.adam", net, adam)


def restore_optimiser(
    prefix: str, net: nn.Module, adam: torch.optim.Adam, arrays: dict[str, Tensor]
) -> None:
    """The opposite of `optimiser_arrays`."""
    net.load_state_dict(select(arrays, f"{prefix}.net."))
    restore_moments(f"{prefix}.adam", net, adam, arrays)


def moments_of(prefix: str, net: nn.Module, adam: torch.optim.Adam) -> dict[str, Tensor]:
    """Adam's moments by the names of the weights."""
    arrays = {}
    for name, weight in net.named_parameters():
        moments = adam.state.get(weight, {})
        arrays |= {f"{prefix}.{key}.{name}": moments[key] for key in MOMENTS if key in moments}
    return arrays


def restore_moments(
    prefix: str, net: nn.Module, adam: torch.optim.Adam, arrays: dict[str, Tensor]
) -> None:
    """The opposite of `moments_of`."""
    for name, weight in net.named_parameters():
        if f"{prefix}.step.{name}" not in arrays:
            continue
        # In the weight's memory order: fused Adam walks all three arrays side by side.
        moments = {key: torch.empty_like(weight) for key in MOMENTS[:2]}
        for key, moment in moments.items():
            moment.copy_(arrays[f"{prefix}.{key}.{name}"])
        adam.state[weight] = moments | {"step": arrays[f"{prefix}.step.{name}"]}
