"""What two networks differ in, summed up: a line for each kind of difference, which add up to the networks' totals."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from resnet_viz.analysis.alignment import Alignment
from resnet_viz.analysis.differences import differences
from resnet_viz.analysis.numbers import count, minus, short
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.state import t


def totals(found: Alignment) -> None:
    """Draw the sums, and say what they come to."""
    left, right = found.left, found.right
    names = spec(left.network).title, spec(right.network).title
    entries = differences(found)
    rows = [(t(f"compare.side.parts.{e.part}"), e.left, e.right, e.params, e.macs) for e in entries]
    sums = (sum(entry.params for entry in entries), sum(entry.macs for entry in entries))
    alike = len(left.layers) - sum(entry.left for entry in entries)
    if alike:
        rows.insert(0, (t("compare.side.alike"), alike, alike, 0, 0))
    rows.append((t("compare.side.together"), len(left.layers), len(right.layers), *sums))
    st.subheader(t("compare.side.totals"), anchor=False)
    st.table(
        pd.DataFrame(
            [
                (part, _some(ours), _some(theirs), signed(params), short_signed(macs))
                for part, ours, theirs, params, macs in rows
            ],
            columns=[
                t("compare.side.part"),
                *_headings(names),
                t("compare.side.params"),
                t("compare.side.macs"),
            ],
        ).set_index(t("compare.side.part"))
    )
    st.caption(
        t(
            "compare.side.reconciled",
            left=names[0],
            right=names[1],
            left_params=count(left.params),
            right_params=count(right.params),
            params=signed(left.params - right.params),
            left_macs=count(left.macs),
            right_macs=count(right.macs),
            macs=signed(left.macs - right.macs),
            left_depth=left.depth,
            right_depth=right.depth,
        )
    )


def _headings(names: tuple[str, str]) -> tuple[str, str]:
    """A column for each network; the same network twice is told apart by its side."""
    return names if names[0] != names[1] else (t("compare.side.left"), t("compare.side.right"))


def signed(value: int) -> str:
    """A difference with its sign, as typeset: `+2,776,576`, `−7,680`, `0`."""
    return minus(f"{value:+,}") if value else "0"


def short_signed(value: int) -> str:
    """The same to three digits: `+360 M`."""
    return f"{'−' if value < 0 else '+'}{short(abs(value))}".replace(" ", "\u00a0") if value else "0"


def _some(value: int) -> str:
    return count(value) if value else "–"
