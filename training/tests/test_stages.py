"""Runs of two stages: a parent, and what starts from it or imitates it."""

import numpy as np
import pytest
import torch

from upres_lab.checkpoint import load_checkpoint
from upres_lab.config import Config
from upres_lab.errors import LabError
from upres_lab.state import load_generator
from upres_lab.train import train
from upres_lab.vgg import FILE, TAPS, feature_distance, load_vgg


@pytest.fixture(scope="session")
def teachers(tmp_path_factory):
    """A VGG of the right shape with random weights."""
    folder = tmp_path_factory.mktemp("teachers")
    rng = np.random.default_rng(0)
    widths = [("conv1_1", 3, 64), ("conv1_2", 64, 64), ("conv2_1", 64, 128), ("conv2_2", 128, 128)]
    widths += [("conv3_1", 128, 256), *((f"conv3_{i}", 256, 256) for i in (2, 3, 4))]
    arrays = {}
    for name, c_in, c_out in widths:
        scale = (2 / (9 * c_in)) ** 0.5
        arrays[f"{name}.weight"] = rng.normal(0, scale, (c_out, c_in, 3, 3)).astype(np.float32)
        arrays[f"{name}.bias"] = np.zeros(c_out, np.float32)
    np.savez(folder / FILE, **arrays)
    return folder


def test_features_are_those_of_the_plain_network(teachers):
    vgg = load_vgg(teachers)
    x = torch.rand(1, 3, 16, 16)
    first = torch.relu(vgg.convs["conv1_1"](x[:, [2, 1, 0]] * 255 - vgg.mean))
    features = vgg(x)
    assert torch.allclose(features[0], vgg.convs["conv1_2"](first), atol=1e-3)
    assert [f.shape[1:] for f in features] == [(64, 16, 16), (128, 8, 8), (256, 4, 4)]
    assert len(features) == len(TAPS)
    assert feature_distance(vgg, x, x).item() == 0


def test_a_missing_vgg_is_named(tmp_path):
    with pytest.raises(LabError, match=FILE):
        load_vgg(tmp_path)


@pytest.fixture
def stage2(config, small_mix, tmp_path):
    parent = train(config, tmp_path, small_mix)
    options = {"name": "gan", "init": str(parent), "steps": 6, "lr": 1e-3, "rim": 2}
    weights = {"perceptual": 1.0, "spectrum": 0.05, "colour": 1.0, "artefact": 1.0, "gan": 0.1}
    return Config(**(vars(config) | options | weights))


def test_second_stage_resumes_exactly(stage2, small_mix, tmp_path, teachers):
    straight = train(stage2, tmp_path / "a", small_mix, teachers=teachers)
    train(stage2, tmp_path / "b", small_mix, teachers=teachers, stop_at=3)
    resumed = train(stage2, tmp_path / "b", small_mix, teachers=teachers, resume=True)
    first, _ = load_checkpoint(straight)
    second, _ = load_checkpoint(resumed)
    assert any(name.startswith("objective.discriminator.adam.") for name in first)
    assert first.keys() == second.keys()
    for name in first:
        assert torch.equal(first[name], second[name]), name


def test_weights_between_the_two_ends_are_a_network(stage2, small_mix, tmp_path, teachers):
    ends = [load_generator(tmp_path / "small")]
    ends.append(load_generator(train(stage2, tmp_path, small_mix, teachers=teachers)))
    between = load_generator(tmp_path / "small")
    for weight, a, b in zip(between.parameters(), *(e.parameters() for e in ends), strict=True):
        weight.copy_((a + b) / 2)
    out = between(torch.rand(1, 3, 8, 8))
    assert torch.isfinite(out).all()


def test_a_run_stops_when_it_has_fallen(stage2, small_mix, tmp_path, teachers, page, capsys):
    from PIL import Image

    bench = tmp_path / "bench"
    bench.mkdir()
    Image.fromarray(page[:64, :64]).save(bench / "page.png")
    wild = Config(**(vars(stage2) | {"lr": 0.05, "ema": 0.0, "max_drop": 0.01, "steps": 50}))
    train(wild, tmp_path, small_mix, teachers=teachers, bench=bench, save_every=0)
    assert "below its parent: stopped" in capsys.readouterr().out
    _, meta = load_checkpoint(tmp_path / "gan")
    assert meta["step"] < 50


def test_only_natural_crops_are_judged(stage2, small_mix, tmp_path, teachers):
    from upres_lab.adversarial import is_judged
    from upres_lab.batches import make_batch

    batch = make_batch(small_mix.at(0), scale=2, patch=16, size=8, web=False, seed=0, step=0)
    judged = is_judged(batch.hr, batch)
    assert not judged[~batch.natural].any()
    assert not is_judged(torch.zeros_like(batch.hr), batch).any()


def test_student_of_another_size_learns_from_our_own_teacher(config, small_mix, tmp_path):
    base = vars(config) | {"arch": "srresnet", "scale": 2, "channels": 8, "depth": 2, "steps": 3}
    teacher = train(Config(**(base | {"name": "teacher"})), tmp_path, small_mix)
    student = base | {"name": "student", "channels": 4, "depth": 1, "teacher_run": str(teacher)}
    straight = train(Config(**student), tmp_path / "a", small_mix)
    train(Config(**student), tmp_path / "b", small_mix, stop_at=1)
    resumed = train(Config(**student), tmp_path / "b", small_mix, resume=True)
    first, second = load_checkpoint(straight)[0], load_checkpoint(resumed)[0]
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert load_generator(straight)(torch.rand(1, 3, 8, 8)).shape == (1, 3, 16, 16)
    other = Config(**(student | {"name": "other", "scale": 4}))
    with pytest.raises(LabError, match="of the same --scale"):
        train(other, tmp_path, small_mix)
