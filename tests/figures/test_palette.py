"""Stage colours stay apart for all eyes and stand out on all backgrounds; heatmap scales are ordered."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import plotly.colors
import pytest

from resnet_viz.figures import palette
from tests.figures.contrast import contrast, luminance

LIGHT, DARK = ("#ffffff", "#f3f5f8"), ("#10151c", "#1a212b")

# Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip


def _oklab(colors: list[str], sight: np.ndarray) -> np.ndarray:
    """Ottosson's OKLab of colours as an eye sees them; a distance of 0.02 is just noticeable."""
    srgb = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colors]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ sight.T, 0, 1)
    cones = [
        [0.41222147, 0.53633254, 0.05144599],
        [0.2119035, 0.6806995, 0.10739696],
        [0.08830246, 0.28171884, 0.6299787],
    ]
    mix = [
        [0.21045426, 0.79361779, -0.00407205],
        [1.9779985, -2.42859221, 0.45059371],
        [0.02590404, 0.78277177, -0.80867577],
    ]
    return np.cbrt(seen @ np.array(cones).T) @ np.array(mix).T


@pytest.mark.parametrize("sight", SIGHT)
def test_stages_stay_apart(sight: str) -> None:
    colors = [*palette.STAGE_COLORS, palette.NEUTRAL]
    seen = _oklab(colors, SIGHT[sight])
    closest = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert closest > (0.12 if sight == "normal" else 0.07)


@pytest.mark.parametrize("sight", SIGHT)
def test_residual_and_plain_stay_apart(sight: str) -> None:
    one, other = _oklab([palette.RESIDUAL, palette.PLAIN], SIGHT[sight])
    assert float(np.linalg.norm(one - other)) > 0.2


@pytest.mark.parametrize("background", LIGHT + DARK)
def test_residual_and_plain_stand_out(background: str) -> None:
    assert min(contrast(color, background) for color in (palette.RESIDUAL, palette.PLAIN)) >= 3


@pytest.mark.parametrize("background", LIGHT + DARK)
def test_stages_stand_out(background: str) -> None:
    for color in (*palette.STAGE_COLORS, palette.NEUTRAL):
        assert contrast(color, background) >= 3


def test_text_is_legible_on_every_tint() -> None:
    for color in (*palette.STAGE_COLORS, palette.NEUTRAL):
        for share in (0.0, 0.05, 0.1, 0.2, 0.3):
            fill = palette.tint(color, share)
            assert contrast(palette.MUTED, fill) >= 4.5
            assert contrast(palette.INK, fill) >= 7


def test_contrast_is_the_published_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert palette.tint("#000000", 0.25) == "#bfbfbf"


def test_stage_color_outside_and_beyond() -> None:
    assert palette.stage_color(None) == palette.NEUTRAL
    assert palette.stage_color(6) == palette.stage_color(0)


def test_scales() -> None:
    low_to_high, signed = palette.colour_map(signed=False), palette.colour_map(signed=True)
    assert low_to_high.shape == signed.shape == (256, 3) and low_to_high.dtype == signed.dtype == np.uint8
    lightness = [luminance("#{:02x}{:02x}{:02x}".format(*c)) for c in low_to_high]
    assert (np.diff(lightness) >= -1e-4).all() and lightness[0] < 0.01 and lightness[-1] > 0.85
    middle = [luminance("#{:02x}{:02x}{:02x}".format(*c)) for c in signed]
    assert 126 <= int(np.argmax(middle)) <= 129
    assert signed[0][2] > signed[0][0] and signed[255][0] > signed[255][2]
    named = plotly.colors.convert_colors_to_same_type(plotly.colors.sequential.Inferno, "tuple")[0]
    assert np.abs(low_to_high[[0, 85, 170, 255]] - 255 * np.array(named)[[0, 3, 6, 9]]).max() <= 1
    with pytest.raises(ValueError, match="read-only"):
        low_to_high[0] = 0
