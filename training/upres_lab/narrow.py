"""Take the pruned channels out of a run: `python -m upres_lab.narrow --checkpoint DIR --name NAME`.

Writes a checkpoint to start the fine-tuning from, and prints its `--widths`.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from upres_lab.architectures import build
from upres_lab.checkpoint import load_checkpoint, select
from upres_lab.config import Config
from upres_lab.errors import LabError, exit_with_line
from upres_lab.slimming import narrowed
from upres_lab.state import State, load_weights, save_state


def narrow(checkpoint: Path, name: str, multiple: int = 4) -> tuple[Path, str]:
    """Write `name` beside `checkpoint`; returns its folder and its widths."""
    arrays, meta = load_checkpoint(checkpoint)
    folder = checkpoint.parent / name
    if not meta["config"].get("rho"):
        raise LabError(f"{checkpoint} has no gates; train it with --rho first")
    if folder.exists():
        raise LabError(f"{folder} already exists; choose another --name")
    net = build(meta["config"])
    load_weights(net, select(arrays, "ema."), str(checkpoint))
    small = narrowed(net, multiple)
    widths = ",".join(map(str, small.widths))
    known = {key: value for key, value in meta["config"].items() if hasattr(Config, key)}
    config = replace(Config(**known), name=name, widths=widths, rho=0.0)
    weights = list(small.parameters())
    state = State(small, [w.detach() for w in weights], torch.optim.Adam(weights))
    state.step, state.seconds = int(meta["step"]), float(meta["seconds"])
    save_state(folder, config, state)
    return folder, widths


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m upres_lab.narrow")
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder of a slimmed run")
    parser.add_argument("--name", required=True, help="folder to write beside it")
    parser.add_argument("--multiple", type=int, default=4, help="channels are kept in such groups")
    given = parser.parse_args()
    print(narrow(given.checkpoint, given.name, given.multiple)[1])


if __name__ == "__main__":
    exit_with_line(main)
