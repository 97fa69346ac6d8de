"""Correlations of input gradients against those of Balduzzi et al.'s setting, and the gradient against differences."""

import numpy as np
import pytest
import torch

from resnet_viz.analysis import shattered
from resnet_viz.analysis.shattered import Shape, autocorrelation, correlation, input_gradient

KNOWN = [
    (Shape("plain", 24), 0.02),
    (Shape("plain", 24, batch_norm=False), 0.91),
    (Shape("residual", 50), 0.70),
    (Shape("residual", 50, beta=0.1), 0.90),
]
"""Shape -> mean lag-1 autocorrelation."""


@pytest.mark.parametrize(("shape", "known"), KNOWN)
def test_known_correlations(shape: Shape, known: float) -> None:
    found = correlation(shape, seeds=10)
    assert found.mean == pytest.approx(known, abs=0.15)
    assert found.low <= found.mean <= found.high


def test_noises() -> None:
    brown = [autocorrelation(shattered.brown_noise(seed)) for seed in range(50)]
    white = [autocorrelation(shattered.white_noise(seed)) for seed in range(50)]
    assert np.mean(brown) == pytest.approx(0.96, abs=0.02)
    assert np.mean(white) == pytest.approx(0, abs=0.05)


def test_autocorrelation_by_hand() -> None:
    """Deviations -1.5, -0.5, 0.5, 1.5: (0.75 - 0.25 + 0.75) / 5, and at lag 2 (-0.75 - 0.75) / 5."""
    series = np.array([1.0, 2.0, 3.0, 4.0])
    assert autocorrelation(series) == pytest.approx(0.25)
    assert autocorrelation(series, 2) == pytest.approx(-0.3)


def test_plain_gradients_shatter_with_depth_and_residual_ones_hold() -> None:
    plain = [correlation(Shape("plain", depth), 3).mean for depth in (2, 6, 24)]
    assert plain[0] > 0.9 > plain[1] > plain[2]
    assert correlation(Shape("residual", 24), 3).mean > plain[2] + 0.4


def test_the_gradient_is_that_of_the_function() -> None:
    """A shallow network without batch norm is piecewise linear: differences agree wherever no ReLU switches."""
    found = input_gradient(Shape("residual", 4, batch_norm=False, beta=0.5), seed=3)
    x = torch.from_numpy(shattered.grid()).float()[:, None]
    with torch.no_grad():
        y = shattered._output(x, Shape("residual", 4, False, 0.5), torch.Generator().manual_seed(3))[:, 0].numpy()
    slopes = np.diff(y) / np.diff(shattered.grid())
    assert np.median(np.abs(slopes - (found[1:] + found[:-1]) / 2)) < 0.02 * np.abs(found).max()


def test_csv_has_a_line_for_each_shape() -> None:
    text = shattered.as_csv({Shape("plain", 24): shattered.Correlation(0.02, -0.1, 0.1)})
    assert text.splitlines()[1:] == ["plain,24,True,1.0,0.02,-0.1,0.1"]
