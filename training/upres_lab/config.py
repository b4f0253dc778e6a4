"""What a training run depends on, and its schedule."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from upres_lab.errors import LabError


def _option(default: Any, text: str) -> Any:  # noqa: ANN401 (what `field` itself returns)
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True)
class Config:
    """Everything a run depends on; the defaults are those of the tiny tier."""

    name: str = _option("", "folder of the run below --out")
    arch: str = _option("compact", "generator: compact (what ships) or srresnet")
    scale: int = _option(2, "magnification, 2 or 4")
    channels: int = _option(16, "width: 16 is the tiny tier")
    depth: int = _option(8, "body layers: depth beats width per operation")
    block: int = _option(0, "skips around so many body layers each, 0 = none; fast: 4")
    widths: str = _option("", "channels behind each body layer, 16,12,…; empty = all --channels")
    degradation: str = _option("clean", "clean (bicubic) or web")
    steps: int = _option(60_000, "iterations of the schedule")
    minutes: float = _option(0.0, "end the schedule after this time, 0 = by steps alone")
    batch: int = _option(16, "crops a step")
    patch: int = _option(48, "side of a crop in low-resolution pixels, twice the network's reach")
    rim: int = _option(0, "low-resolution pixels at a crop's edge that the loss leaves out")
    edges: float = _option(0.0, "share of the crops one rim of which repeats the edge within")
    lr: float = _option(2e-3, "peak rate of Adam; 16 channels bear 2e-3, wider networks 1e-3")
    warmup: float = _option(0.05, "part of the schedule with a rising rate")
    mse_from: float = _option(0.85, "from here on the squared error, which is what PSNR measures")
    bf16_until: float = _option(0.8, "convolutions in bfloat16 until here, then in float32")
    ema: float = _option(0.999, "decay of the averaged weights, the ones that are shipped")
    luma: float = _option(0.0, "weight of the error in luma, beside that in the three colours")
    teacher: str = _option("", "teacher to imitate, empty = none")
    teacher_weight: float = _option(0.3, "weight of the distance to the teacher's picture")
    teacher_run: str = _option("", "checkpoint of our own to imitate, picture and features")
    features: float = _option(0.1, "weight of the distance to the features of teacher_run")
    pixel: float = _option(1.0, "stage 2: weight of the error in pixels")
    perceptual: float = _option(0.0, "stage 2: weight of the distance of VGG's features")
    spectrum: float = _option(0.0, "stage 2: weight of the error in the spectrum")
    colour: float = _option(0.0, "stage 2: weight of the error of the blurred picture")
    artefact: float = _option(0.0, "stage 2: weight of fluctuations that the parent does not have")
    gan: float = _option(0.0, "stage 2: weight of the discriminator's opinion")
    gan_lr: float = _option(1e-4, "stage 2: rate of the discriminator")
    discriminator: str = _option("patch", "stage 2: patch (PatchGAN) or srgan")
    rho: float = _option(0.0, "slimming: weight of the sum of the gates, 0 = no slimming")
    gate_lr: float = _option(0.1, "slimming: rate of the gates")
    distil: float = _option(20.0, "slimming: weight of the distance to the parent's picture")
    bits: int = _option(0, "slimming: train as if weights were stored in so many bits, 0 = float")
    max_drop: float = _option(0.0, "stop when PSNR on --bench has fallen by so much, 0 = never")
    init: str = _option("", "checkpoint (its averaged weights) or exported model to start from")
    kinds: str = _option("photo=0.75,art=0.2,ui=0.05", "how often each class of image is drawn")
    drawn: float = _option(0.0, "share of the steps on images drawn by code")
    seed: int = _option(0, "seed of the first weights and of every batch")

    def check(self) -> None:
        """Refuse what cannot work, before any work is done."""
        if not self.name:
            raise LabError("the run has no name; add --name")
        if self.scale not in (2, 4):
            raise LabError(f"--scale {self.scale} is not supported; use 2 or 4")
        if self.block and self.depth % self.block:
            raise LabError(f"--depth {self.depth} is no multiple of --block {self.block}")
        if self.degradation not in ("clean", "web"):
            raise LabError(f"--degradation {self.degradation} is unknown; use clean or web")
        if (self.artefact or self.rho) and not self.init:
            raise LabError("--artefact and --rho compare with the parent of the run; give --init")
        if not 0 <= self.drawn <= 1:
            raise LabError(f"--drawn {self.drawn} is no share; use 0 to 1")
        if not 0 <= self.edges <= 1:
            raise LabError(f"--edges {self.edges} is no share; use 0 to 1")
        if not 0 <= 2 * self.rim < self.patch:
            raise LabError(f"--rim {self.rim} leaves nothing of a crop of {self.patch} pixels")
        if self.edges and not self.rim:
            raise LabError("--edges repeats the edge over the rim of a crop; give a --rim too")


def progress_of(config: Config, step: int, seconds: float) -> float:
    """How far the schedule is, 0..1: by steps, or by time where that is further."""
    by_time = seconds / (60 * config.minutes) if config.minutes else 0.0
    return min(1.0, max(step / config.steps, by_time))


def rate_at(config: Config, progress: float) -> float:
    """One-cycle learning rate: a linear rise, then half a cosine down to a thousandth."""
    if progress < config.warmup:
        return config.lr * max(0.02, progress / config.warmup)
    fall = (progress - config.warmup) / (1 - config.warmup)
    return config.lr * max(1e-3, 0.5 * (1 + math.cos(math.pi * fall)))
