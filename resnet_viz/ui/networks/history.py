"""How deep networks got: two charts, all of their numbers, and the rule by which depth is counted."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.family import Member, as_csv
from resnet_viz.ui.networks.cited import cited
from resnet_viz.ui.networks.counted import counted, counted_network, show_counted
from resnet_viz.ui.networks.history_charts import charts
from resnet_viz.ui.networks.members import members
from resnet_viz.ui.selectable_table import Columns, selectable_table
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

_COLUMNS = {"imagenet-v1": "v1", "imagenet-v2": "v2"}


def history() -> None:
    """Draw the charts, the table, and how depth is counted."""
    st.header(t("networks.history.title"), anchor=False)
    st.markdown(t("networks.history.about"))
    charts()
    _table(members())
    counted()


def _table(found: Sequence[Member]) -> None:
    st.subheader(t("networks.history.table"), anchor=False)
    selectable_table(
        _frame(found),
        [one.origin.network for one in found],
        counted_network(),
        key="history_table",
        on_select=show_counted,
        columns=_columns(),
        name=t("networks.history.table"),
        own=("Download as CSV",),
    )
    departures = [t(f"networks.departures.{one.origin.departure}") for one in found if one.origin.departure]
    st.caption(prose([t("networks.history.table_look"), *departures]))
    download_csv(lambda: as_csv(found), "networks", "csv_history", t("networks.history.csv"))


def _frame(found: Sequence[Member]) -> pd.DataFrame:
    counts = {
        "name": [one.title for one in found],
        "year": [one.origin.year for one in found],
        "depth": [one.depth for one in found],
        "weighted": [one.weighted for one in found],
        "params": [one.params for one in found],
        "macs": [one.macs for one in found],
    }
    accuracies = {
        f"{which}_{short}": [_percent(one, version, which) for one in found]
        for version, short in _COLUMNS.items()
        for which in ("top1", "top5")
    }
    return pd.DataFrame(counts | accuracies | {"source": [cited(one.origin.ref) for one in found]})


def _percent(one: Member, version: str, which: str) -> float | None:
    return next((getattr(known, which) for known in one.accuracies if known.version == version), None)


def _columns() -> Columns:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    percents = {
        f"{which}_{short}": number(t(f"networks.history.{which}", version=short.upper()), format="%.2f %%")
        for short in _COLUMNS.values()
        for which in ("top1", "top5")
    }
    return {
        "name": text(t("networks.network"), pinned=True, width=95),
        "year": number(t("networks.history.year"), format="%d", width="small"),
        "depth": number(t("networks.history.depth_axis"), width="small"),
        "weighted": number(t("networks.history.weighted"), width=150),
        "params": number(t("architecture.params"), format="localized"),
        "macs": number(t("architecture.macs"), format="localized"),
        **percents,
        "source": text(t("networks.history.source")),
    }
