import numpy as np
import pytest

from upres_lab.metrics import compare, crop_border, luma, psnr, ssim

NOISE = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("rgb", "y"),
    [((0, 0, 0), 16.0), ((255, 255, 255), 235.0), ((255, 0, 0), 81.481), ((0, 0, 255), 40.966)],
)
def test_luma_of_known_colours(rgb, y):
    assert luma(np.full((1, 1, 3), rgb, np.uint8))[0, 0] == pytest.approx(y, abs=1e-3)


@pytest.mark.parametrize("step", [1, 5, 20])
def test_psnr_of_a_constant_difference(step):
    plane = np.full((20, 20), 100.0)
    assert psnr(plane, plane + step) == pytest.approx(20 * np.log10(255 / step))


def test_equal_images_are_perfect():
    assert compare(NOISE, NOISE, 2) == (float("inf"), pytest.approx(1.0))


def test_ssim_of_two_flat_planes_is_the_luminance_term():
    a, b, c1 = 100.0, 150.0, (0.01 * 255) ** 2
    expected = (2 * a * b + c1) / (a * a + b * b + c1)
    assert ssim(np.full((30, 30), a), np.full((30, 30), b)) == pytest.approx(expected)


def test_ssim_matches_the_definition_at_one_window():
    rng = np.random.default_rng(1)
    a, b = rng.uniform(0, 255, (2, 11, 11))
    taps = np.exp(-(np.arange(-5, 6) ** 2) / 4.5)
    w = np.outer(taps, taps) / taps.sum() ** 2
    ma, mb = (w * a).sum(), (w * b).sum()
    va, vb, cov = (
        (w * (a - ma) ** 2).sum(),
        (w * (b - mb) ** 2).sum(),
        (w * (a - ma) * (b - mb)).sum(),
    )
    c1, c2 = 6.5025, 58.5225
    expected = (2 * ma * mb + c1) * (2 * cov + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))
    assert ssim(a, b) == pytest.approx(expected)


def test_the_border_does_not_count():
    other = NOISE.copy()
    other[:2], other[-2:], other[:, :2], other[:, -2:] = 0, 0, 0, 0
    assert compare(other, NOISE, 2)[0] == float("inf")
    assert crop_border(NOISE, 2).shape == (36, 46, 3)
