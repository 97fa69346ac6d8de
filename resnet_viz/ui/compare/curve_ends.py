"""What six runs of one schedule came to: accuracy and training loss by depth, and what twice the depth did."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from resnet_viz.analysis.learning_curves import FAIR, LearningCurve, LearningCurves
from resnet_viz.analysis.numbers import count, minus
from resnet_viz.analysis.published import published
from resnet_viz.ui.compare.by_depth import Row, table_by_depth
from resnet_viz.ui.state import prose, t

OF_HE = "he_imagenet"
"""Id of the published table that has both depths, trained to the end."""


def ends(found: LearningCurves) -> None:
    """Draw accuracy and training loss of each network at the end, and say what depth did to both kinds."""
    finished = next((curve for curve in found.curves if curve.outcome), None)
    if finished is None or finished.outcome is None:
        return
    about = {"size": finished.outcome.size, "images": count(int(str(finished.about["val_images"])))}
    with st.grid(2, min_column_width=280):
        with st.container():
            st.markdown(f"**{t('compare_image.ends.accuracy', **about)}**")
            table_by_depth(_rows(found, _accuracy))
        with st.container():
            st.markdown(f"**{t('compare_image.ends.loss', epochs=len(finished.rows))}**")
            table_by_depth(_rows(found, _loss))
    st.markdown(prose(_sentences(found)))


def _rows(found: LearningCurves, cell: Callable[[LearningCurve], str]) -> list[Row]:
    def of(curve: LearningCurve | None) -> str | None:
        return None if curve is None else cell(curve)

    return [(depth, of(found.at("residual", depth)), of(found.at("plain", depth))) for depth in found.depths]


def _accuracy(curve: LearningCurve) -> str:
    return f"{100 * curve.outcome.top1:.1f} %" if curve.outcome else "–"


def _loss(curve: LearningCurve) -> str:
    return f"{curve.rows[-1]['train_loss']:.3f}"


def _sentences(found: LearningCurves) -> list[str]:
    """What twice the depth did to the accuracy; nothing where one of the four runs is missing."""
    of_residual, of_plain = found.deeper_top1("residual"), found.deeper_top1("plain")
    if of_residual is None or of_plain is None:
        return []
    residual, plain = ((100 * few, 100 * many) for few, many in (of_residual, of_plain))
    said = [
        t(
            "compare_image.ends.deeper",
            few=FAIR[0],
            many=FAIR[1],
            residual_few=f"{residual[0]:.1f}",
            residual_many=f"{residual[1]:.1f}",
            residual_change=_points(residual),
            plain_few=f"{plain[0]:.1f}",
            plain_many=f"{plain[1]:.1f}",
            plain_change=_points(plain),
        )
    ]
    if residual[1] < residual[0]:
        said.append(_trained_longer())
    return [*said, t("compare_image.ends.one_seed")]


def _points(pair: tuple[float, float]) -> str:
    """The change between two accuracies as they are written, in points with its sign."""
    return minus(f"{round(pair[1], 1) - round(pair[0], 1):+.1f}")


def _trained_longer() -> str:
    """Our deeper residual network comes out behind; He et al.'s, trained to the end, does not."""
    table = next(table for table in published() if table.id == OF_HE)
    errors = {row.layers: row.residual for row in table.rows}
    return t(
        "compare_image.ends.longer", few=FAIR[0], many=FAIR[1], few_error=errors[FAIR[0]], many_error=errors[FAIR[1]]
    )
