"""The live figures of the lessons, by id: each a thin call of what the other pages draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from resnet_viz.ui.learn import figures_architecture, figures_family, figures_shortcuts

FIGURES: Mapping[str, Callable[[], None]] = MappingProxyType(
    {**figures_family.FIGURES, **figures_architecture.FIGURES, **figures_shortcuts.FIGURES}
)
"""Merged from `figures_<group>.FIGURES`: `{**figures_f.FIGURES, **figures_g.FIGURES}`."""
