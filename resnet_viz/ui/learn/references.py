"""The references: who found it, where to read it, and what is taken from it."""

from __future__ import annotations

import streamlit as st

from resnet_viz.lang import LANGUAGES, text
from resnet_viz.learn.references import Reference
from resnet_viz.learn.references import references as known
from resnet_viz.ui.learn.prose import MEASURE
from resnet_viz.ui.learn.searching import all_button, linked, searched
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download

REF_KEY = "ref"
"""The reference that a link leads to, in the URL."""


def references() -> None:
    """Draw the reference that a link leads to, else all of them with a search box, and their BibTeX."""
    found = linked(REF_KEY, known())
    with st.container(width=MEASURE, key="learn_references"):
        if found is not None:
            all_button(t("references.all"), REF_KEY)
            st.markdown(_entry(known()[found]))
            st.code(known()[found].bibtex, language=None, wrap_lines=True)
            return
        st.markdown(t("references.lead"))
        texts = {name: _all_words(reference) for name, reference in known().items()}
        names = searched(texts, t("references.search"), t("references.search_hint"), "references_search")
        if not names:
            st.caption(t("references.none"))
        st.markdown("\n\n".join(_entry(known()[name]) for name in names))
        download(
            t("references.bibtex"),
            "\n".join(reference.bibtex for reference in known().values()),
            "resnet_viz.bib",
            "application/x-bibtex",
            "references_bibtex",
        )


def _entry(reference: Reference) -> str:
    """A reference as Markdown."""
    links = " · ".join(f"[{name}]({address})" for name, address in reference.links)
    return (
        f"**{reference.title}**  \n{reference.authors}, {reference.year}. *{reference.venue}*. {links}  \n"
        f":gray[:material/arrow_right:] {t(f'references.{reference.key}.takes')}"
    )


def _all_words(reference: Reference) -> str:
    takes = (text(language, f"references.{reference.key}.takes") for language in LANGUAGES)
    return " ".join((reference.title, reference.authors, str(reference.year), reference.venue, *takes))
