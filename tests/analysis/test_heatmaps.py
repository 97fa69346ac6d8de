"""Maps against arithmetic by hand and against numpy."""

import numpy as np
import pytest
import torch

from resnet_viz.analysis.heatmaps import is_vector, layer_limits, limits, reduce, to_uint8, with_cells
from resnet_viz.blueprint import blueprint
from resnet_viz.records import INPUT, Heatmap

HAND = torch.tensor([[[[3.0, 0.0]], [[-4.0, 2.0]]]])
"""Two channels of one row: (3, 0) and (-4, 2)."""


@pytest.mark.parametrize(
    ("how", "expected", "signed"),
    [
        ("mean", [[-0.5, 1.0]], True),
        ("max", [[3.0, 2.0]], True),
        ("norm", [[5.0, 2.0]], False),
    ],
)
def test_reductions_by_hand(how, expected, signed) -> None:
    found = reduce(HAND, "layer1.0.bn1", how)
    assert found.values.tolist() == expected
    assert (found.low, found.high) == (min(expected[0]), max(expected[0]))
    assert (found.place, found.reduction, found.signed) == ("layer1.0.bn1", how, signed)


def test_one_channel_is_signed_where_any_channel_is() -> None:
    first, second = reduce(HAND, "p", "channel", 0), reduce(HAND, "p", "channel", 1)
    assert first.values.tolist() == [[3, 0]]
    assert second.values.tolist() == [[-4, 2]]
    assert (first.reduction, second.reduction) == ("channel 0", "channel 1")
    assert first.signed and second.signed
    assert not reduce(HAND.relu(), "p", "channel", 0).signed


def test_agrees_with_numpy_with_and_without_a_batch() -> None:
    x = torch.randn(1, 17, 5, 7, generator=torch.Generator().manual_seed(0))
    array = x.numpy()[0].astype(np.float64)
    for tensor in (x, x[0]):
        np.testing.assert_allclose(reduce(tensor, "p", "mean").values, array.mean(0), atol=1e-6)
        np.testing.assert_array_equal(reduce(tensor, "p", "max").values, array.max(0))
        np.testing.assert_allclose(reduce(tensor, "p", "norm").values, np.sqrt((array**2).sum(0)), rtol=1e-5)
        assert reduce(tensor, "p", "mean").values.dtype == np.float32


@pytest.mark.parametrize("vector", [torch.tensor([[1.0, -2.0, 3.0]]), torch.tensor([1.0, -2.0, 3.0])])
@pytest.mark.parametrize("how", ["mean", "max", "norm"])
def test_a_vector_is_shown_as_it_is(vector, how) -> None:
    found = reduce(vector, "fc", how)
    assert found.values.tolist() == [[1, -2, 3]]
    assert found.signed
    assert reduce(vector, "fc", "channel", 2).values.tolist() == [[3]]


def test_an_unknown_channel_is_an_error() -> None:
    with pytest.raises(IndexError):
        reduce(HAND, "p", "channel", 2)


def test_limits_of_signed_maps_put_zero_in_the_middle() -> None:
    signed = reduce(HAND, "p", "mean")
    plain = reduce(HAND.relu(), "p", "max")
    assert limits([signed]) == (-1.0, 1.0)
    assert limits([plain]) == (2.0, 3.0)
    assert limits([signed, plain]) == (-3.0, 3.0)
    assert layer_limits(HAND) == (-4.0, 4.0)
    assert layer_limits(HAND.relu()) == (0.0, 3.0)


def of(values: list[float], signed: bool = False) -> Heatmap:
    cells = np.array([values], np.float32)
    return Heatmap("p", "mean", cells, float(cells.min()), float(cells.max()), signed)


def test_levels_by_hand() -> None:
    assert to_uint8(of([0, 1, 2, 4]), 0, 4).tolist() == [[0, 64, 128, 255]]
    assert to_uint8(of([-9, 9]), 0, 4).tolist() == [[0, 255]]
    assert to_uint8(of([-1, 0, 1], signed=True), -1, 1).tolist() == [[0, 128, 255]]


def test_a_scale_without_extent_has_one_colour() -> None:
    assert to_uint8(of([2, 2]), 2, 2).tolist() == [[0, 0]]
    assert to_uint8(of([0, 0], signed=True), 0, 0).tolist() == [[128, 128]]


def test_values_that_are_not_finite_do_no_harm() -> None:
    broken = torch.tensor([[[[1.0, float("nan"), float("inf"), -float("inf"), 3.0]]]])
    found = reduce(broken, "p", "channel", 0)
    assert (found.low, found.high) == (1.0, 3.0)
    assert to_uint8(found, *limits([of([1, 3])])).tolist() == [[0, 0, 255, 0, 255]]
    assert reduce(broken * float("nan"), "p", "mean").high == 0


def test_the_widest_floats_keep_their_order() -> None:
    edge = float(np.finfo(np.float32).max)
    assert to_uint8(of([-edge, 0, edge], signed=True), -edge, edge).tolist() == [[0, 128, 255]]


@pytest.mark.parametrize(("shape", "vector"), [((1, 10), True), ((1, 512, 1, 1), True), ((1, 512, 2, 2), False)])
def test_what_counts_as_a_vector(shape: tuple[int, ...], vector: bool) -> None:
    assert is_vector(torch.zeros(shape)) is vector


def test_the_nearest_place_with_cells():
    small, smaller = blueprint("resnet18", 64), blueprint("resnet18", 32)
    assert [with_cells(small, place) for place in ("layer2.0.conv1", "fc", "avgpool", INPUT, "stage4")] == [
        "layer2.0.conv1",
        "stage4",
        "stage4",
        INPUT,
        "stage4",
    ]
    assert with_cells(smaller, "layer4.1.conv2") == with_cells(smaller, "stage4") == "stage3"
