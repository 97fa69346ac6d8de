"""Sheets of tiles: each tile is found where side and columns say."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from resnet_viz.figures.gallery import filter_tile, map_tile, photo_tile, sheet, table_png, vector_tile

GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def test_tiles_lie_in_reading_order():
    tiles = [Image.new("RGB", (6, 6), (n, 0, 255 - n)) for n in range(11)]
    made = sheet(tiles, columns=4)
    assert made.picture.size == (24, 18)
    for n in range(11):
        row, column = divmod(n, made.columns)
        left, top = column * made.side, row * made.side
        tile = made.picture.crop((left, top, left + made.side, top + made.side))
        assert tile.getcolors() == [(36, (n, 0, 255 - n, 255))]


def test_the_webp_keeps_every_pixel():
    made = sheet([Image.effect_noise((16, 16), 60).convert("RGB") for _ in range(3)])
    assert np.array_equal(
        np.asarray(Image.open(BytesIO(made.data)).convert("RGB")), np.asarray(made.picture.convert("RGB"))
    )


@pytest.mark.parametrize("sizes", [[], [(4, 4), (5, 5)], [(4, 5)]])
def test_tiles_must_be_squares_of_one_size(sizes):
    with pytest.raises(ValueError, match="one square size"):
        sheet([Image.new("RGB", size) for size in sizes])


def test_small_maps_are_enlarged_and_large_ones_averaged():
    levels = np.array([[10, 20], [30, 40]], np.uint8)
    assert np.array_equal(np.asarray(map_tile(levels, GREYS, 8))[..., 0], np.kron(levels, np.ones((4, 4), np.uint8)))
    checks = np.indices((16, 16)).sum(0) % 2 * 100
    assert set(np.asarray(map_tile(checks.astype(np.uint8), GREYS, 8))[..., 0].ravel()) == {50}


def test_a_vector_is_drawn_whole_and_centred():
    tile = np.asarray(vector_tile(np.arange(10, dtype=np.uint8) * 20, GREYS, 60))
    assert tile.shape == (60, 60, 4)
    assert list(tile[24, 6::12, 0]) == [0, 20, 40, 60, 80]
    assert list(tile[36, 6::12, 0]) == [100, 120, 140, 160, 180]
    assert tile[0, 0, 3] == 0


@pytest.mark.parametrize(("size", "inside"), [((100, 50), (60, 30)), ((20, 40), (30, 60)), ((1, 1), (60, 60))])
def test_a_photo_keeps_its_proportions(size, inside):
    tile = photo_tile(Image.new("RGB", size, "red"), 60)
    assert tile.size == (60, 60)
    left, top, right, bottom = tile.getchannel("A").getbbox()
    assert (right - left, bottom - top) == inside


def test_a_filter_in_colour_is_grey_at_zero_and_scaled_by_its_largest_weight():
    kernel = np.zeros((3, 2, 2), np.float32)
    kernel[0, 0, 0], kernel[2, 1, 1] = 0.5, -0.25
    tile = np.asarray(filter_tile(kernel, 4))
    assert tile.shape == (4, 4, 3)
    assert tile[0, 0].tolist() == [255, 128, 128]
    assert tile[3, 3].tolist() == [128, 128, 64]
    assert tile[0, 3].tolist() == [128, 128, 128]
    assert set(np.asarray(filter_tile(kernel * 0, 4)).ravel()) == {128}


def test_a_table_keeps_every_cell_in_whole_pixels():
    levels = np.arange(60, dtype=np.uint8).reshape(4, 15)
    picture = Image.open(BytesIO(table_png(levels, GREYS, least=10)))
    assert picture.size == (45, 12) and picture.mode == "P"
    assert np.array_equal(np.asarray(picture.convert("RGB"))[1::3, 1::3, 0], levels)
    wide = np.zeros((2, 3000), np.uint8)
    assert Image.open(BytesIO(table_png(wide, GREYS))).size == (3000, 2)
