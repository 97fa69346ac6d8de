"""What the two networks share and where they differ: whether the page shows a controlled comparison or none."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.numbers import count, percent
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.pairing import Pairing, pairing, record_of
from resnet_viz.records import Blueprint, WeightsInfo
from resnet_viz.ui.compare.picture import PLAIN_NETWORK, RESIDUAL_NETWORK, Pair, provenance
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import current_size, t

PRECISIONS = {"bfloat16 autocast on CPU": "bfloat16", "float32 on CPU": "float32"}
"""What records say of the arithmetic of a training, and the catalogue's name for it."""


def about_pair(pair: Pair) -> None:
    """Say what both networks are, whether they are twins, and what alone differs between them."""
    st.caption(" · ".join(provenance(loaded.info) for loaded in pair.both))
    residual, plain = record_of(RESIDUAL_NETWORK), record_of(PLAIN_NETWORK)
    found = None if residual is None or plain is None else pairing(residual, plain)
    if not pair.controlled or found is None:
        st.warning(t("compare_image.pair.uncontrolled"), icon=":material/science_off:")
    else:
        alike = "compare_image.pair.nearly" if found.differing else "compare_image.pair.twins"
        st.markdown(t(alike if found.twins else "compare_image.pair.no_twins"))
        said = accuracies(*(loaded.info for loaded in pair.both))
        if said:
            st.markdown(said)
    st.markdown(_shortcuts())
    if found is not None:
        _records(found)


def common_size(residual: WeightsInfo, plain: WeightsInfo) -> int | None:
    """The size nearest to the chosen one at which both were measured, on as many images; None where there is none."""
    measured = dict(residual.accuracies), dict(plain.accuracies)
    sizes = [size for size in measured[0] if size in measured[1]]
    if not sizes or residual.measured_on != plain.measured_on:
        return None
    return min(sizes, key=lambda one: abs(one - current_size()))


def accuracies(residual: WeightsInfo, plain: WeightsInfo) -> str:
    """How good both came out, at the measured size that is nearest to the chosen one; nothing where none is shared."""
    size = common_size(residual, plain)
    if size is None:
        return ""
    one, other = dict(residual.accuracies)[size], dict(plain.accuracies)[size]
    return t(
        "compare_image.pair.accuracies",
        images=count(residual.measured_on or 0),
        size=size,
        residual=f"{one:.1f}",
        plain=f"{other:.1f}",
        points=f"{abs(one - other):.1f}",
        guess=f"{100 / len(residual.labels):g}",
    )


def _shortcuts() -> str:
    """The shortcuts that one of them has, and the parameters that come with them, counted at 1000 classes."""
    residual, plain = (blueprint(name, 224) for name in (RESIDUAL_NETWORK, PLAIN_NETWORK))
    more = residual.params - plain.params
    return t(
        "compare_image.pair.shortcuts",
        identities=_blocks(residual, "identity"),
        projections=_blocks(residual, "projection"),
        params=count(more),
        share=percent(more, residual.params),
    )


def _blocks(plan: Blueprint, shortcut: str) -> int:
    return sum(block.shortcut == shortcut for block in plan.blocks)


def _records(found: Pairing) -> None:
    """Both records of training, what differs first."""
    for name, (residual, plain) in found.differing.items():
        values = {"residual": in_words(name, residual), "plain": in_words(name, plain)}
        said = t("compare_image.pair.differs", name=_name(name), **values)
        st.markdown(said)
    with st.expander(t("compare_image.pair.shared"), icon=":material/balance:"):
        facts((_name(name), in_words(name, value)) for name, value in found.shared.items())


def in_words(name: str, value: str) -> str:
    """What a record of training says under a name, in the reader's language where it is a phrase."""
    if name == "precision" and value in PRECISIONS:
        return t(f"compare_image.precisions.{PRECISIONS[value]}")
    return value


def _name(field: str) -> str:
    return t(f"compare_image.pair.names.{field}")
