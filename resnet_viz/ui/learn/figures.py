"""The live figures of the lessons, by id: each a thin call of what the other pages draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

FIGURES: Mapping[str, Callable[[], None]] = MappingProxyType({})
"""Merged from `figures_<group>.FIGURES`: `{**figures_f.FIGURES, **figures_g.FIGURES}`."""
