import json

import numpy as np
import pytest
import torch

from upres_lab.batches import Batch, make_batch
from upres_lab.checkpoint import load_checkpoint, save_checkpoint
from upres_lab.config import Config, progress_of, rate_at
from upres_lab.errors import LabError
from upres_lab.export import export
from upres_lab.exported import ExportedModel
from upres_lab.fidelity import Fidelity
from upres_lab.network import Generator, upscale
from upres_lab.sources import Mix, Source, kind_weights
from upres_lab.state import fresh_state
from upres_lab.train import train


def batch_of(hr, taught=None):
    return Batch(hr, hr, taught, torch.ones(len(hr), dtype=torch.bool))


def loss_of(output, batch, **options):
    return Fidelity(Config(name="x", mse_from=0.5, **options)).loss(output, batch, 0.2).item()


def test_loss_against_its_closed_form():
    hr, taught, out = (torch.full((1, 3, 4, 4), v) for v in (0.5, 0.4, 0.7))
    assert loss_of(out, batch_of(hr)) == pytest.approx(0.2)
    assert loss_of(out, batch_of(hr, taught)) == pytest.approx(0.2 + 0.3 * 0.3)
    late = Fidelity(Config(name="x", mse_from=0.5)).loss(out, batch_of(hr, taught), 0.6)
    assert late.item() == pytest.approx(0.04 + 0.3 * 0.09)
    # luma of a grey step is (65.481 + 128.553 + 24.966) / 255 of it
    assert loss_of(out, batch_of(hr), luma=2.0) == pytest.approx(0.2 * (1 + 2 * 219 / 255))


def test_the_rim_of_a_crop_does_not_count():
    hr, out = torch.zeros(1, 3, 8, 8), torch.zeros(1, 3, 8, 8)
    out[..., 0], out[..., 6:, :] = 1, 1
    assert loss_of(out, batch_of(hr, hr), rim=1) == 0
    assert loss_of(out, batch_of(hr, hr)) > 0


def test_schedule_rises_to_the_peak_and_falls():
    config = Config(name="x", lr=1.0, warmup=0.1)
    rates = [rate_at(config, p) for p in (0, 0.05, 0.1, 0.55, 1)]
    assert rates == pytest.approx([0.02, 0.5, 1.0, 0.5, 1e-3], abs=1e-6)


@pytest.mark.parametrize(
    ("step", "seconds", "expected"), [(50, 0, 0.5), (10, 45, 0.75), (0, 600, 1.0), (100, 0, 1.0)]
)
def test_progress_is_by_steps_or_time(step, seconds, expected):
    assert progress_of(Config(name="x", steps=100, minutes=1), step, seconds) == expected


def test_one_batch_can_be_learnt_by_heart(small_mix):
    torch.manual_seed(0)
    net = Generator(2, channels=16, depth=4)
    batch = make_batch(small_mix.at(0), scale=2, patch=12, size=1, web=False, seed=0, step=0)
    adam = torch.optim.Adam(net.parameters(), lr=3e-3)
    losses = []
    for _ in range(250):
        adam.zero_grad()
        loss = Fidelity(Config(name="x")).loss(net(batch.lr), batch, 0)
        loss.backward()
        adam.step()
        losses.append(loss.item())
    assert losses[-1] < 0.25 * losses[0]


@pytest.mark.parametrize("degradation", ["clean", "web"])
def test_resuming_is_exact_to_the_step(config, small_mix, tmp_path, degradation):
    config = Config(**(vars(config) | {"degradation": degradation}))
    straight = train(config, tmp_path / "a", small_mix)
    train(config, tmp_path / "b", small_mix, stop_at=5)
    resumed = train(config, tmp_path / "b", small_mix, resume=True)
    first, meta = load_checkpoint(straight)
    second, _ = load_checkpoint(resumed)
    assert meta["step"] == config.steps
    assert first.keys() == second.keys()
    for name in first:
        assert torch.equal(first[name], second[name]), name


def test_init_starts_from_the_averaged_weights(config, small_mix, tmp_path):
    parent = train(config, tmp_path, small_mix)
    child = Config(**(vars(config) | {"name": "child", "init": str(parent), "lr": 0.0, "steps": 1}))
    arrays, _ = load_checkpoint(train(child, tmp_path, small_mix))
    before, _ = load_checkpoint(parent)
    assert torch.equal(arrays["net.head.plain"], before["ema.head.plain"])


@pytest.mark.parametrize("block", [0, 2])
def test_init_starts_from_an_exported_model(config, small_mix, tmp_path, block):
    config = Config(**(vars(config) | {"depth": 4, "block": block}))
    parent = train(config, tmp_path, small_mix)
    export(parent, tmp_path / "model", "1.0.0")
    child = Config(**(vars(config) | {"name": "child", "init": str(tmp_path / "model")}))
    x = torch.rand(1, 3, 16, 16)
    exported = ExportedModel(tmp_path / "model").upscale(x)
    assert torch.allclose(upscale(fresh_state(child).shipped(), x), exported, atol=1e-5)
    other = Config(**(vars(child) | {"block": 4 - 2 * block}))
    with pytest.raises(LabError, match="is of another network than the options"):
        fresh_state(other)
    export(train(child, tmp_path, small_mix), tmp_path / "next", "1.0.0")
    stages = json.loads((tmp_path / "next" / "card.json").read_text())["training"]["stages"]
    assert [stage["name"] for stage in stages] == ["small", "child"]
    assert "--init training/runs/out/small" in stages[1]["command"]


def test_not_a_number_stops_the_run_and_keeps_its_batch(config, tmp_path, small_mix):
    config = Config(**(vars(config) | {"lr": 1e38}))
    with pytest.raises(LabError, match=r"loss is (nan|inf) at step 1; its batch is in"):
        train(config, tmp_path, small_mix)
    with np.load(tmp_path / "small-bad-batch.npz") as kept:
        assert kept["lr"].shape == (2, 3, 16, 16)
    assert not (tmp_path / "small").exists()


def test_a_run_is_not_overwritten(config, small_mix, tmp_path):
    folder = train(config, tmp_path, small_mix)
    before = (folder / "weights.npz").read_bytes()
    with pytest.raises(LabError, match="already holds a run"):
        train(config, tmp_path, small_mix)
    assert (folder / "weights.npz").read_bytes() == before


def test_resuming_another_network_says_so(config, small_mix, tmp_path):
    train(config, tmp_path, small_mix)
    wider = Config(**(vars(config) | {"channels": 12}))
    with pytest.raises(LabError, match="channels 8, not 12"):
        train(wider, tmp_path, small_mix, resume=True)


def test_an_interrupted_save_leaves_the_last_checkpoint(tmp_path):
    folder = tmp_path / "run"
    save_checkpoint(folder, {"a": torch.ones(2)}, {"step": 1})
    folder.rename(tmp_path / "run.old")  # as if stopped between the two renames
    arrays, meta = load_checkpoint(folder)
    assert meta == {"step": 1}
    assert arrays["a"].tolist() == [1, 1]


def test_shares_of_sources_and_classes(small_mix):
    one = small_mix.sources[0]
    mix = Mix([one, Source(one.hr, one.lr, None, one.weights, one.natural)], np.array([0.9, 1.0]))
    second = [mix.at(step) is mix.sources[1] for step in range(1000)]
    assert sum(second) == pytest.approx(100, abs=5)


def test_class_weights(tmp_path):
    from upres_lab.cache import Entry

    entries = [Entry("a", "photo", 10, 10), Entry("b", "photo", 10, 30), Entry("c", "art", 5, 5)]
    assert kind_weights(entries, "photo=0.8,art=0.2,ui=0.5") == pytest.approx([0.2, 0.6, 0.2])
    with pytest.raises(LabError, match="not of the form"):
        kind_weights(entries, "photo")
