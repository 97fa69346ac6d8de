"""Several images: the answer to each and one map of each, side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.analysis.several import HOWS, Given, How, Question, Refused, Seen, see_each
from resnet_viz.forward.images import MAX_BYTES, samples
from resnet_viz.lang import sentence
from resnet_viz.ui.activations.answer import class_name, percent
from resnet_viz.ui.activations.run import Result, tensor_at
from resnet_viz.ui.channels.gallery import no_maps
from resnet_viz.ui.choices import choose
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.several.gallery import gallery
from resnet_viz.ui.state import language, t

MOST = 100
"""Pictures at once: their files stay in the server's memory while they are given."""
_SOURCES = ("samples", "upload")
_PICTURE_BYTES = 3 * 224 * 224


def several(result: Result, place: str) -> None:
    """Draw the choice of pictures and of the map, then what each came to."""
    st.markdown(t("several.about", place=place))
    if is_vector(tensor_at(result, place)):
        no_maps(result, place)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        given = _given()
    with right:
        how = choose(t("several.how"), HOWS, key="several_map", name=_map_name, in_url=True)
        if how == "grad-cam":
            st.caption(t("several.own_class"))
    found = _found(result, place, how, given) if given else None
    if found is None:
        return
    for one in found:
        if isinstance(one, Refused):
            st.error(t("several.refused", name=one.name, why=sentence(language(), one.error)), icon=":material/error:")
    seen = [one for one in found if isinstance(one, Seen)]
    if seen:
        _table(seen)
        gallery(result, place, how, seen)


def _given() -> dict[str, Given]:
    """The chosen pictures by an id of their bytes."""
    source = choose(t("several.source"), _SOURCES, key="several_source", name=lambda id: t(f"several.from_{id}"))
    if source == "samples":
        return {s.name: Given(t(f"activations.samples.{s.name}"), s.path.read_bytes) for s in samples()}
    files = st.file_uploader(
        t("several.upload", most=MOST, megabytes=MAX_BYTES // 10**6),
        accept_multiple_files=True,
        key="several_files",
        max_upload_size=MAX_BYTES // 10**6,
    )
    st.caption(t("activations.input.private"))
    if len(files) > MOST:
        st.warning(t("several.too_many", most=MOST, count=len(files)), icon=":material/warning:")
    return {file.file_id: Given(file.name, file.getvalue) for file in files[:MOST]}


def _map_name(how: How) -> str:
    return "Grad-CAM" if how == "grad-cam" else t(f"activations.maps.{how}")


def _found(result: Result, place: str, how: How, given: dict[str, Given]) -> tuple[Seen | Refused, ...] | None:
    question = Question(result.loaded.program, result.loaded.info, result.plan, result.prepared.fit, place, how)
    names = tuple((id, one.name) for id, one in given.items())

    def work(progress: Progress, cancelled: Cancelled) -> tuple[Seen | Refused, ...] | None:
        return see_each(tuple(given.values()), question, going_on(progress, cancelled))

    key = ("several", result.key[1:], place, how, names)  # whatever the page's own picture is
    macs = len(given) * result.plan.macs * (3 if how == "grad-cam" else 1)
    task = Task("several", key, work, t("several.working"), macs)
    return computed(task, _bytes_kept)


def _bytes_kept(found: tuple[Seen | Refused, ...]) -> int:
    return sum(_PICTURE_BYTES + one.heatmap.values.nbytes for one in found if isinstance(one, Seen))


def _table(seen: list[Seen]) -> None:
    rows = [
        [
            number,
            one.name,
            *(text for a in one.answers[:2] for text in (class_name(a.label), percent(a.probability, 1))),
        ]
        for number, one in enumerate(seen, 1)
    ]
    names = [t("several.number"), t("several.image"), t("several.first"), "%", t("several.second"), "% "]
    st.dataframe(pd.DataFrame(rows, columns=names[: len(rows[0])]), hide_index=True, width="stretch")
