"""The state of a run: weights, their running average and Adam's moments, saved and restored."""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
from torch import Tensor, nn

from upres_lab.architectures import build
from upres_lab.checkpoint import load_checkpoint, save_checkpoint, select
from upres_lab.config import Config
from upres_lab.errors import LabError, another_network
from upres_lab.layers import adopt_layers
from upres_lab.network import Generator
from upres_lab.optimiser import moments_of, restore_moments
from upres_lab.tfjs_format import is_exported, read_model

# What a resumed run may not change; a longer schedule or another rate is the user's choice.
FIXED = (
    *("arch", "scale", "channels", "depth", "block", "widths"),
    *("degradation", "seed", "batch", "patch", "teacher", "teacher_run", "discriminator", "init"),
)


@dataclass
class State:
    """Everything that changes while training."""

    net: nn.Module
    averaged: list[Tensor]  # in the order of net.parameters()
    adam: torch.optim.Adam
    step: int = 0
    seconds: float = 0.0

    def average(self, decay: float) -> None:
        """Move the averaged weights towards the current ones."""
        weights = [w.detach() for w in self.net.parameters()]
        torch._foreach_lerp_(self.averaged, weights, 1 - decay)
        for (name, weight), mean in zip(self.net.named_parameters(), self.averaged, strict=True):
            if is_gate(name):  # an average would never be zero
                mean.copy_(weight.detach())

    def shipped(self) -> nn.Module:
        """The network with the averaged weights, as it is measured and exported: merged."""
        net = copy.deepcopy(self.net)
        with torch.no_grad():
            for weight, value in zip(net.parameters(), self.averaged, strict=True):
                weight.copy_(value)
        return net.merged() if isinstance(net, Generator) else net.eval()


def is_gate(name: str) -> bool:
    """Whether a parameter is a gate of slimming, which its objective moves, not Adam."""
    return name.startswith("gates.")


def fresh_state(config: Config) -> State:
    """The state at step 0: random weights, or those of `config.init`."""
    torch.manual_seed(config.seed)
    net = build(asdict(config))
    if config.init:
        start_from(net, Path(config.init))
    net = net.to(memory_format=torch.channels_last)
    averaged = [w.detach().clone() for w in net.parameters()]
    weights = [w for name, w in net.named_parameters() if not is_gate(name)]
    adam = torch.optim.Adam(weights, lr=config.lr, betas=(0.9, 0.99), fused=True)
    return State(net, averaged, adam)


def start_from(net: nn.Module, folder: Path) -> None:
    """Load the averaged weights of a checkpoint, or the merged ones of an exported model."""
    if is_exported(folder):
        if not isinstance(net, Generator):
            raise another_network(str(folder))
        adopt_layers(net, read_model(folder), str(folder))
    else:
        arrays, _ = load_checkpoint(folder)
        load_weights(net, select(arrays, "ema."), str(folder))


def load_generator(folder: Path) -> nn.Module:
    """The averaged network of a checkpoint, merged, ready for inference."""
    arrays, meta = load_checkpoint(folder)
    net = build(meta["config"])
    load_weights(net, select(arrays, "ema."), str(folder))
    return (net.merged() if isinstance(net, Generator) else net).eval().requires_grad_(False)


def load_weights(net: nn.Module, arrays: dict[str, Tensor], where: str) -> None:
    """Load arrays into the network, or say in one line that they are of another shape."""
    gates = {k: v for k, v in net.state_dict().items() if is_gate(k)}  # a parent has none
    arrays = gates | arrays
    wanted = {k: tuple(v.shape) for k, v in net.state_dict().items()}
    if {k: tuple(v.shape) for k, v in arrays.items()} != wanted:
        raise another_network(where)
    net.load_state_dict(arrays)


def save_state(
    folder: Path, config: Config, state: State, extra: dict[str, Tensor] | None = None
) -> None:
    """Write a checkpoint: `net.*`, `ema.*`, `adam.*` and `objective.*` arrays, and a meta.json.

    `extra` are the objective's own arrays. Buffers (running statistics) are not averaged.
    """
    weights = state.net.state_dict()
    arrays = {f"net.{name}": value for name, value in weights.items()}
    arrays |= {f"ema.{name}": value for name, value in weights.items()}
    for (name, _), mean in zip(state.net.named_parameters(), state.averaged, strict=True):
        arrays[f"ema.{name}"] = mean
    arrays |= moments_of("adam", state.net, state.adam)
    arrays |= {f"objective.{name}": value for name, value in (extra or {}).items()}
    meta = {"config": asdict(config), "step": state.step, "seconds": round(state.seconds, 3)}
    save_checkpoint(folder, arrays, meta)


def restore_state(folder: Path, config: Config) -> tuple[State, dict[str, Tensor]]:
    """The state of a checkpoint and the objective's arrays; refuses what was trained otherwise."""
    arrays, meta = load_checkpoint(folder)
    for option in (o for o in fields(Config) if o.name in FIXED):
        before, now = meta["config"].get(option.name, option.default), getattr(config, option.name)
        if before != now:
            raise LabError(
                f"{folder} was trained with {option.name} {before!r}, not {now!r};"
                " resume with the same, or choose another --name"
            )
    state = fresh_state(config)
    load_weights(state.net, select(arrays, "net."), str(folder))
    for (name, _), mean in zip(state.net.named_parameters(), state.averaged, strict=True):
        mean.copy_(arrays[f"ema.{name}"])
    restore_moments("adam", state.net, state.adam, arrays)
    state.step, state.seconds = int(meta["step"]), float(meta["seconds"])
    return state, select(arrays, "objective.")
