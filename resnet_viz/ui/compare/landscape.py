"""The loss around the weights of the two networks: as it was computed and stored, and a coarse one of the visitor's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.landscape import as_csv
from resnet_viz.analysis.landscape_record import Recipe, Stored, read_stored
from resnet_viz.networks.catalog import spec
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.compare.landscape_live import live
from resnet_viz.ui.compare.picture import pair, provenance
from resnet_viz.ui.compare.planes import Drawn, planes
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_csv


def landscape() -> None:
    """Draw the section: what is stored of the two networks, and a coarse landscape to be computed now."""
    st.subheader(t("paths.landscape.title"), anchor=False)
    st.markdown(t("paths.landscape.about"))
    infos = [loaded.info for loaded in pair().both]
    found = [(info, _stored(info)) for info in infos]
    there = [(Drawn(info, stored.plane), stored.recipe) for info, stored in found if stored is not None]
    for info, stored in found:
        if stored is None:
            st.info(_absent(info), icon=":material/info:")
    if there:
        _stored_landscapes(there)
    trained = [info for info in infos if info.trained_on != "nothing"]
    if trained:
        live(trained)


def _stored_landscapes(there: Sequence[tuple[Drawn, Recipe]]) -> None:
    drawn = [one for one, _ in there]
    for one, recipe in there:
        st.caption(
            t(
                "paths.landscape.provenance",
                provenance=provenance(one.info),
                images=recipe.images,
                size=recipe.size,
                points=len(one.plane.at),
            )
        )
    setups = {(recipe.data, recipe.images, recipe.size, recipe.seeds, one.plane.at) for one, recipe in there}
    planes(drawn, "stored", comparable=len(setups) == 1)
    st.caption(t("paths.landscape.li"))
    with st.expander(t("paths.landscape.recipe.title"), icon=":material/science:"):
        st.markdown(t("paths.landscape.recipe.how"))
        for one, recipe in there:
            facts(_facts(one, recipe))
            st.code(recipe.command, language="bash", wrap_lines=True)
    download_csv(
        as_csv([(one.info.network, one.plane) for one in drawn]), "landscape", "csv_landscape", t("paths.landscape.csv")
    )


def _facts(one: Drawn, recipe: Recipe) -> list[tuple[str, str]]:
    versions = ", ".join(f"{name} {version}" for name, version in recipe.versions.items())
    return [
        (t("paths.landscape.recipe.network"), one.title),
        (t("paths.landscape.recipe.weights"), f"SHA-256 {recipe.weights[:16]}"),
        (t("paths.landscape.recipe.seeds"), ", ".join(map(str, recipe.seeds))),
        (t("paths.landscape.recipe.versions"), versions),
    ]


def _stored(info: WeightsInfo) -> Stored | None:
    """The stored plane of these very weights."""
    return read_stored(info.network, info.digest) if info.trained_on != "nothing" else None


def _absent(info: WeightsInfo) -> str:
    key = "untrained" if info.trained_on == "nothing" else "not_computed"
    return t(f"paths.landscape.{key}", network=spec(info.network).title, name=info.network)
