"""How the signal grows from block to block in both networks, on one picture."""

from __future__ import annotations

from statistics import median

import streamlit as st

from resnet_viz.analysis.growth import BlockNorm, as_csv, change
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.figures.signal import Curve, Point, layer_chart
from resnet_viz.ui.compare.runs import Both, Side, norms
from resnet_viz.ui.compare.signal_words import fold
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv


def grown(both: Both) -> None:
    """Draw the norms of all blocks, with what to look at and what came out."""
    st.subheader(t("compare_image.growth.title"), anchor=False)
    found = [(side, norms(side)) for side in both]
    title = t("compare_image.growth.chart")
    figure = layer_chart(
        [_curve(side, rows) for side, rows in found],
        title=title,
        x_title=t("compare_image.growth.block"),
        log=True,
    )
    st.plotly_chart(figure, key="compare_growth", config={"displayModeBar": False}, alt=title)
    st.caption(prose([t("compare_image.growth.look"), *(_said(side, rows) for side, rows in found)]))
    download_csv(
        as_csv([(side.title, rows) for side, rows in found]), "growth", "csv_growth", t("compare_image.growth.csv")
    )


def _curve(side: Side, rows: tuple[BlockNorm, ...]) -> Curve:
    branches = t("compare_image.growth.branch", network=side.title)
    return Curve(side.title, side.kind, _points(rows), marks=branches)


def _points(rows: tuple[BlockNorm, ...]) -> tuple[Point, ...]:
    """What leaves each block as points of the line, and F(x) as a mark of its own where something is added to it."""
    outputs = [Point(n, row.block, row.output, stream=True) for n, row in enumerate(rows, start=1)]
    branches = [
        Point(n, f"{row.block} F(x)", row.branch, stream=False)
        for n, row in enumerate(rows, start=1)
        if row.shortcut is not None
    ]
    return (*outputs, *branches)


def _said(side: Side, rows: tuple[BlockNorm, ...]) -> str:
    said = t("compare_image.growth.result", network=side.title, blocks=len(rows), change=fold(change(rows)))
    shares = [row.share for row in rows if row.share is not None]
    if not shares:
        return said
    least, most = (magnitude(end) for end in (min(shares), max(shares)))
    return prose([said, t("compare_image.growth.shares", median=magnitude(median(shares)), least=least, most=most)])
