"""The answer in words and bars, no surer than it may be: beside it stands what the weights can know and what not."""

from __future__ import annotations

import streamlit as st

from resnet_viz import lang
from resnet_viz.figures.bars import Bar, bars
from resnet_viz.records import ClassLabel, Prediction, WeightsInfo
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.state import language, t

SURE_OF_FEW = 0.7
"""With the bundled weights: of 200 validation images, answers above it were right 93 times in 100, below it 54."""

CLEAR_LEAD = 2.0
"""With many classes: how many times the second class's probability the best one has before it counts as an answer."""

BAR_COLOR = "#3b78c2"


def answer(result: Result) -> None:
    """Draw the answer: one sentence, the five best classes, and what has to be known to read them."""
    info = result.loaded.info
    st.markdown(headline(info, result.predictions, sample=result.picture.source == "sample"))
    st.html(answer_bars(info, result.predictions, BAR_COLOR))
    if info.trained_on == "imagenette":
        _ten_classes(info)
    elif info.trained_on == "imagenet":
        st.caption(t("activations.answer.of_all", classes=f"{len(info.labels):,}"))
    elif info.trained_on == "unknown":
        st.caption(t("activations.answer.unknown_training"))


def answer_bars(info: WeightsInfo, found: tuple[Prediction, ...], color: str) -> str:
    """The likeliest classes as bars in HTML; the best one stands out where it counts as an answer."""
    clear = info.trained_on != "nothing" and is_sure(info, found)
    rows = [
        Bar(class_name(p.label), p.probability, f"{percent(p.probability, 1)} %", clear and p is found[0])
        for p in found
    ]
    return bars(rows, color=color, top=1.0)


def is_sure(info: WeightsInfo, found: tuple[Prediction, ...]) -> bool:
    """Whether the best class stands out enough to be called the network's answer."""
    best = found[0].probability
    if info.trained_on == "imagenette":
        return best >= SURE_OF_FEW
    return len(found) == 1 or best >= CLEAR_LEAD * found[1].probability


def class_name(label: ClassLabel) -> str:
    """A class in the chosen language, where it has a name there."""
    return lang.class_name(language(), label)


def both_names(label: ClassLabel) -> str:
    """A class in both languages, the chosen one first."""
    names = (label.zh, label.en) if language() == "zh" else (label.en, label.zh)
    return " ".join(name for name in names if name)


def headline(info: WeightsInfo, found: tuple[Prediction, ...], *, sample: bool) -> str:
    """The answer in one sentence; `sample` where the picture is one of the app's own."""
    best = found[0]
    if info.trained_on == "nothing":
        return t("activations.answer.untrained")
    values = {"name": class_name(best.label), "percent": percent(best.probability, 0 if best.probability < 0.99 else 1)}
    sure = "sure" if is_sure(info, found) else "unsure"
    if info.trained_on != "imagenette":
        return t(f"activations.answer.any_{sure}", **values)
    if sample:
        sure = "outside"  # none of the samples shows one of Imagenette's classes
    return t(f"activations.answer.few_{sure}", **values, count=len(info.labels))


def percent(probability: float, digits: int) -> str:
    """A probability in percent, rounded but never up to certainty: 0.9996 is `> 99.9` with one digit."""
    written = f"{100 * probability:.{digits}f}"
    return written if float(written) < 100 else f"> {100 - 10**-digits:.{digits}f}"


def _ten_classes(info: WeightsInfo) -> None:
    st.info(t("activations.answer.must_choose", count=len(info.labels)), icon=":material/info:")
    names = " · ".join(both_names(label) for label in info.labels)
    st.caption(t("activations.answer.classes", count=len(info.labels), names=names))
    if len(info.accuracies) > 1:
        sizes = tuple(f"{t('architecture.pixels', n=size)} {top1:.1f}\u00a0%" for size, top1 in info.accuracies)
        st.caption(t("activations.answer.size_matters", sizes=sizes))
