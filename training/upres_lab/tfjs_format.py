"""The TensorFlow.js layers format: writing and reading `model.json` with `weights.bin`.

Any TensorFlow.js user can load the result with `tf.loadLayersModel`. Weights are stored as float16
and widened on load ("quantization" in the manifest), as the TensorFlow.js converter does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from upres_lab import __version__
from upres_lab.errors import LabError

KERAS_VERSION = "2.15.0"


@dataclass(frozen=True)
class Layer:
    """One Keras layer: class name, own settings, names of its inputs, arrays by weight name."""

    name: str
    class_name: str
    config: dict[str, Any]
    inputs: tuple[str, ...]
    weights: dict[str, np.ndarray]


def is_exported(folder: Path) -> bool:
    """Whether the folder holds an exported model (and not a checkpoint)."""
    return (folder / "model.json").is_file()


def write_model(folder: Path, name: str, layers: list[Layer]) -> None:
    """Write `model.json` and `weights.bin`; the last layer is the output."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest, blobs = [], []
    for layer in layers:
        for weight, array in layer.weights.items():
            manifest.append(
                {
                    "name": f"{layer.name}/{weight}",
                    "shape": list(array.shape),
                    "dtype": "float32",
                    "quantization": {"dtype": "float16", "original_dtype": "float32"},
                }
            )
            blobs.append(np.ascontiguousarray(array, dtype="<f2").tobytes())
    config = {
        "name": name,
        "trainable": False,
        "layers": [_layer_json(layer) for layer in layers],
        "input_layers": [[layers[0].name, 0, 0]],
        "output_layers": [[layers[-1].name, 0, 0]],
    }
    model = {
        "format": "layers-model",
        "generatedBy": f"upres_lab {__version__}",
        "convertedBy": None,
        "modelTopology": {
            "keras_version": KERAS_VERSION,
            "backend": "tensorflow",
            "model_config": {"class_name": "Functional", "config": config},
        },
        "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
    }
    (folder / "weights.bin").write_bytes(b"".join(blobs))
    (folder / "model.json").write_text(json.dumps(model, indent=1) + "\n")


def _layer_json(layer: Layer) -> dict[str, Any]:
    inbound = [[[name, 0, 0, {}] for name in layer.inputs]] if layer.inputs else []
    config = {"name": layer.name, "trainable": False, "dtype": "float32", **layer.config}
    return {
        "class_name": layer.class_name,
        "name": layer.name,
        "config": config,
        "inbound_nodes": inbound,
    }


def read_model(folder: Path) -> list[Layer]:
    """Read the layers in the order they were written, with float32 weights."""
    try:
        model = json.loads((folder / "model.json").read_text())
        flat = np.frombuffer((folder / "weights.bin").read_bytes(), dtype="<f2")
        specs = model["modelTopology"]["model_config"]["config"]["layers"]
        manifest = model["weightsManifest"][0]["weights"]
    except FileNotFoundError as error:
        raise LabError(
            f"no exported model: {error.filename} is missing; export one first"
        ) from None
    except (ValueError, KeyError, IndexError) as error:
        raise LabError(f"{folder}/model.json is no model of this lab ({error})") from None
    weights: dict[str, dict[str, np.ndarray]] = {}
    at = 0
    for entry in manifest:
        layer, weight = entry["name"].rsplit("/", 1)
        size = int(np.prod(entry["shape"]))
        array = flat[at : at + size].astype(np.float32)
        if array.size != size:
            raise LabError(f"{folder}/weights.bin is too short; export the model again")
        weights.setdefault(layer, {})[weight] = array.reshape(entry["shape"])
        at += size
    if at != flat.size:
        raise LabError(f"{folder}/weights.bin is too long; export the model again")
    return [
        Layer(
            name=spec["name"],
            class_name=spec["class_name"],
            config=spec["config"],
            inputs=tuple(node[0] for nodes in spec["inbound_nodes"] for node in nodes),
            weights=weights.get(spec["name"], {}),
        )
        for spec in specs
    ]
