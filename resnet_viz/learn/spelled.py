"""Values as lessons, questions and worksheets write them."""

from __future__ import annotations

from resnet_viz.analysis.rows import shape_text

Value = int | float | str | tuple[int, ...]
"""What a live model gives to a text."""


def spelled(value: Value) -> str:
    """A value as texts have it: `25,557,032`, `0.25`, `256x56x56`."""
    if isinstance(value, tuple):
        return shape_text(value)
    return value if isinstance(value, str) else f"{value:,}"
