"""The answer in words and bars, no surer than it may be: beside it stands what the weights can know and what not."""

from __future__ import annotations

import streamlit as st

from resnet_viz.figures.bars import Bar, bars
from resnet_viz.records import ClassLabel, Prediction, WeightsInfo
from resnet_viz.ui.activations_run import Result
from resnet_viz.ui.state import language, t

SURE = 0.5
"""Below this probability of its best class a network gives more than half to the others: it is not sure."""

_BAR_COLOR = "#3b78c2"


def answer(result: Result) -> None:
    """Draw the answer: one sentence, the five best classes, and what has to be known to read them."""
    info, best = result.loaded.info, result.predictions[0]
    st.markdown(_headline(result))
    spec = bars(
        [
            Bar(_unique(p, result.predictions), p.probability, f"{100 * p.probability:.1f} %", strong=p is best)
            for p in result.predictions
        ],
        color=_BAR_COLOR,
        top=1.0,
    )
    st.vega_lite_chart(spec=spec, width="stretch", key="answer_bars", alt=_spoken(result.predictions))
    if info.trained_on == "imagenette":
        _ten_classes(info)
    elif info.trained_on == "imagenet":
        st.caption(t("activations.answer.of_all", classes=f"{len(info.labels):,}"))
    elif info.trained_on == "unknown":
        st.caption(t("activations.answer.unknown_training"))


def class_name(label: ClassLabel) -> str:
    """A class in the chosen language, where it has a name there."""
    return label.zh if language() == "zh" and label.zh else label.en


def both_names(label: ClassLabel) -> str:
    """A class in both languages, the chosen one first."""
    names = (label.zh, label.en) if language() == "zh" else (label.en, label.zh)
    return " ".join(name for name in names if name)


def _headline(result: Result) -> str:
    info, best = result.loaded.info, result.predictions[0]
    if info.trained_on == "nothing":
        return t("activations.answer.untrained")
    values = {"name": class_name(best.label), "percent": f"{100 * best.probability:.0f}"}
    sure = "sure" if best.probability >= SURE else "unsure"
    if info.trained_on != "imagenette":
        return t(f"activations.answer.any_{sure}", **values)
    if result.picture.source == "sample":
        sure = "outside"  # none of the samples shows one of Imagenette's classes
    return t(f"activations.answer.few_{sure}", **values, count=len(info.labels))


def _ten_classes(info: WeightsInfo) -> None:
    st.info(t("activations.answer.must_choose", count=len(info.labels)), icon=":material/info:")
    st.caption(t("activations.answer.classes", names=" · ".join(both_names(label) for label in info.labels)))


def _unique(prediction: Prediction, among: tuple[Prediction, ...]) -> str:
    """Its name, with its number where another class is called the same: ImageNet has two cranes."""
    name = class_name(prediction.label)
    same = sum(class_name(other.label) == name for other in among)
    return name if same == 1 else f"{name} ({prediction.index})"


def _spoken(found: tuple[Prediction, ...]) -> str:
    return ", ".join(f"{class_name(p.label)} {100 * p.probability:.1f} %" for p in found)
