import hashlib
import json

import numpy as np
import pytest
import torch
from numpy_runner import run_exported

from upres_lab.checkpoint import load_checkpoint, select
from upres_lab.config import Config
from upres_lab.errors import LabError
from upres_lab.export import export
from upres_lab.exported import ExportedModel
from upres_lab.golden import golden_input
from upres_lab.images import to_image, to_tensor
from upres_lab.network import Generator, upscale
from upres_lab.state import fresh_state, save_state


@pytest.fixture(scope="module", params=[2, 4])
def exported(request, tmp_path_factory):
    """A random network as a checkpoint, and its export."""
    folder = tmp_path_factory.mktemp("export")
    config = Config(name="run", scale=request.param)
    state = fresh_state(config)
    torch.manual_seed(1)
    for mean in state.averaged:
        mean.add_(torch.randn_like(mean) * 0.02)
    state.step = 1
    save_state(folder / "run", config, state)
    export(folder / "run", folder / "tiny", "1.2.3")
    return folder / "run", folder / "tiny"


def float16_network(checkpoint) -> Generator:
    """The merged PyTorch network with weights rounded as the files hold them."""
    arrays, meta = load_checkpoint(checkpoint)
    net = Generator(meta["config"]["scale"])
    net.load_state_dict(select(arrays, "ema."))
    net = net.merged()
    for weight in net.parameters():
        weight.data = weight.data.half().float()
    return net


def test_files_compute_what_pytorch_computes(exported):
    checkpoint, folder = exported
    net = float16_network(checkpoint)
    x = np.random.default_rng(0).random((14, 17, 3), np.float32)
    pad = net.radius
    wide = np.pad(x, ((pad, pad), (pad, pad), (0, 0)), mode="edge")
    cut = pad * net.scale
    ours = run_exported(folder, wide)[cut:-cut, cut:-cut]
    tensor = torch.from_numpy(x).permute(2, 0, 1)[None]
    for theirs in (upscale(net, tensor), ExportedModel(folder).upscale(tensor)):
        assert np.abs(ours - theirs[0].permute(1, 2, 0).numpy()).max() < 1e-4


def test_rounding_to_float16_is_invisible(exported):
    checkpoint, folder = exported
    arrays, _ = load_checkpoint(checkpoint)
    model = ExportedModel(folder)
    net = Generator(model.scale)
    net.load_state_dict(select(arrays, "ema."))
    x = torch.rand(1, 3, 16, 16)
    assert (upscale(net, x) - model.upscale(x)).abs().max() < 0.01


def test_golden_is_the_input_and_the_output_of_the_files(exported):
    _, folder = exported
    model, image = ExportedModel(folder), golden_input()
    output = to_image(model.upscale(to_tensor(image[None]))[0])
    assert (folder / "golden.bin").read_bytes() == image.tobytes() + output.tobytes()
    assert output.shape == (32 * model.scale, 32 * model.scale, 3)


def test_format_of_the_topology(exported):
    _, folder = exported
    model = json.loads((folder / "model.json").read_text())
    layers = model["modelTopology"]["model_config"]["config"]["layers"]
    body = [name for i in range(1, 9) for name in (f"body{i}", f"body{i}_act")]
    names = ["input", "head", "head_act", *body, "skip", "tail", "base", "sum", "pixel_shuffle"]
    assert model["format"] == "layers-model"
    assert [layer["name"] for layer in layers] == names
    assert layers[0]["config"]["batch_input_shape"] == [None, None, None, 3]


def test_card(exported):
    _, folder = exported
    card = json.loads((folder / "card.json").read_text())
    extra = {2: (20_916, 20_892), 4: (25_776 + 1_296, 26_112)}[card["scale"]]
    assert (card["macsPerPixel"], card["params"]) == extra
    assert card["receptiveField"] == 10
    assert card["version"] == "1.2.3"
    assert card["bytes"] == (folder / "weights.bin").stat().st_size
    for name, digest in card["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_a_failed_export_leaves_the_files_as_they_were(exported, tmp_path):
    _, folder = exported
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(LabError, match="no checkpoint in"):
        export(tmp_path / "nothing", folder, "2.0.0")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_cut_off_file_is_named(exported, tmp_path):
    _, folder = exported
    for name in ("model.json", "weights.bin"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "weights.bin").write_bytes((folder / "weights.bin").read_bytes()[:1000])
    with pytest.raises(LabError, match="too short"):
        ExportedModel(tmp_path)
