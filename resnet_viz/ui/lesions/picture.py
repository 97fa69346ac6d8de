"""The picture changed: painted over, blurred, turned; at which block the two part, and where they meet again."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.perturbations import KINDS, RANGES, Change, Kind, fill_of
from resnet_viz.analysis.scripts_lesions import change_script
from resnet_viz.ui.activations.input import picture_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose, slide
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.lesions.beside import Sides, answers_beside, class_maps_beside, maps_beside
from resnet_viz.ui.lesions.departed import departures_drawn
from resnet_viz.ui.lesions.labels import shown
from resnet_viz.ui.lesions.passes import changed_pass
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening

_WIDTH = 480
"""Pixels of the two pictures beside each other."""


def change_picture(result: Result, place: str) -> None:
    """Draw the choice of a change, and what comes of it."""
    st.markdown(t("lesions.change.about"))
    pictures, controls = st.columns([5, 4], gap="medium")
    with controls:
        kind = choose(
            t("lesions.change.label"), KINDS, key="change", name=lambda id: t(f"lesions.change.{id}"), in_url=True
        )
        change = _change(kind)
        class_index = class_select(result)
    second = changed_pass(result, change)
    network, done = shown(result.loaded.info), t(f"lesions.change.{kind}")
    sides = Sides(result, second, f"{network} · {t('lesions.before')}", f"{network} · {done}")
    with pictures, st.container(width=_WIDTH), st.grid(2, min_column_width=140):
        for prepared, said in ((result.prepared, t("lesions.before")), (second.prepared, done)):
            with st.container():
                name = f"{picture_name(result.picture)}: {said}"
                st.image(prepared.seen.convert("RGB"), width="stretch", caption=said, alt=name)
    answers_beside(sides, class_index)
    departures_drawn(sides, place)
    maps_beside(sides, place)
    class_maps_beside(sides, place, class_index)
    transforms = result.loaded.info.transforms
    fill = fill_of(transforms, result.plan.input_shape[0])
    script = change_script(result.plan, change, transforms, fill, class_index)
    copy_as_pytorch(opening(result) + script, "perturbation")


def _change(kind: Kind) -> Change:
    amounts = RANGES[kind]
    amount = slide(
        t(f"lesions.change.{kind}_amount"),
        key=f"change_{kind}",
        low=amounts.low,
        high=amounts.high,
        default=amounts.start,
        step=amounts.step,
    )
    if kind != "patch":
        return Change(kind, amount)
    x, y = (
        slide(
            t(f"lesions.change.{axis}"),
            key=f"change_{axis}",
            low=0.0,
            high=100.0,
            default=50.0,
            step=5.0,
            format="%g %%",
        )
        for axis in ("x", "y")
    )
    return Change(kind, amount, x / 100, y / 100)
