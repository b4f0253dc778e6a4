"""Where a run's crops come from: cached images, images drawn by code, or a mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from upres_lab.cache import Entry, open_store
from upres_lab.config import Config
from upres_lab.draw import draw_pages
from upres_lab.errors import LabError
from upres_lab.images import downscale, to_image, to_tensor
from upres_lab.teachers import load_teacher, teach

GOLDEN_RATIO = 0.618033988749895
PAGES = 96


@dataclass(frozen=True)
class Source:
    """Images to cut crops from; the lists run in parallel, one uint8 (h, w, 3) an image.

    `lr` holds the clean low-resolution images, `taught` the teacher's pictures of those.
    """

    hr: Sequence[np.ndarray]
    lr: Sequence[np.ndarray]
    taught: Sequence[np.ndarray] | None
    weights: np.ndarray  # probability of each image
    natural: np.ndarray  # bool of each: neither text nor an interface


@dataclass(frozen=True)
class Mix:
    """Sources and, for each, the upper bound of its share of the steps (the last is 1)."""

    sources: list[Source]
    bounds: np.ndarray

    def at(self, step: int) -> Source:
        """The source of a step: evenly spread, without a random state."""
        return self.sources[int(np.searchsorted(self.bounds, step * GOLDEN_RATIO % 1, "right"))]


def open_mix(config: Config, data: Path | None, teachers: Path, cache: Path) -> Mix:
    """The sources a run asks for; without `data`, drawn images alone."""
    if data is None:
        return Mix([drawn_source(config, teachers)], np.array([1.0]))
    photos = cached_source(config, data, teachers, cache)
    if config.drawn == 0:
        return Mix([photos], np.array([1.0]))
    return Mix([photos, drawn_source(config, teachers)], np.array([1 - config.drawn, 1.0]))


def cached_source(config: Config, data: Path, teachers: Path, cache: Path) -> Source:
    """The images below `data`, through the cache of decoded images."""
    store = open_store(data, cache)
    taught = store.taught(config.scale, teachers, config.teacher) if config.teacher else None
    weights = kind_weights(store.entries, config.kinds)
    natural = np.array([entry.kind not in ("ui", "drawn") for entry in store.entries])
    return Source(store.hr, store.lr(config.scale), taught, weights, natural)


def drawn_source(config: Config, teachers: Path) -> Source:
    """Pages of text, boxes and lines, drawn afresh for every run."""
    net = load_teacher(teachers, config.teacher) if config.teacher else None
    hr = draw_pages(PAGES, config.seed)
    lr = [downscale(page, config.scale) for page in hr]
    taught = None
    if net:
        taught = [to_image(teach(net, to_tensor(small[None]), config.scale)[0]) for small in lr]
    return Source(hr, lr, taught, np.full(PAGES, 1 / PAGES), np.zeros(PAGES, bool))


def kind_weights(entries: Sequence[Entry], kinds: str) -> np.ndarray:
    """Probability of each image: its class's share, spread by area.

    Classes that are absent are skipped; where none is present, every image counts by its area.
    """
    try:
        share = {kind: float(part) for kind, part in (i.split("=") for i in kinds.split(","))}
    except ValueError:
        raise LabError(f"--kinds {kinds} is not of the form photo=0.7,art=0.3") from None
    area = np.array([float(e.height * e.width) for e in entries])
    weights = np.zeros(len(entries))
    for kind, part in share.items():
        mine = np.array([e.kind == kind for e in entries])
        if mine.any():
            weights += part * mine * area / area[mine].sum()
    if weights.sum() == 0:
        weights = area
    return weights / weights.sum()
