"""Checkpoints: a folder with `weights.npz` (arrays only) and a readable `meta.json`."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from upres_lab.errors import LabError


def save_checkpoint(folder: Path, arrays: dict[str, Tensor], meta: dict[str, Any]) -> None:
    """Write both files atomically: an interrupted write leaves the previous checkpoint whole.

    The new folder is complete before the old one is moved aside; `load_checkpoint` looks there too.
    """
    partial, old = folder.with_name(folder.name + ".partial"), _aside(folder)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with (partial / "weights.npz").open("wb") as out:
        np.savez(out, **{k: v.detach().cpu().numpy() for k, v in arrays.items()})
        out.flush()
        os.fsync(out.fileno())
    (partial / "meta.json").write_text(json.dumps(meta, indent=2) + "\n")
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load_checkpoint(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read the arrays and the meta data; nothing in the files is executed."""
    if not folder.exists() and _aside(folder).exists():
        folder = _aside(folder)
    try:
        meta = json.loads((folder / "meta.json").read_text())
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            arrays = {k: torch.from_numpy(stored[k]) for k in stored.files}
    except FileNotFoundError:
        raise LabError(f"no checkpoint in {folder}; train first or point to another one") from None
    except (OSError, ValueError, KeyError) as error:
        raise LabError(f"the checkpoint {folder} cannot be read ({error}); retrain it") from None
    return arrays, meta


def select(arrays: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The arrays whose names start with `prefix`, without it."""
    return {k[len(prefix) :]: v for k, v in arrays.items() if k.startswith(prefix)}


def _aside(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")
