import numpy as np
import pytest
from PIL import Image

from upres_lab.cache import open_store
from upres_lab.draw import draw_page
from upres_lab.errors import LabError
from upres_lab.images import downscale


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for i, (w, h) in enumerate([(258, 199), (300, 220), (100, 80)]):
        Image.fromarray(draw_page(i, w, h)).save(data / f"art_{i}.png")
    return data


def test_images_come_back_as_they_were(folder, tmp_path):
    for _ in range(2):  # decoded, then from the cache
        store = open_store(folder, tmp_path / "cache")
        assert [(e.kind, e.height, e.width) for e in store.entries] == [
            ("art", 196, 256),
            ("art", 220, 300),
        ]  # cropped to multiples of 4, the small one left out
        assert np.array_equal(store.hr[1], draw_page(1, 300, 220))
        assert np.array_equal(store.lr(2)[0], downscale(store.hr[0], 2))


def test_an_unreadable_image_is_named_and_nothing_is_kept(folder, tmp_path):
    (folder / "art_9.png").write_bytes(b"not a picture")
    with pytest.raises(LabError, match=r"cannot read the image .*art_9\.png"):
        open_store(folder, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_missing_data_is_named(tmp_path):
    with pytest.raises(LabError, match=r"no folder .*nowhere"):
        open_store(tmp_path / "nowhere", tmp_path / "cache")
