"""The state of a run: weights, their running average and Adam's moments, saved and restored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from upres_lab.checkpoint import load_checkpoint, save_checkpoint, select
from upres_lab.config import Config, shape_of
from upres_lab.errors import LabError
from upres_lab.layers import adopt_layers
from upres_lab.network import Generator
from upres_lab.tfjs_format import is_exported, read_model

MOMENTS = ("exp_avg", "exp_avg_sq", "step")
# What a resumed run may not change; a longer schedule or another rate is the user's choice.
FIXED = (
    *("scale", "channels", "depth", "block"),
    *("degradation", "seed", "batch", "patch", "teacher", "init"),
)


@dataclass
class State:
    """Everything that changes while training."""

    net: Generator
    averaged: list[Tensor]  # in the order of net.parameters()
    adam: torch.optim.Adam
    step: int = 0
    seconds: float = 0.0

    def average(self, decay: float) -> None:
        """Move the averaged weights towards the current ones."""
        weights = [w.detach() for w in self.net.parameters()]
        torch._foreach_lerp_(self.averaged, weights, 1 - decay)

    def shipped(self) -> Generator:
        """A merged network with the averaged weights."""
        net = Generator(self.net.scale, self.net.channels, self.net.depth, self.net.block)
        with torch.no_grad():
            for weight, value in zip(net.parameters(), self.averaged, strict=True):
                weight.copy_(value)
        return net.merged()


def fresh_state(config: Config) -> State:
    """The state at step 0: random weights, or those of `config.init`."""
    torch.manual_seed(config.seed)
    net = Generator(*shape_of(asdict(config)))
    if config.init:
        start_from(net, Path(config.init))
    net = net.to(memory_format=torch.channels_last)
    averaged = [w.detach().clone() for w in net.parameters()]
    adam = torch.optim.Adam(net.parameters(), lr=config.lr, betas=(0.9, 0.99), fused=True)
    return State(net, averaged, adam)


def start_from(net: Generator, folder: Path) -> None:
    """Load the averaged weights of a checkpoint, or the merged ones of an exported model."""
    if is_exported(folder):
        adopt_layers(net, read_model(folder), str(folder))
    else:
        arrays, _ = load_checkpoint(folder)
        load_weights(net, select(arrays, "ema."), str(folder))


def load_weights(net: Generator, arrays: dict[str, Tensor], where: str) -> None:
    """Load arrays into the network, or say in one line that they are of another shape."""
    wanted = {k: tuple(v.shape) for k, v in net.state_dict().items()}
    if {k: tuple(v.shape) for k, v in arrays.items()} != wanted:
        raise net.refuse(where)
    net.load_state_dict(arrays)


def save_state(folder: Path, config: Config, state: State) -> None:
    """Write a checkpoint: `net.*`, `ema.*` and `adam.*` arrays, and a readable meta.json."""
    arrays: dict[str, Tensor] = {}
    named = state.net.named_parameters()
    for (name, weight), mean in zip(named, state.averaged, strict=True):
        arrays[f"net.{name}"], arrays[f"ema.{name}"] = weight, mean
        moments = state.adam.state.get(weight, {})
        arrays |= {f"adam.{key}.{name}": moments[key] for key in MOMENTS if key in moments}
    meta = {"config": asdict(config), "step": state.step, "seconds": round(state.seconds, 3)}
    save_checkpoint(folder, arrays, meta)


def restore_state(folder: Path, config: Config) -> State:
    """The state of a checkpoint, refusing one that was trained otherwise."""
    arrays, meta = load_checkpoint(folder)
    for key in FIXED:
        if meta["config"].get(key, 0) != getattr(config, key):
            raise LabError(
                f"{folder} was trained with {key} {meta['config'].get(key)!r}, not"
                f" {getattr(config, key)!r}; resume with the same, or choose another --name"
            )
    state = fresh_state(config)
    load_weights(state.net, select(arrays, "net."), str(folder))
    named = state.net.named_parameters()
    for (name, weight), mean in zip(named, state.averaged, strict=True):
        mean.copy_(arrays[f"ema.{name}"])
        if f"adam.step.{name}" in arrays:
            # In the weight's memory order: fused Adam walks all three arrays side by side.
            moments = {key: torch.empty_like(weight) for key in MOMENTS[:2]}
            for key, moment in moments.items():
                moment.copy_(arrays[f"adam.{key}.{name}"])
            state.adam.state[weight] = moments | {"step": arrays[f"adam.step.{name}"]}
    state.step, state.seconds = int(meta["step"]), float(meta["seconds"])
    return state
