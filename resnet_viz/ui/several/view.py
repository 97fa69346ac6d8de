"""Several images: the answer to each and one map of each, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.analysis.several import HOWS, Given, How, Question, Refused, Seen, look_at, look_at_each
from resnet_viz.forward.images import MAX_BYTES, samples
from resnet_viz.lang import sentence
from resnet_viz.ui.activations.run import Result, tensor_at
from resnet_viz.ui.cache import store
from resnet_viz.ui.channels.gallery import no_maps
from resnet_viz.ui.choices import choose
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.several.gallery import gallery
from resnet_viz.ui.several.table import table
from resnet_viz.ui.state import language, t
from resnet_viz.ui.take_away.copy import sample_path

MOST = 100
"""Pictures at once: their files stay in the server's memory while they are given."""
_SOURCES = ("samples", "upload")

Found = tuple[Seen | Refused, ...]


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
    found = _found(result, place, how, given) if given else ()
    refused = [one for one in found if isinstance(one, Refused)]
    if refused:
        said = [t("several.refused", name=one.given.name, why=sentence(language(), one.error)) for one in refused]
        st.error("\n\n".join(said), icon=":material/error:")
    seen = [one for one in found if isinstance(one, Seen)]
    if seen:
        table(seen)
        gallery(result, place, how, seen)


def _given() -> list[Given]:
    """The chosen pictures."""
    source = choose(t("several.source"), _SOURCES, key="several_source", name=lambda id: t(f"several.from_{id}"))
    if source == "samples":
        return [Given(s.name, t(f"activations.samples.{s.name}"), sample_path(s), s.path.read_bytes) for s in samples()]
    files = st.file_uploader(
        t("several.upload", most=MOST, megabytes=MAX_BYTES // 10**6),
        accept_multiple_files=True,
        key="several_files",
        max_upload_size=MAX_BYTES // 10**6,
    )
    st.caption(t("activations.input.private"))
    if len(files) > MOST:
        st.warning(t("several.too_many", most=MOST, count=len(files)), icon=":material/warning:")
    return [Given(file.file_id, file.name, file.name, file.getvalue) for file in files[:MOST]]


def _map_name(how: How) -> str:
    return "Grad-CAM" if how == "grad-cam" else t(f"activations.maps.{how}")


def _found(result: Result, place: str, how: How, given: Sequence[Given]) -> Found:
    """What the pictures came to; while it is under way, or stopped, what those that are done came to."""
    question = Question(result.loaded.program, result.loaded.info, result.plan, result.prepared.fit, place, how)
    kept = store()

    def key(one: Given) -> tuple[object, ...]:
        """Of one picture: what is done is not done again. Whatever the page's own picture is."""
        return "seen", result.key[1:], place, how, one.id, one.name

    def look(one: Given) -> Seen | Refused:
        return kept.get(key(one), lambda: look_at(one, question), lambda made: made.nbytes)

    def work(progress: Progress, cancelled: Cancelled) -> Found | None:
        return look_at_each(given, look, going_on(progress, cancelled))

    macs = len(given) * result.plan.macs * (3 if how == "grad-cam" else 1)
    task = Task("several", ("several", *map(key, given)), work, t("several.working"), macs, resumes=True)
    found = computed(task, lambda made: sum(one.nbytes for one in made))
    if found is not None:
        return found
    done = [kept.peek(key(one)) for one in given]
    there = cast("Found", tuple(one for one in done if one is not None))
    if there:
        st.caption(t("several.partial", done=len(there), all=len(given)))
    return there
