"""Which blocks are cut: chosen stage by stage, and part of the URL as `cut=layer2.1.branch-layer4.0.shortcut`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.lesions import Lesion, Part, possible, read
from resnet_viz.records import BlockRecord, Blueprint
from resnet_viz.ui.address import ask, show, wish
from resnet_viz.ui.state import t

CUT_KEY = "cut"
"""The name in the URL."""

_BETWEEN = "-"
_PARTS: tuple[Part, ...] = ("branch", "shortcut")


def chosen_cuts(plan: Blueprint) -> tuple[Lesion, ...]:
    """The cuts that the visitor or the URL asked for, as far as this network allows them."""
    return read(plan, (wish(CUT_KEY) or "").split(_BETWEEN))


def choose_cuts(plan: Blueprint, place: str) -> tuple[Lesion, ...]:
    """Draw what can be cut, the blocks of each stage in a row, and return what is chosen."""
    cuts = chosen_cuts(plan)
    offered = possible(plan)
    with st.grid(2, min_column_width=320):
        for part in _PARTS:
            blocks = [plan.block(lesion.block) for lesion in offered if lesion.part == part]
            if blocks:
                with st.container(border=True):
                    _rows(plan, part, blocks, cuts)
    _presets(plan, place, cuts)
    show(CUT_KEY, _written(cuts))
    return cuts


def _rows(plan: Blueprint, part: Part, blocks: Sequence[BlockRecord], cuts: Sequence[Lesion]) -> None:
    plain = all(block.shortcut == "none" for block in blocks)
    st.markdown(t("lesions.cut.whole" if plain else f"lesions.cut.{part}"))
    for stage in sorted({block.stage for block in blocks}):
        names = [block.name for block in blocks if block.stage == stage]
        key = f"cut_{part}_{stage}"
        st.session_state[key] = [lesion.block for lesion in cuts if lesion.part == part and lesion.block in names]
        st.pills(
            t("common.stage", number=stage),
            names,
            selection_mode="multi",
            key=key,
            on_change=_changed,
            args=(plan, part, key, tuple(names)),
            wrap=True,
        )


def _changed(plan: Blueprint, part: Part, key: str, names: tuple[str, ...]) -> None:
    """A row was changed: its cuts take the place of others in the same blocks."""
    now = [Lesion(name, part) for name in st.session_state[key] or []]
    new = {lesion.block for lesion in now}
    rest = [
        lesion
        for lesion in chosen_cuts(plan)
        if lesion.block not in new and not (lesion.part == part and lesion.block in names)
    ]
    _ask(plan, [*now, *rest])


def _presets(plan: Blueprint, place: str, cuts: Sequence[Lesion]) -> None:
    offered = possible(plan)
    record = plan.by_place.get(place)
    block = record.name if isinstance(record, BlockRecord) else getattr(record, "block", None)
    own = [lesion for lesion in offered if lesion.block == block and lesion.part == "branch"]
    identities = [lesion for lesion in offered if lesion.part == "branch" and not plan.block(lesion.block).projection]
    shortcuts = [lesion for lesion in offered if lesion.part == "shortcut"]
    plain = all(lesion.part == "branch" and plan.block(lesion.block).shortcut == "none" for lesion in offered)
    with st.container(horizontal=True, gap="small"):
        if own:
            others = [lesion for lesion in cuts if lesion.block != block]
            _button("selected_whole" if plain else "selected", plan, [*own, *others], block=block)
        _button("whole" if plain else "identities", plan, identities, count=len(identities))
        if shortcuts:
            _button("shortcuts", plan, shortcuts, count=len(shortcuts))
        _button("none", plan, [])


def _button(name: str, plan: Blueprint, cuts: Sequence[Lesion], **values: object) -> None:
    label = t(f"lesions.preset.{name}", **values)
    st.button(label, key=f"cut_{name}", on_click=_ask, args=(plan, cuts))


def _ask(plan: Blueprint, cuts: Sequence[Lesion]) -> None:
    ask(CUT_KEY, _written(read(plan, (lesion.id for lesion in cuts))))


def _written(cuts: Sequence[Lesion]) -> str | None:
    return _BETWEEN.join(lesion.id for lesion in cuts) or None
