"""A list of facts, each a term and its value, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

STYLE = """<style>
dl.facts {
  display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .45rem 1.1rem;
  margin: 0; padding: 0;
}
dl.facts dt { opacity: .8; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
@media (max-width: 480px) { dl.facts { grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem .8rem; } }
</style>"""


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Draw terms and values, one beside the other. Both are plain text."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(value)}</dd>" for term, value in rows)
    st.html(f'{STYLE}<dl class="facts">{items}</dl>')
