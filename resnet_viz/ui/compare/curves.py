"""Learning curves of both kinds of network at three depths, from runs of this project; and what papers have published."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from resnet_viz.analysis.learning_curves import FAIR, QUANTITIES, Kind, LearningCurves, Quantity, as_csv, read
from resnet_viz.analysis.published import RESULTS
from resnet_viz.figures.learning_curves import DepthCurve, learning_chart
from resnet_viz.training.loop import VALIDATION_SIZE
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.curve_ends import ends
from resnet_viz.ui.compare.pair import in_words
from resnet_viz.ui.compare.published import published_tables
from resnet_viz.ui.errors import guard
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

FILE = RESULTS / "learning-curves.json"
"""What `python -m resnet_viz.training.curves` writes. Without it there are no curves to draw."""

ALIKE = 0.01
"""Two values that differ by less than this part are called about the same."""

KINDS: tuple[Kind, ...] = get_args(Kind)
SHARES: frozenset[Quantity] = frozenset({"train_top1", "val_top1"})
VALIDATION: frozenset[Quantity] = frozenset({"val_loss", "val_top1"})
LOGARITHMIC: frozenset[Quantity] = frozenset({"val_loss", "grad_norm"})
"""Quantities that are a hundred times greater after the first epoch than after the last."""


def curves() -> None:
    """Draw our own curves where they have been made, and below them, apart, the published numbers."""
    found = stored()
    if found is not None:
        st.header(t("compare_image.curves.title"), anchor=False)
        own(found)
    published_tables()


def stored() -> LearningCurves | None:
    """The curves that have been made here, None for none."""
    found = read(FILE)
    return found if found is not None and found.curves else None


@st.fragment
@guard()
def own(found: LearningCurves) -> None:
    """Draw our own curves: a chart for each kind of network, what came out, how they were made."""
    st.markdown(t("compare_image.curves.about"))
    quantity = choose(t("compare_image.curves.quantity"), QUANTITIES, key="curve_of", name=_quantity_name, in_url=True)
    values = [value for curve in found.curves for value in curve.values(quantity)]
    with st.grid(2, min_column_width=300):
        for kind in KINDS:
            with st.container():
                _chart(found, kind, quantity, (min(values), max(values)))
    said = [t("compare_image.curves.look"), *_counted(quantity), *(_deeper(found, kind, quantity) for kind in KINDS)]
    st.caption(prose(filter(None, said)))
    ends(found)
    if found.missing:
        st.caption(t("compare_image.curves.missing", names=found.missing))
    _recipe(found)
    download_csv(as_csv(found.curves), "learning-curves", "csv_curves", t("compare_image.curves.csv"))


def _chart(found: LearningCurves, kind: Kind, quantity: Quantity, limits: tuple[float, float]) -> None:
    title = f"{t(f'compare_image.curves.kinds.{kind}')}: {_quantity_name(quantity)}"
    figure = learning_chart(
        [DepthCurve(curve.depth, curve.values(quantity)) for curve in found.of(kind)],
        kind,
        limits,
        title=title,
        x_title=t("compare_image.curves.epoch"),
        layers=t("compare_image.curves.layers", depth="{depth}"),
        scale="log" if quantity in LOGARITHMIC else "share" if quantity in SHARES else "linear",
    )
    st.plotly_chart(figure, key=f"curves_{kind}", config={"displayModeBar": False}, alt=title)


def _counted(quantity: Quantity) -> list[str]:
    """On which images a quantity is counted, where that is not what one would think."""
    if quantity == "train_loss":
        return [t("compare_image.curves.train_loss_counts")]
    return [t("compare_image.curves.validation_counts", size=VALIDATION_SIZE)] if quantity in VALIDATION else []


def _deeper(found: LearningCurves, kind: Kind, quantity: Quantity) -> str:
    """What twice the depth did, at the end of training."""
    last = found.deeper(kind, quantity)
    if last is None:
        return ""
    shallow, deep = (f"{100 * value:.1f} %" if quantity in SHARES else f"{value:.3f}" for value in last)
    alike = abs(last[1] - last[0]) < ALIKE * abs(last[0])
    order = "same" if alike else "higher" if last[1] > last[0] else "lower"
    return t(
        f"compare_image.curves.{order}",
        kind=t(f"compare_image.curves.kinds.{kind}"),
        quantity=_quantity_name(quantity).lower(),  # within a sentence
        few=FAIR[0],
        many=FAIR[1],
        shallow=shallow,
        deep=deep,
    )


def _recipe(found: LearningCurves) -> None:
    with st.expander(t("compare_image.curves.recipe"), icon=":material/receipt_long:"):
        st.code(found.command, language="shell", wrap_lines=True)
        facts((curve.network, _provenance(curve.about)) for curve in found.curves)


def _provenance(about: object) -> str:
    """What a run says of itself: `PyTorch 2.14.1, Python 3.11.7, float32 on CPU, 9469 / 3925 images`."""
    known = about if isinstance(about, dict) else {}
    return t(
        "compare_image.curves.run",
        **{name: known.get(name, "?") for name in ("torch", "python", "train_images", "val_images")},
        precision=in_words("precision", str(known.get("precision", "?"))),
    )


def _quantity_name(quantity: str) -> str:
    return t(f"compare_image.curves.quantities.{quantity}")
