"""What each block adds to the logit of a class, to first order."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.logit_shares import LogitShare, as_csv
from resnet_viz.analysis.scripts_block import logit_script
from resnet_viz.figures.block_charts import BlockShares, share_bars
from resnet_viz.report import block_words
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.dissection.numbers import all_shares
from resnet_viz.ui.dissection.pick import pick_block
from resnet_viz.ui.state import language, prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv


def logit(result: Result, block: str) -> None:
    """Draw the shares of all blocks in the logit of the chosen class, and say what they are and are not."""
    index = class_select(result)
    st.markdown(t("inside_block.logit.about"))
    rows = all_shares(result, index)
    if rows is not None:
        _chart(result, rows, index, block)
    script = f"{opening(result)}\n{logit_script(result.plan, index)}"
    copy_as_pytorch(script, f"{result.plan.network}-logit-{index}")


def _chart(result: Result, rows: tuple[LogitShare, ...], index: int, block: str) -> None:
    name = class_name(result.loaded.info.labels[index])
    title = t("inside_block.logit.title", name=name)
    figure = share_bars(
        [BlockShares(row.block, row.branch, row.shortcut) for row in rows],
        block,
        title=title,
        x_title=t("inside_block.norms.axis"),
        names=("F(x)", t("inside_block.logit.shortcut")),
    )
    pick_block(figure, [row.block for row in rows], block, key="logit_chart", alt=title)
    whole = float(activations(result).logits[index])
    st.caption(prose([t("inside_block.logit.look"), *block_words.shares(language(), rows, block, name, whole)]))
    st.caption(t("inside_block.logit.first_order"))
    download_csv(lambda: as_csv(rows), f"{result.plan.network}-logit-{index}-blocks", key="logit_csv")
