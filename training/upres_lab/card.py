"""The card of a model: what it is, how it was trained, how good it is, whose work it rests on."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from upres_lab.config import Config
from upres_lab.errors import LabError
from upres_lab.exported import ExportedModel
from upres_lab.golden import SIDE
from upres_lab.layers import macs_per_pixel, parameter_count
from upres_lab.teachers import DISP

LICENCE = "MIT"
HASHED = ("model.json", "weights.bin", "golden.bin")

TEACHER_CREDITS = {
    DISP: "teacher: DISP (team 18 of the NTIRE 2026 efficient super-resolution challenge), "
    "github.com/Amazingren/NTIRE2026_ESR, MIT",
}

DEGRADATIONS = {
    "clean": "bicubic downscale, nothing else",
    "web": "25 % clean bicubic; else blur, area/bilinear/bicubic/Lanczos downscale, noise, JPEG "
    "q 40-95 (4:2:0) or WebP q 50-95, at times twice with a resize between",
}

SUMMARY = {
    "clean": "fidelity weights for clean images",
    "web": "fidelity weights for web images, which also clean up after JPEG and WebP",
}


def read_manifest(data: Path) -> list[dict[str, str]]:
    """The rows of `MANIFEST.tsv` beside the training images: file, repo, licence, w, h, ..."""
    manifest = data / "MANIFEST.tsv"
    if not manifest.is_file():
        raise LabError(f"no {manifest}; the card must name the sources of the training images")
    with manifest.open(newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def attributions(data: Path) -> list[str]:
    """One line a source of training images."""
    found = {(row["repo"], row["licence"]) for row in read_manifest(data)}
    return [f"training images: {repo} ({licence})" for repo, licence in sorted(found)]


def describe_training(
    meta: dict[str, Any], stages: list[dict[str, Any]], data: Path | None
) -> dict[str, Any]:
    """The training part of the card, from a checkpoint's meta and the stages that led to it."""
    config = meta["config"]
    return {
        "summary": SUMMARY[config["degradation"]],
        "data": describe_data(config, data),
        "degradation": DEGRADATIONS[config["degradation"]],
        "iterations": sum(stage["iterations"] for stage in stages),
        "batch": config["batch"],
        "patch": config["patch"],
        "loss": describe_loss(config),
        "teacher": f"{config['teacher']} x {config['teacher_weight']}"
        if config["teacher"]
        else "none",
        "command": stages[-1]["command"],
        "stages": stages,
        "date": date.today().isoformat(),
        "minutes": round(sum(stage["minutes"] for stage in stages), 1),
    }


def read_card(folder: Path) -> dict[str, Any]:
    """The card beside an exported model."""
    try:
        return json.loads((folder / "card.json").read_text())
    except (OSError, ValueError) as error:
        raise LabError(f"no card.json in {folder} ({error}); export the model again") from None


def teacher_credits(stages: list[dict[str, Any]]) -> list[str]:
    """One line a teacher that any of the stages imitated; their commands name them."""
    commands = " ".join(stage["command"] for stage in stages)
    names = sorted(set(re.findall(r"--teacher (\S+)", commands)))
    return [TEACHER_CREDITS.get(name, f"teacher: {name}") for name in names]


def describe_stage(meta: dict[str, Any], parent: str = "") -> dict[str, Any]:
    """One stage: its name, iterations, minutes, and the command that repeats it.

    `parent` is the name of the stage it started from.
    """
    return {
        "name": meta["config"]["name"],
        "iterations": meta["step"],
        "minutes": round(meta["seconds"] / 60, 1),
        "command": command_line(meta, parent),
    }


def describe_loss(config: dict[str, Any]) -> str:
    """The distances that were minimised."""
    switch = config["mse_from"]
    distance = "L1" if switch >= 1 else f"L1, squared error from {switch:.0%} of the schedule on"
    luma = config.get("luma", 0)
    return f"{distance}, luma once more x {luma:g}" if luma else distance


def describe_data(config: dict[str, Any], data: Path | None) -> str:
    """What the crops were cut from, in a sentence."""
    if data is None:
        return "not stated"
    rows = read_manifest(data)
    pixels = sum(int(row["w"]) * int(row["h"]) for row in rows)
    drawn = f"; {config['drawn']:.0%} of the steps on drawn pages" if config["drawn"] else ""
    return f"{len(rows)} images, {pixels / 1e6:.0f} megapixels, classes {config['kinds']}{drawn}"


def command_line(meta: dict[str, Any], parent: str) -> str:
    """The command that repeats a stage by steps, whatever the speed of the machine."""
    config = meta["config"] | {"steps": meta["step"], "minutes": 0.0}
    if config["init"]:
        config["init"] = f"training/runs/out/{parent}"
    changed = {
        f.name: config[f.name] for f in fields(Config) if config.get(f.name, f.default) != f.default
    }
    options = [f"--{key.replace('_', '-')} {value}" for key, value in changed.items()]
    return " ".join(["python -m upres_lab.train", *options, "--data ../shared/data/train"])


def build_card(
    folder: Path, version: str, channels: int, training: dict, metrics: dict, credits: list[str]
) -> dict[str, Any]:
    """The whole card of the files in `folder`."""
    model = ExportedModel(folder)
    side = SIDE * model.scale
    return {
        "name": folder.name,
        "version": version,
        "scale": model.scale,
        "receptiveField": model.radius,
        "channels": channels,
        "params": parameter_count(model.layers),
        "macsPerPixel": macs_per_pixel(model.layers),
        "bytes": (folder / "weights.bin").stat().st_size,
        "golden": {"input": [SIDE, SIDE, 3], "output": [side, side, 3]},
        "training": training,
        "metrics": metrics,
        "licence": LICENCE,
        "attributions": credits,
        "sha256": {name: _sha256(folder / name) for name in HASHED},
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
