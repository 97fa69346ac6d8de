"""The glossary: each term in both languages, what it means, and where it can be seen."""

from __future__ import annotations

import streamlit as st

from resnet_viz.lang import LANGUAGES, text
from resnet_viz.learn.glossary import TERMS, Term
from resnet_viz.ui.learn.prose import MEASURE, live
from resnet_viz.ui.learn.searching import all_button, linked, searched
from resnet_viz.ui.state import language, t

TERM_KEY = "term"
"""The term that a link leads to, in the URL."""


def glossary() -> None:
    """Draw the term that a link leads to, else all terms with a search box."""
    found = linked(TERM_KEY, TERMS)
    with st.container(width=MEASURE, key="learn_glossary"):
        if found is not None:
            all_button(t("glossary.all"), TERM_KEY)
            st.markdown(_entry(TERMS[found]))
            return
        texts = {name: _all_words(term) for name, term in TERMS.items()}
        names = searched(texts, t("glossary.search"), t("glossary.search_hint"), "glossary_search")
        st.caption(t("glossary.shown", shown=len(names), all=len(TERMS)) if names else t("glossary.none"))
        st.markdown("\n\n".join(_entry(TERMS[name]) for name in names))


def _entry(term: Term) -> str:
    """A term as Markdown: its name in the chosen language, then in the other, what it means, and the link."""
    other = next(known for known in LANGUAGES if known != language())
    name, elsewhere = t(f"glossary.{term.key}.name"), text(other, f"glossary.{term.key}.name")
    beside = "" if elsewhere == name else f" · :gray[{elsewhere}]"
    link = f"[{t('glossary.see')}]({term.see})"
    return live(f"**{name}**{beside}  \n{t(f'glossary.{term.key}.means')} {link}")


def _all_words(term: Term) -> str:
    return " ".join(text(known, f"glossary.{term.key}.{part}") for known in LANGUAGES for part in ("name", "means"))
