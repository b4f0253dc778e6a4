"""Train a compact generator: `python -m upres_lab.train --name tiny-x2 --scale 2 ...`.

One loop, read from top to bottom. Stop it whenever you like; the same command with `--resume`
goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import torch

from upres_lab.batches import Batch, make_batch
from upres_lab.bench import DEGRADATIONS, measure_set
from upres_lab.cache import DEFAULT_CACHE
from upres_lab.config import Config, progress_of, rate_at
from upres_lab.errors import LabError, exit_with_line
from upres_lab.network import upscale
from upres_lab.objective import open_objective
from upres_lab.sources import Mix, open_mix
from upres_lab.state import State, fresh_state, restore_state, save_state
from upres_lab.teachers import DEFAULT_TEACHERS

PRINT_SECONDS = 20


def train(
    config: Config,
    out: Path,
    mix: Mix,
    *,
    resume: bool = False,
    compiled: bool = False,
    bench: Path | None = None,
    teachers: Path = DEFAULT_TEACHERS,
    save_every: float = 120.0,
    stop_at: int | None = None,
) -> Path:
    """Train to the end of the schedule, or to step `stop_at`; returns the checkpoint's folder.

    Saves every `save_every` seconds and then measures the images of `bench`, if given.
    """
    config.check()
    folder = out / config.name
    if folder.exists() and not resume:
        raise LabError(f"{folder} already holds a run; add --resume, or choose another --name")
    state, kept = restore_state(folder, config) if resume else (fresh_state(config), {})
    objective = open_objective(config, state.net, teachers)
    if kept:
        objective.restore(kept)
    forward = torch.compile(state.net) if compiled else state.net
    parent_psnr = psnr_of_parent(config, bench)

    started = time.monotonic() - state.seconds
    printed = saved = time.monotonic()
    printed_step, losses = state.step, []
    while state.step != stop_at:
        progress = progress_of(config, state.step, state.seconds)
        if progress >= 1:
            break
        batch = make_batch(
            mix.at(state.step),
            scale=config.scale,
            patch=config.patch,
            size=config.batch,
            web=config.degradation == "web",
            seed=config.seed,
            step=state.step,
            rim=config.rim,
            edges=config.edges,
        )
        state.adam.param_groups[0]["lr"] = rate_at(config, progress)
        state.adam.zero_grad(set_to_none=True)
        # float32 at the end, where the steps become smaller than bfloat16 can resolve
        dtype = torch.bfloat16 if progress < config.bf16_until else torch.float32
        output = forward(batch.lr, dtype)
        loss = objective.loss(output, batch, progress)
        loss.backward()
        if not math.isfinite(value := loss.item()):
            raise LabError(keep_bad_batch(out, config, batch, state.step, value))
        state.adam.step()
        objective.after_step(output.detach(), batch, progress)
        state.average(config.ema)
        state.step += 1
        losses.append(value)

        now = time.monotonic()
        state.seconds = now - started
        if now - printed > PRINT_SECONDS:
            rate = (state.step - printed_step) / (now - printed)
            print(progress_line(config, state, rate, np.mean(losses)), flush=True)
            printed, printed_step, losses = now, state.step, []
        if now - saved > save_every:
            save_state(folder, config, state, objective.arrays())
            fallen = parent_psnr - report(bench, config, state)
            if config.max_drop and fallen > config.max_drop:
                print(f"{config.name} is {fallen:.2f} dB below its parent: stopped", flush=True)
                return folder
            saved = time.monotonic()
    save_state(folder, config, state, objective.arrays())
    report(bench, config, state)
    return folder


def progress_line(config: Config, state: State, rate: float, loss: float) -> str:
    """Where the run is, how fast it goes and how long it will take."""
    left = (config.steps - state.step) / rate
    if config.minutes:
        left = min(left, 60 * config.minutes - state.seconds)
    progress = progress_of(config, state.step, state.seconds)
    return (
        f"{config.name} step {state.step}/{config.steps} ({progress:.1%}) loss {loss:.5f} "
        f"lr {rate_at(config, progress):.2e} {rate:.1f} it/s, {max(0, left) / 60:.1f} min left"
    )


def keep_bad_batch(out: Path, config: Config, batch: Batch, step: int, value: float) -> str:
    """Save the batch that broke the run (the checkpoint stays as it was); returns the message."""
    where = out / f"{config.name}-bad-batch.npz"
    out.mkdir(parents=True, exist_ok=True)
    np.savez(where, lr=batch.lr.numpy(), hr=batch.hr.numpy(), step=step)
    return f"the loss is {value} at step {step}; its batch is in {where}, lower --lr and resume"


def report(bench: Path | None, config: Config, state: State) -> float:
    """Print the averaged network's PSNR and SSIM on `bench`; returns the PSNR of the run's kind."""
    if bench is None:
        return 0.0
    net = state.shipped()
    found = {d: measure_net(net, bench, config.scale, d) for d in DEGRADATIONS}
    parts = [f"{name} {psnr:.2f} dB {ssim:.4f}" for name, (psnr, ssim) in found.items()]
    print(f"{config.name} step {state.step} {bench.name}: {', '.join(parts)}", flush=True)
    return found[config.degradation][0]


def psnr_of_parent(config: Config, bench: Path | None) -> float:
    """What `max_drop` counts from: the PSNR of the network that the run started from."""
    if not config.max_drop:
        return 0.0
    if bench is None or not config.init:
        raise LabError("--max-drop compares with the parent on a test set; give --init and --bench")
    return measure_net(fresh_state(config).shipped(), bench, config.scale, config.degradation)[0]


def measure_net(
    net: torch.nn.Module, bench: Path, scale: int, degradation: str
) -> tuple[float, float]:
    """Mean PSNR (dB) and SSIM of a network under the border contract."""
    return measure_set(lambda lr: upscale(net, lr), bench, scale, degradation)


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m upres_lab.train")
    for option in fields(Config):
        parser.add_argument(
            f"--{option.name.replace('_', '-')}",
            type=type(option.default),
            default=option.default,
            help=f"{option.metadata['help']} (default: {option.default!r})",
        )
    parser.add_argument(
        "--out", type=Path, default=Path("training/runs/out"), help="folder of runs"
    )
    parser.add_argument("--data", type=Path, help="training images; without it, drawn ones")
    parser.add_argument("--teachers", type=Path, default=DEFAULT_TEACHERS)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="decoded images")
    parser.add_argument("--bench", type=Path, help="folder of images to measure at every save")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--compile", action="store_true", help="torch.compile, 1.5 times as fast")
    parser.add_argument("--save-every", type=float, default=120, help="seconds between checkpoints")
    given = vars(parser.parse_args())
    config = Config(**{option.name: given[option.name] for option in fields(Config)})
    config.check()
    train(
        config,
        given["out"],
        open_mix(config, given["data"], given["teachers"], given["cache"]),
        resume=given["resume"],
        compiled=given["compile"],
        bench=given["bench"],
        teachers=given["teachers"],
        save_every=given["save_every"],
    )


if __name__ == "__main__":
    exit_with_line(main)
