import math

import pytest
import torch

from upres_lab.discriminators import PatchGan, SrganDiscriminator, is_real
from upres_lab.losses import artefact_error, colour_error, pixel_error, spectrum_error


@pytest.mark.parametrize("error", [pixel_error, spectrum_error, colour_error])
def test_equal_pictures_have_no_error(error):
    x = torch.rand(2, 3, 16, 16)
    assert error(x, x).item() == 0


def test_spectrum_of_a_constant_difference_is_its_mean_coefficient():
    x = torch.rand(1, 3, 8, 8)
    # orthonormal: a difference d puts d * sqrt(64) into the first of 8 * 5 complex coefficients
    assert spectrum_error(x + 0.1, x).item() == pytest.approx(0.1 * 8 / (8 * 5 * 2), abs=1e-6)


def test_colour_sees_a_cast_but_no_texture():
    flat = torch.full((1, 3, 16, 16), 0.5)
    checker = (torch.arange(16)[:, None] + torch.arange(16)) % 2 * 0.2 - 0.1
    assert colour_error(flat + checker, flat).item() == pytest.approx(0, abs=1e-6)
    assert colour_error(flat + 0.1, flat).item() == pytest.approx(0.1)


def test_artefacts_are_what_fluctuates_and_the_parent_does_not_have():
    truth = torch.full((1, 3, 16, 16), 0.5)
    noisy = truth + torch.randn(1, 3, 16, 16, generator=torch.manual_seed(0)) * 0.1
    assert artefact_error(truth + 0.1, truth, truth).item() == pytest.approx(0, abs=1e-6)
    assert artefact_error(noisy, truth, truth).item() > 0
    assert artefact_error(noisy, truth, truth + 1).item() == 0


def test_opinion_of_an_undecided_discriminator():
    assert is_real(torch.zeros(3), True).tolist() == pytest.approx([math.log(2)] * 3)
    assert is_real(torch.tensor(9.0), True) < 0.001 < is_real(torch.tensor(9.0), False)


@pytest.mark.parametrize(
    ("net", "shape"), [(PatchGan(), (2, 1, 7, 7)), (SrganDiscriminator(8), (2, 1))]
)
def test_shapes_of_the_discriminators(net, shape):
    assert net(torch.rand(2, 3, 32, 32)).shape == shape
