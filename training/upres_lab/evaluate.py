"""Measure a model: `python -m upres_lab.evaluate --model DIR --bench DIR --scale 2 ...`.

Reads the exported files, never a checkpoint: what is measured is what is shipped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from upres_lab.bench import DEGRADATIONS, Upscaler, bench_pair, measure_set
from upres_lab.errors import LabError, exit_with_line
from upres_lab.exported import ExportedModel
from upres_lab.images import list_images, resize, to_image, to_tensor
from upres_lab.network import upscale
from upres_lab.state import load_generator
from upres_lab.teachers import DEFAULT_TEACHERS, load_teacher, teach

SETS = ("Set5", "Set14", "BSD100")
CROP = 56  # side of a side-by-side crop in low-resolution pixels


def bicubic(lr: Tensor, scale: int) -> Tensor:
    """Pillow's bicubic upscaling of (1, 3, h, w), through 8 bit as a viewer would."""
    image = to_image(lr[0])
    h, w = image.shape[:2]
    return to_tensor(resize(image, w * scale, h * scale, Image.Resampling.BICUBIC)[None])


def open_upscaler(model: str, scale: int, teachers: Path) -> Upscaler:
    """The upscaler named on the command line: a folder, bicubic, teacher:NAME or checkpoint:DIR."""
    if model == "bicubic":
        return lambda lr: bicubic(lr, scale)
    if model.startswith("teacher:"):
        net = load_teacher(teachers, model.removeprefix("teacher:"))
        return lambda lr: teach(net, lr, scale)
    if model.startswith("checkpoint:"):
        net = load_generator(Path(model.removeprefix("checkpoint:")))
        check_scale(model, net.scale, scale)
        return lambda lr: upscale(net, lr)
    exported = ExportedModel(Path(model))
    check_scale(model, exported.scale, scale)
    return exported.upscale


def check_scale(model: str, has: int, wanted: int) -> None:
    """Refuse to measure a model at another scale than its own."""
    if has != wanted:
        raise LabError(f"{model} upscales by {has}; give --scale {has}")


def measure(upscaler: Upscaler, bench: Path, scale: int, degradation: str) -> dict[str, dict]:
    """PSNR and SSIM of each test set found below `bench`."""
    present = [name for name in SETS if (bench / name).is_dir()]
    if not present:
        raise LabError(f"none of {', '.join(SETS)} is in {bench}; point --bench to their folder")
    sets = {}
    for name in present:
        psnr, ssim = measure_set(upscaler, bench / name, scale, degradation)
        sets[name] = {"psnr": round(psnr, 3), "ssim": round(ssim, 4)}
    return sets


def write_crops(
    upscaler: Upscaler, bench: Path, scale: int, degradation: str, folder: Path, per_set: int = 14
) -> None:
    """One picture an image: low resolution (nearest) | bicubic | model | truth, liveliest part."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (s for s in SETS if (bench / s).is_dir()):
        for path in list_images(bench / name)[:per_set]:
            hr, lr = bench_pair(path, scale, degradation)
            side = min(CROP, *lr.shape[:2])
            y, x = liveliest(lr, side)
            part = lr[y : y + side, x : x + side]
            tensor = to_tensor(lr[None])
            window = (slice(y * scale, (y + side) * scale), slice(x * scale, (x + side) * scale))
            panels = [
                resize(part, side * scale, side * scale, Image.Resampling.NEAREST),
                to_image(bicubic(tensor, scale)[0])[window],
                to_image(upscaler(tensor)[0])[window],
                hr[window],
            ]
            sheet = np.concatenate(panels, axis=1)
            Image.fromarray(sheet).save(folder / f"{name}-{path.stem}-x{scale}-{degradation}.png")


def liveliest(image: np.ndarray, side: int) -> tuple[int, int]:
    """Top left of the window (on a coarse grid) with the largest variance."""
    grey = image.astype(float).mean(-1)
    h, w = grey.shape
    spots = [(y, x) for y in range(0, h - side + 1, 8) for x in range(0, w - side + 1, 8)]
    return max(spots, key=lambda at: grey[at[0] : at[0] + side, at[1] : at[1] + side].var())


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m upres_lab.evaluate")
    parser.add_argument(
        "--model", required=True, help="exported folder, checkpoint:DIR, bicubic, or teacher:NAME"
    )
    parser.add_argument("--bench", type=Path, required=True, help="folder of Set5, Set14, BSD100")
    parser.add_argument("--scale", type=int, required=True, choices=(2, 4))
    parser.add_argument("--degradation", choices=DEGRADATIONS, default="clean")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--crops", type=Path, help="write side-by-side crops here")
    parser.add_argument("--teachers", type=Path, default=DEFAULT_TEACHERS)
    given = parser.parse_args()
    upscaler = open_upscaler(given.model, given.scale, given.teachers)
    sets = measure(upscaler, given.bench, given.scale, given.degradation)
    plain = measure(
        lambda lr: bicubic(lr, given.scale), given.bench, given.scale, given.degradation
    )
    named = given.model if ":" in given.model else Path(given.model).name
    result = {
        "model": named,
        "scale": given.scale,
        "degradation": given.degradation,
        "sets": sets,
        "bicubic": plain,
    }
    for name, row in sets.items():
        print(
            f"{name}: {row['psnr']:.2f} dB {row['ssim']:.4f}"
            f" (bicubic {plain[name]['psnr']:.2f} dB {plain[name]['ssim']:.4f})"
        )
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(result, indent=2) + "\n")
    if given.crops:
        write_crops(upscaler, given.bench, given.scale, given.degradation, given.crops)


if __name__ == "__main__":
    exit_with_line(main)
