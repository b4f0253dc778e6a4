import pytest
import torch

from upres_lab.checkpoint import load_checkpoint
from upres_lab.config import Config
from upres_lab.errors import LabError
from upres_lab.export import export
from upres_lab.exported import ExportedModel
from upres_lab.narrow import narrow
from upres_lab.network import Generator, upscale
from upres_lab.quantise import fake_quantise
from upres_lab.slimming import kept_channels, narrowed
from upres_lab.state import load_generator
from upres_lab.train import train


def gated(block: int) -> Generator:
    torch.manual_seed(0)
    net = Generator(2, channels=8, depth=4, block=block, gated=True)
    with torch.no_grad():
        for weight in net.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
        for gate in net.gates.values():
            gate[[1, 2, 5, 6, 7]] = 0
    return net


@pytest.mark.parametrize(("block", "widths"), [(0, (4, 4, 4, 8)), (2, (4, 8, 4, 8))])
def test_channels_with_a_zero_gate_go_without_a_trace(block, widths):
    net = gated(block)
    small = narrowed(net)
    x = torch.rand(1, 3, 12, 14)
    assert small.widths == widths
    with torch.no_grad():
        assert torch.allclose(small(x), net(x), atol=1e-5)
        assert torch.allclose(net.merged()(x), net(x), atol=1e-5)


@pytest.mark.parametrize(
    ("gate", "kept"),
    [
        ([1, 0, 0, 0.5, 0, 0, 2, 3], [0, 3, 6, 7]),
        ([0] * 8, [0, 1, 2, 3]),
        ([1, 0, 0.1, 0.2, 0, 0, 2, 3], list(range(8))),
        ([1, 2], [0, 1]),
    ],
)
def test_kept_channels_come_in_fours(gate, kept):
    assert kept_channels(torch.tensor(gate, dtype=torch.float), 4).tolist() == kept


def test_widths_that_a_skip_cannot_add_to_are_refused():
    with pytest.raises(LabError, match="do not fit"):
        Generator(2, channels=8, depth=4, block=2, widths=(8, 4, 8, 8))


def test_fake_quantisation_rounds_and_lets_the_gradient_through():
    kernel = torch.tensor([[0.5, -1.0, 0.26], [0.01, 0.02, 0.04]], requires_grad=True)
    rounded = fake_quantise(kernel, 3)  # steps of a third of the largest
    assert rounded[0].tolist() == pytest.approx([2 / 3, -1, 1 / 3])
    rounded.sum().backward()
    assert kernel.grad.tolist() == [[1, 1, 1], [1, 1, 1]]


@pytest.fixture
def slimmed(config, small_mix, tmp_path):
    parent = train(Config(**(vars(config) | {"depth": 4})), tmp_path, small_mix)
    options = {"name": "slim", "depth": 4, "init": str(parent), "rho": 2.0, "bits": 8, "gan": 0.01}
    return Config(**(vars(config) | options))


def test_slimming_resumes_exactly_and_is_exported_narrower(slimmed, small_mix, tmp_path):
    straight = train(slimmed, tmp_path, small_mix)
    train(slimmed, tmp_path / "b", small_mix, stop_at=3)
    resumed = train(slimmed, tmp_path / "b", small_mix, resume=True)
    first, second = load_checkpoint(straight)[0], load_checkpoint(resumed)[0]
    assert any(name.startswith("objective.momentum.") for name in first)
    for name in first:
        assert torch.equal(first[name], second[name]), name
    assert any((v == 0).any() for name, v in first.items() if name.startswith("net.gates."))

    folder, widths = narrow(straight, "narrow")
    assert len(widths.split(",")) == 4
    x = torch.rand(1, 3, 16, 16)
    whole, small = load_generator(straight), load_generator(folder)
    assert torch.allclose(upscale(small, x), upscale(whole, x), atol=1e-5)
    export(folder, tmp_path / "model", "1.0.0")
    exported = ExportedModel(tmp_path / "model").upscale(x)
    assert torch.allclose(exported, upscale(small, x), atol=0.01)
    tuned = Config(**(vars(slimmed) | {"name": "tuned", "widths": widths, "rho": 0.0, "gan": 0.0}))
    tuned = Config(**(vars(tuned) | {"init": str(folder)}))
    assert load_generator(train(tuned, tmp_path, small_mix)).widths == small.widths


def test_a_run_without_gates_cannot_be_narrowed(config, small_mix, tmp_path):
    folder = train(config, tmp_path, small_mix)
    with pytest.raises(LabError, match="has no gates"):
        narrow(folder, "narrow")
