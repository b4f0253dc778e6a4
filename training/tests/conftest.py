"""Shared small things: drawn images, a tiny configuration, one torch thread."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from upres_lab.config import Config
from upres_lab.draw import draw_page
from upres_lab.images import downscale
from upres_lab.sources import Mix, Source


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def page():
    return draw_page(3, 256, 192)


@pytest.fixture
def config():
    return Config(name="small", channels=8, depth=2, batch=2, patch=16, steps=8)


@pytest.fixture(scope="session")
def small_mix():
    """Two drawn pages at x2, in place of the 96 of a real run."""
    hr = [draw_page(seed, 128, 96) for seed in (1, 2)]
    source = Source(
        hr, [downscale(p, 2) for p in hr], None, np.array([0.5, 0.5]), np.array([True, False])
    )
    return Mix([source], np.array([1.0]))
