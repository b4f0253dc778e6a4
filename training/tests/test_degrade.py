import numpy as np
import pytest
from PIL import Image

from upres_lab.bench import bench_pair
from upres_lab.degrade import WebDegradation, apply_degradation, draw_degradation, encode
from upres_lab.images import downscale
from upres_lab.metrics import compare

NOTHING = WebDegradation(False, 0.0, Image.Resampling.BICUBIC, 0.0, (), 1.0, (0, 0))


def drawn(count=400):
    rng = np.random.default_rng(0)
    return [draw_degradation(rng) for _ in range(count)]


def test_ranges():
    for how in drawn():
        assert how.blur == 0 or 0.2 <= how.blur <= 1.2
        assert how.noise == 0 or 0.5 <= how.noise <= 4
        assert len(how.codecs) <= 2
        assert 0.7 <= how.between <= 1.3
        assert all(0 <= g < 8 for g in how.grid)
        for codec, quality in how.codecs:
            assert {"JPEG": 40, "WEBP": 50}[codec] <= quality <= 95


def test_frequencies():
    hows = drawn(2000)
    assert np.mean([h.clean for h in hows]) == pytest.approx(0.25, abs=0.04)
    assert np.mean([h.blur > 0 for h in hows]) == pytest.approx(0.3, abs=0.04)
    assert np.mean([h.noise > 0 for h in hows]) == pytest.approx(0.2, abs=0.04)
    assert np.mean([len(h.codecs) > 0 for h in hows]) == pytest.approx(0.85, abs=0.04)


@pytest.mark.parametrize("scale", [2, 4])
def test_shape_range_and_determinism(page, scale):
    for how in drawn(24):
        first, second = (
            apply_degradation(page, scale, how, np.random.default_rng(5)) for _ in range(2)
        )
        assert first.shape == (192 // scale, 256 // scale, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, second)


def test_without_any_step_it_is_the_bicubic_downscale(page):
    out = apply_degradation(page, 2, NOTHING, np.random.default_rng(0))
    assert np.array_equal(out, downscale(page, 2))


@pytest.mark.parametrize("codec", ["JPEG", "WEBP"])
def test_lower_quality_is_further_from_the_original(page, codec):
    distances = [
        compare(np.asarray(encode(Image.fromarray(page), codec, q)), page, 0)[0]
        for q in (95, 70, 50)
    ]
    assert distances == sorted(distances, reverse=True)


def test_nothing_shifts_the_picture(page):
    """Each degradation is nearest to the clean picture where it lies, not a pixel beside."""
    clean = downscale(page, 2)[16:-16, 16:-16].astype(float)
    for how in drawn(40):
        out = apply_degradation(page, 2, how, np.random.default_rng(1)).astype(float)
        error = {
            (dy, dx): np.abs(np.roll(out, (dy, dx), (0, 1))[16:-16, 16:-16] - clean).mean()
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
        }
        assert min(error, key=error.get) == (0, 0), how


def test_the_web_test_set_is_always_the_same(page, tmp_path):
    path = tmp_path / "page.png"
    Image.fromarray(page).save(path)
    first, second = (bench_pair(path, 2, "web") for _ in range(2))
    assert np.array_equal(first[1], second[1])
    clean = bench_pair(path, 2, "clean")
    assert not np.array_equal(first[1], clean[1])
    assert np.array_equal(first[0], clean[0])
