"""What Streamlit's theme has no option for: code and charts whose text stands out enough from what is behind it."""

from __future__ import annotations

import streamlit as st

_CODE_COLOURS = {
    "comment, punctuation": ("#55606e", "#9aa7b6"),
    "keyword, function, class-name, builtin, decorator": ("#1d4f9c", "#8ab8f7"),
    "string": ("#1d6b35", "#7fd49a"),
    "number, boolean, variable": ("#0f6668", "#6fd0c8"),
    "operator": ("#8f3f0e", "#f2a97a"),
}
"""Kinds of words, and their colour on the light and on the dark code background: 4.5 : 1 at least."""

_CHART_GREY = "rgb(128, 132, 149)"
"""Text of Plotly charts where the figure names no colour, in both themes: 3.7 : 1 on white."""


def style() -> None:
    """Add what the theme lacks. Call it once for every page."""
    rules = "".join(
        f".stCode :is({', '.join(f'.token.{kind}' for kind in kinds.split(', '))})"
        f" {{ color: light-dark({light}, {dark}) !important; }}"
        for kinds, (light, dark) in _CODE_COLOURS.items()
    )
    charts = f'.stPlotlyChart text[style*="{_CHART_GREY}"] {{ fill: currentColor !important; }}'
    # A caption's grey is made for the page's own background, and too faint on that of code.
    captions = "[data-testid=stCaptionContainer] code { background: none; }"
    # And the blue of a link is, once as faint as a caption, too faint for both themes.
    links = "[data-testid=stCaptionContainer] a { color: inherit !important; }"
    # Without a pointer a table's toolbar is always there: it gets a place above the table, not on what stands there.
    toolbars = "@media (hover: none) { .stElementContainer:has(.stDataFrame) { margin-top: 2.2rem } }"
    # The dots between two numbers of pages are text too.
    pages = "[data-testid=stPaginationEllipsis] * { color: currentColor !important; opacity: 1 !important }"
    pages += " [data-testid=stPaginationEllipsis] { color: var(--st-text-color, currentColor) !important; opacity: 1 }"
    # The dark theme's blue is made for text, and too light for the white words of a button.
    buttons = "[data-testid^=stBaseButton-primary] * { color: light-dark(#ffffff, #10151c) }"
    # What a form says inside of a field is English in every language, and covers what is typed; the button says it too.
    forms = "[data-testid=stForm] [data-testid=InputInstructions] { display: none }"
    st.html(f"<style>{rules}{charts}{captions}{links}{toolbars}{pages}{buttons}{forms}</style>")
