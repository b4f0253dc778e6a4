"""Training images decoded once into flat uint8 memory maps that several processes share."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from upres_lab.errors import LabError
from upres_lab.images import crop_to_multiple, downscale, list_images, read_rgb, to_image, to_tensor
from upres_lab.teachers import load_teacher, teach

DEFAULT_CACHE = Path.home() / ".cache" / "upres_lab"
MIN_SIDE = 192


@dataclass(frozen=True)
class Entry:
    """One image: its file name, class (photo, art, ui, drawn) and high-resolution size."""

    name: str
    kind: str
    height: int
    width: int


class ImageStore:
    """Images with their clean low-resolution versions, read lazily from memory maps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries = [Entry(**e) for e in json.loads((folder / "index.json").read_text())]
        self._planes: dict[str, list[np.ndarray]] = {}

    def plane(self, name: str, scale_down: int) -> list[np.ndarray]:
        """All images of one plane, each uint8 (h / scale_down, w / scale_down, 3)."""
        if name not in self._planes:
            flat = np.memmap(self.folder / f"{name}.u8", dtype=np.uint8, mode="r")
            views, at = [], 0
            for e in self.entries:
                shape = (e.height // scale_down, e.width // scale_down, 3)
                size = int(np.prod(shape))
                views.append(flat[at : at + size].reshape(shape))
                at += size
            if at != flat.size:
                raise LabError(f"{self.folder}/{name}.u8 is damaged; delete the folder and rerun")
            self._planes[name] = views
        return self._planes[name]

    @property
    def hr(self) -> list[np.ndarray]:
        """The images themselves, cropped to multiples of 4."""
        return self.plane("hr", 1)

    def lr(self, scale: int) -> list[np.ndarray]:
        """Clean low-resolution images (whole-image bicubic, the evaluation's kind)."""
        self._ensure(f"lr{scale}", lambda i: downscale(self.hr[i], scale))
        return self.plane(f"lr{scale}", scale)

    def taught(self, scale: int, teachers: Path, name: str) -> list[np.ndarray]:
        """The teacher's pictures of the clean low-resolution images, at high-resolution size."""
        key = f"{name}-x{scale}"
        if not (self.folder / f"{key}.u8").is_file():
            net = load_teacher(teachers, name)
            lr = self.lr(scale)

            def picture(i: int) -> np.ndarray:
                return to_image(teach(net, to_tensor(lr[i][None]), scale)[0])

            self._ensure(key, picture)
        return self.plane(key, 1)

    def _ensure(self, name: str, make: Callable[[int], np.ndarray]) -> None:
        path = self.folder / f"{name}.u8"
        if path.is_file():
            return
        print(f"cache: computing {name} of {len(self.entries)} images", flush=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        with partial.open("wb") as out:
            for i in range(len(self.entries)):
                out.write(np.ascontiguousarray(make(i)).tobytes())
        partial.replace(path)


def open_store(data: Path, cache: Path) -> ImageStore:
    """Open the cache of the images below `data`, decoding them on first use.

    The class of an image is the part of its file name before the first underscore.
    """
    paths = list_images(data)
    listing = "\n".join(f"{p.relative_to(data)} {p.stat().st_size}" for p in paths)
    folder = cache / hashlib.sha256(listing.encode()).hexdigest()[:16]
    if not folder.is_dir():
        print(f"cache: decoding {len(paths)} images", flush=True)
        named = ((p.name, p.stem.split("_")[0], read_rgb(p)) for p in paths)
        _write_store(folder, named)
    return ImageStore(folder)


def _write_store(folder: Path, named: Iterable[tuple[str, str, np.ndarray]]) -> None:
    """Write the images (name, class, pixels) in one go: the folder appears when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=folder.parent))
    entries = []
    try:
        with (partial / "hr.u8").open("wb") as out:
            for name, kind, image in named:
                image = crop_to_multiple(image, 4)
                if min(image.shape[:2]) < MIN_SIDE:
                    continue
                entries.append(vars(Entry(name, kind, image.shape[0], image.shape[1])))
                out.write(np.ascontiguousarray(image).tobytes())
        if not entries:
            raise LabError(f"every image is smaller than {MIN_SIDE} pixels; bring larger ones")
        (partial / "index.json").write_text(json.dumps(entries))
        if not folder.is_dir():
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
