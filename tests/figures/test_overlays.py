"""Painted maps against pixels worked out by hand."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from resnet_viz.figures.overlays import alone, fold, framed, gradient, number, overlay, paint

GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
REDS = np.stack([np.arange(256), np.zeros(256), np.zeros(256)], axis=1).astype(np.uint8)
MAP = np.array([[0, 255], [64, 128]], np.uint8)


def test_each_cell_gets_its_colour():
    assert np.array_equal(np.asarray(paint(MAP, REDS))[..., 0], MAP)
    assert np.asarray(paint(MAP, REDS))[..., 1:].sum() == 0


def test_alone_enlarges_cells_to_squares_without_mixing_them():
    picture = np.asarray(alone(MAP, GREYS, side=8))[..., 0]
    assert picture.shape == (8, 8)
    assert np.array_equal(picture, np.kron(MAP, np.ones((4, 4), np.uint8)))


def test_smooth_colours_come_from_the_scale_and_rise_between_cells():
    row = np.asarray(alone(np.array([[0, 255]], np.uint8), REDS, side=16, smooth=True))[0]
    assert set(row[:, 1]) == {0}
    assert list(row[:, 0]) == sorted(row[:, 0])
    assert len(set(row[:, 0])) > 4


def test_proportions_are_kept():
    assert alone(np.zeros((1, 4), np.uint8), GREYS, side=40).size == (40, 10)
    assert overlay(Image.new("RGB", (20, 10)), MAP, GREYS, 0.5, side=40).size == (40, 20)


@pytest.mark.parametrize(("opacity", "expected"), [(0.0, 100), (1.0, 200), (0.25, 125), (7.0, 200), (-1.0, 100)])
def test_overlay_blends_picture_and_map(opacity, expected):
    seen = Image.new("RGB", (6, 6), (100, 100, 100))
    blended = np.asarray(overlay(seen, np.full((3, 3), 200, np.uint8), GREYS, opacity, side=6))
    assert np.all(abs(blended.astype(int) - expected) <= 1)


def test_a_cell_lies_over_its_share_of_the_picture():
    levels = np.zeros((7, 7), np.uint8)
    levels[2, 5] = 255
    lit = np.asarray(overlay(Image.new("RGB", (224, 224)), levels, GREYS, 1.0, side=224))[..., 0] == 255
    rows, columns = np.where(lit)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (64, 95, 160, 191)


def test_the_picture_under_the_map_is_left_as_it_was():
    seen = Image.new("RGB", (4, 4), (1, 2, 3))
    overlay(seen, MAP, GREYS, 0.5, side=4)
    assert seen.getpixel((0, 0)) == (1, 2, 3)


@pytest.mark.parametrize(
    ("count", "size"), [(1, (1, 1)), (3, (3, 1)), (10, (5, 2)), (2048, (64, 32)), (512, (32, 16)), (1000, (40, 25))]
)
def test_vectors_fold_into_full_grids(count, size):
    grid = fold(np.full((count, 3), 9, np.uint8))
    assert grid.size == size
    assert grid.getextrema()[3] == (255, 255)


def test_a_vector_that_fills_no_grid_leaves_clear_cells():
    cells = np.zeros((97, 3), np.uint8)
    cells[96] = (255, 0, 0)
    grid = np.asarray(fold(cells))
    row, column = divmod(96, grid.shape[1])  # in reading order
    assert tuple(grid[row, column]) == (255, 0, 0, 255)
    assert (grid[..., 3] == 0).sum() == grid.shape[0] * grid.shape[1] - 97


def test_gradient_runs_from_low_to_high():
    css = gradient(REDS, stops=3)
    assert css == "linear-gradient(to right, #000000, #800000, #ff0000)"


def test_framed_is_a_png_with_the_picture_and_its_bar():
    page = Image.open(BytesIO(framed(alone(MAP, REDS, side=300), REDS, -1.5, 2.25, "layer1.0.conv2 mean")))
    assert page.format == "PNG"
    colours = {colour for _, colour in page.getcolors(1 << 20)}
    assert {(0, 0, 0), (255, 0, 0), (128, 0, 0), (255, 255, 255)} <= colours
    bar = np.asarray(page)[page.height - 12 - 16 - 6 - 7]
    assert list(bar[12:312, 0].astype(int)) == sorted(bar[12:312, 0].astype(int))


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (0.012346, "0.01235"), (-3.2, "-3.2"), (1.5e-7, "1.5e-07"), (12345.6, "1.235e+04")],
)
def test_numbers_have_four_digits(value, written):
    assert number(value) == written
