"""Export a checkpoint: `python -m upres_lab.export --checkpoint DIR --out DIR`.

Writes `model.json` and `weights.bin` (TensorFlow.js layers format), `golden.bin` (a picture and the
model's output for it) and `card.json`. A failure leaves what was in the folder before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from upres_lab.architectures import build
from upres_lab.bench import DEGRADATIONS
from upres_lab.card import (
    attributions,
    build_card,
    describe_stage,
    describe_training,
    read_card,
    teacher_credits,
)
from upres_lab.checkpoint import load_checkpoint, select
from upres_lab.errors import LabError, exit_with_line
from upres_lab.evaluate import bicubic, measure
from upres_lab.exported import ExportedModel
from upres_lab.golden import golden_bytes
from upres_lab.layers import generator_layers
from upres_lab.network import Generator
from upres_lab.state import load_weights
from upres_lab.tfjs_format import is_exported, write_model


def export(
    checkpoint: Path, out: Path, version: str, data: Path | None = None, bench: Path | None = None
) -> None:
    """Merge the averaged weights of `checkpoint` and write the four files of `out`.

    `data` names the training images (for their credits), `bench` the test sets (for the metrics).
    """
    arrays, meta = load_checkpoint(checkpoint)
    config = meta["config"]
    net = build(config)
    if not isinstance(net, Generator):
        raise LabError(
            f"{checkpoint} is a {config['arch']}; only the compact generator is exported"
        )
    load_weights(net, select(arrays, "ema."), str(checkpoint))
    layers = generator_layers(net.merged())

    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".export-", dir=out.parent))
    folder = scratch / out.name
    try:
        write_model(folder, f"upres-{out.name}", layers)
        model = ExportedModel(folder)
        if model.scale != net.scale or model.radius != net.radius:
            raise LabError(f"the exported files of {out.name} read back differently; not written")
        (folder / "golden.bin").write_bytes(golden_bytes(model))
        stages = stages_of(meta)
        credits = [*(attributions(data) if data else []), *teacher_credits(stages)]
        metrics = measure_all(model, bench) if bench else {}
        training = describe_training(meta, stages, data)
        card = build_card(folder, version, net.channels, training, metrics, credits)
        (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
        out.mkdir(parents=True, exist_ok=True)
        for name in ("model.json", "weights.bin", "golden.bin", "card.json"):
            (folder / name).replace(out / name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{out}: {card['bytes']} bytes of weights, {card['params']} parameters")


def stages_of(meta: dict) -> list[dict]:
    """The stages that led to a checkpoint, first one first: its own and those it started from."""
    init = meta["config"]["init"]
    if not init:
        return [describe_stage(meta)]
    if is_exported(Path(init)):
        before = read_card(Path(init))["training"]["stages"]
    else:
        before = stages_of(load_checkpoint(Path(init))[1])
    return [*before, describe_stage(meta, before[-1]["name"])]


def measure_all(model: ExportedModel, bench: Path) -> dict:
    """Metrics on the clean and web test sets, with bicubic's beside."""
    scale = model.scale
    ours = {d: measure(model.upscale, bench, scale, d) for d in DEGRADATIONS}
    plain = {d: measure(lambda lr: bicubic(lr, scale), bench, scale, d) for d in DEGRADATIONS}
    return {**ours, "bicubic": plain}


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m upres_lab.export")
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder of a run")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder to write; its name is the model's"
    )
    parser.add_argument("--version", default="1.0.0", help="version written in the card")
    parser.add_argument("--data", type=Path, help="training images, for the credits in the card")
    parser.add_argument("--bench", type=Path, help="test sets, for the metrics in the card")
    given = parser.parse_args()
    export(given.checkpoint, given.out, given.version, given.data, given.bench)


if __name__ == "__main__":
    exit_with_line(main)
