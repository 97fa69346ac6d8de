"""Shattered gradients on the page: df/dx along a line, and how its correlation falls with depth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import streamlit as st

from resnet_viz.analysis.numbers import minus
from resnet_viz.analysis.shattered import (
    POINTS,
    SEEDS,
    WIDTH,
    Correlation,
    Shape,
    as_csv,
    brown_noise,
    grid,
    noise_correlation,
)
from resnet_viz.figures.shattered import DepthCurve, Strip, depth_chart, strips
from resnet_viz.ui.cache import shattered_correlation, shattered_gradient
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_csv

DEPTHS = (2, 4, 8, 14, 24, 36, 50)
"""Linear layers of the networks whose gradients are measured."""

PLAIN, RESIDUAL, DAMPED = Shape("plain", 24), Shape("residual", 50), Shape("residual", 50, beta=0.1)
TRAP = Shape("plain", 24, batch_norm=False)
"""Without batch norm a plain network of this start does not shatter."""

LINES = tuple(tuple(replace(shape, depth=depth) for depth in DEPTHS) for shape in (PLAIN, RESIDUAL, DAMPED))
"""The networks of each curve."""

_NAMED = {"plain": PLAIN, "residual": RESIDUAL, "damped": DAMPED}
_BUTTONLESS = {"displayModeBar": False}


def shattered() -> None:
    """Draw the section: four gradients, the correlations against depth and theory, and both in numbers."""
    st.subheader(t("depth.shattered.title"), anchor=False)
    st.markdown(t("depth.shattered.about", width=WIDTH, points=POINTS))
    with st.grid(2, min_column_width=300):
        with st.container():
            _strips()
            st.caption(t("depth.shattered.look"))
        with st.container():
            with st.spinner(t("depth.shattered.running")):
                found = {shape: shattered_correlation(shape) for shape in (*_NAMED.values(), TRAP, *chain(*LINES))}
            _against_depth(found)
            st.caption(t("depth.shattered.theory"))
    values = {name: _text(found[shape]) for name, shape in _NAMED.items()}
    st.markdown(t("depth.shattered.numbers", seeds=SEEDS, brown=_text(noise_correlation()), **values))
    st.markdown(t("depth.shattered.trap", trap=_text(found[TRAP])))
    download_csv(as_csv(found), "shattered-gradients", "csv_shattered", t("depth.shattered.csv"))


def _strips() -> None:
    rows = [
        Strip(_name(PLAIN), "plain", shattered_gradient(PLAIN)),
        Strip(_name(RESIDUAL), "residual", shattered_gradient(RESIDUAL)),
        Strip(_name(DAMPED), "residual", shattered_gradient(DAMPED)),
        Strip(t("depth.shattered.brown"), None, brown_noise()),
    ]
    title = t("depth.shattered.strips_title")
    st.plotly_chart(
        strips(rows, grid(), title=title, x_title="x"), key="shattered_strips", config=_BUTTONLESS, alt=title
    )


def _against_depth(found: Mapping[Shape, Correlation]) -> None:
    theory = [
        (t("depth.shattered.theory_plain"), [0.5**depth for depth in DEPTHS]),
        (t("depth.shattered.theory_residual"), [depth**-0.5 for depth in DEPTHS]),
    ]
    title = t("depth.shattered.depth_title")
    curves = [_curve(line, found) for line in LINES]
    figure = depth_chart(curves, theory, title=title, x_title=t("depth.shattered.layers"))
    st.plotly_chart(figure, key="shattered_depth", config=_BUTTONLESS, alt=title)


def _curve(line: tuple[Shape, ...], found: Mapping[Shape, Correlation]) -> DepthCurve:
    measured = [found[shape] for shape in line]
    return DepthCurve(
        name=_kind_name(line[0]),
        kind=line[0].kind,
        faint=line[0].beta != 1,
        depths=DEPTHS,
        mean=tuple(one.mean for one in measured),
        low=tuple(one.low for one in measured),
        high=tuple(one.high for one in measured),
    )


def _name(shape: Shape) -> str:
    return t("depth.shattered.network", kind=_kind_name(shape), depth=shape.depth)


def _kind_name(shape: Shape) -> str:
    return t(f"depth.shattered.{shape.kind}", beta=f"{shape.beta:g}")


def _text(found: Correlation) -> str:
    values = {"mean": found.mean, "low": found.low, "high": found.high}
    return t("depth.shattered.range", **{name: minus(f"{value:.2f}") for name, value in values.items()})
