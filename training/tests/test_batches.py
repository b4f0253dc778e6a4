import numpy as np
import pytest

from upres_lab.batches import make_batch
from upres_lab.images import downscale
from upres_lab.metrics import psnr
from upres_lab.sources import Source

HOW = {"scale": 2, "patch": 16, "size": 6, "seed": 3}


@pytest.mark.parametrize("web", [False, True])
def test_a_batch_is_a_function_of_seed_and_step(small_mix, web):
    first, again, other = (
        make_batch(small_mix.at(0), step=step, web=web, **HOW) for step in (7, 7, 8)
    )
    assert first.lr.equal(again.lr)
    assert first.hr.equal(again.hr)
    assert not first.lr.equal(other.lr)
    assert first.lr.shape == (6, 3, 16, 16)
    assert first.hr.shape == (6, 3, 32, 32)
    assert 0 <= first.lr.min() <= first.lr.max() <= 1


@pytest.mark.parametrize("web", [False, True])
def test_low_and_high_resolution_show_the_same_place(page, web):
    hr = [np.ascontiguousarray(page)]
    source = Source(hr, [downscale(page, 2)], hr, np.array([1.0]), np.array([True]))
    for step in range(12):
        batch = make_batch(source, step=step, web=web, **HOW)
        assert batch.taught.equal(batch.hr)
        small = batch.hr.unfold(2, 2, 2).unfold(3, 2, 2).mean((-1, -2))
        for a, b in zip(small, batch.lr, strict=True):
            assert a.numpy().std() < 0.02 or psnr(a.numpy() * 255, b.numpy() * 255) > 12


def test_an_edge_crop_repeats_its_border_over_the_rim_of_one_side(page):
    hr = [np.ascontiguousarray(page)]
    source = Source(hr, [downscale(page, 2)], None, np.array([1.0]), np.array([True]))
    rim = 5
    for step in range(4):
        batch = make_batch(source, step=step, web=False, rim=rim, edges=1.0, **HOW)
        for crop in batch.lr:
            sides = [crop, crop.flip(1), crop.mT, crop.mT.flip(1)]
            assert any(s[:, :rim].equal(s[:, rim : rim + 1].expand(-1, rim, -1)) for s in sides)
