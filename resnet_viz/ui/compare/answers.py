"""The answers of both networks to one picture, side by side, and whether they agree."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.answers import percent
from resnet_viz.figures.signal import COLOURS
from resnet_viz.ui.activations.answer import answer_bars, class_name, headline
from resnet_viz.ui.activations.input import kept_picture
from resnet_viz.ui.activations.weights import badges
from resnet_viz.ui.compare.pair import common_size
from resnet_viz.ui.compare.runs import Both, Side
from resnet_viz.ui.state import prose, t


def answers(both: Both) -> None:
    """Draw the five likeliest classes of each, with what each was trained on, and say whether they agree."""
    st.subheader(t("compare_image.answers.title"), anchor=False)
    measured = common_size(*(side.loaded.info for side in both))
    with st.grid(2, min_column_width=300):
        for side in both:
            with st.container():
                _answer(side, measured or side.plan.size)
    st.caption(prose([t("compare_image.answers.look"), agreement(both)]))


def agreement(both: Both) -> str:
    """Whether the two name the same class, and how surely."""
    if any(side.loaded.info.trained_on == "nothing" for side in both):
        return t("compare_image.answers.none")
    residual, plain = (side.predictions[0] for side in both)
    same = residual.label.id == plain.label.id
    return t(
        "compare_image.answers.same" if same else "compare_image.answers.other",
        residual=both[0].title,
        plain=both[1].title,
        residual_class=class_name(residual.label),
        plain_class=class_name(plain.label),
        residual_percent=percent(residual.probability, 1),
        plain_percent=percent(plain.probability, 1),
    )


def _answer(side: Side, measured: int) -> None:
    """A network's answer, with how good it is at a size: the same for both where both were measured at one."""
    info, picture = side.loaded.info, kept_picture()
    st.markdown(f"#### {side.title}")
    badges(info, measured, key=f"badges_{side.kind}")
    sample = picture is not None and picture.source == "sample"
    st.markdown(headline(info, side.predictions, sample=sample))
    st.html(answer_bars(info, side.predictions, COLOURS[side.kind]))
