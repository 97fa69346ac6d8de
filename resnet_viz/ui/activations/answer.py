"""The answer in words and bars, no surer than it may be: beside it stands what the weights can know and what not."""

from __future__ import annotations

import streamlit as st

from resnet_viz import lang
from resnet_viz.figures.bars import ANSWER_COLOR, bars
from resnet_viz.records import ClassLabel, Prediction, WeightsInfo
from resnet_viz.report import words
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.state import language, t


def answer(result: Result) -> None:
    """Draw the answer: one sentence, the five best classes, and what has to be known to read them."""
    info = result.loaded.info
    st.markdown(headline(info, result.predictions, sample=result.picture.source == "sample"))
    st.html(answer_bars(info, result.predictions, ANSWER_COLOR))
    if info.trained_on == "imagenette":
        _ten_classes(info)
    elif info.trained_on == "imagenet":
        st.caption(t("activations.answer.of_all", classes=f"{len(info.labels):,}"))
    elif info.trained_on == "unknown":
        st.caption(t("activations.answer.unknown_training"))


def answer_bars(info: WeightsInfo, found: tuple[Prediction, ...], color: str) -> str:
    """The likeliest classes as bars in HTML; the best one stands out where it counts as an answer."""
    return bars(words.answer_rows(language(), info, found), color=color, top=1.0)


def class_name(label: ClassLabel) -> str:
    """A class in the chosen language, where it has a name there."""
    return lang.class_name(language(), label)


def both_names(label: ClassLabel) -> str:
    """A class in both languages, the chosen one first."""
    names = (label.zh, label.en) if language() == "zh" else (label.en, label.zh)
    return " ".join(name for name in names if name)


def headline(info: WeightsInfo, found: tuple[Prediction, ...], *, sample: bool) -> str:
    """The answer in one sentence; `sample` where the picture is one of the app's own."""
    return words.headline(language(), info, found, sample=sample)


def _ten_classes(info: WeightsInfo) -> None:
    st.info(t("activations.answer.must_choose", count=len(info.labels)), icon=":material/info:")
    names = " · ".join(both_names(label) for label in info.labels)
    st.caption(t("activations.answer.classes", count=len(info.labels), names=names))
    if len(info.accuracies) > 1:
        st.caption(words.accuracies(language(), info))
