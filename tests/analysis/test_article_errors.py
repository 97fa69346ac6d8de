"""The article's code, tried out: what is wrong raises, in PyTorch's own words, and what mends it runs."""

import pytest
import torch
from torch import nn

from resnet_viz.analysis.article_errors import Point, article_points, try_out

POINTS = {point.code: point for point in article_points()}


def raised(point: Point) -> list[tuple[str, str]]:
    return [(trial.outcome.error, trial.outcome.message) for trial in point.printed]


def test_the_points_of_the_article() -> None:
    assert list(POINTS) == ["batch_norm", "in_channels", "add", "expansion", "normalisation"]


@pytest.mark.parametrize("point", POINTS.values(), ids=lambda point: point.code)
def test_what_is_printed_raises_and_what_mends_it_runs(point: Point) -> None:
    assert all(trial.outcome.error and trial.outcome.message for trial in point.printed)
    assert not point.mended.outcome.error, point.mended.outcome.message
    assert point.mended.outcome.value


def test_the_errors_are_pytorchs_own() -> None:
    with pytest.raises(AttributeError) as norm:
        nn.BatchNormalization(64)
    assert raised(POINTS["batch_norm"]) == [("AttributeError", str(norm.value))]
    with pytest.raises(TypeError) as named:
        nn.Conv2d(out_channels=64, kernel_size=1)
    with pytest.raises(TypeError) as placed:
        nn.Conv2d(64, kernel_size=1)
    assert raised(POINTS["in_channels"]) == [("TypeError", str(named.value)), ("TypeError", str(placed.value))]
    assert "in_channels" in str(named.value) and "out_channels" in str(placed.value)


def test_the_list_of_keras_is_no_addition() -> None:
    assert raised(POINTS["add"]) == [("AttributeError", "'Block' object has no attribute 'add'")]
    assert POINTS["add"].mended.outcome.value == repr(torch.full((3,), 2.0))


def test_expansion_multiplies_channels_and_leaves_the_kernel() -> None:
    assert POINTS["expansion"].mended.outcome.value == "(64, 256, (1, 1), 4)"


def test_batch_norm_normalises() -> None:
    assert POINTS["normalisation"].mended.outcome.value == "[(0.0, 1.0), (0.0, 1.0), (0.0, 1.0)]"


def test_another_kind_of_failure_is_told_as_it_is() -> None:
    outcome = try_out("torch.ones(2) + torch.ones(3)")
    assert outcome.error == "RuntimeError" and "size of tensor" in outcome.message
