"""Entry point: `streamlit run app.py`. Routes to the pages and draws the sidebar that they share."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from resnet_viz.ui.address import arrive, settle, travel
from resnet_viz.ui.compare.landscape_live import stop
from resnet_viz.ui.learn.way_back import way_back
from resnet_viz.ui.sidebar import sidebar
from resnet_viz.ui.state import t
from resnet_viz.ui.style import style

PAGES = (
    ("architecture", ":material/account_tree:"),
    ("blocks", ":material/widgets:"),
    ("activations", ":material/gradient:"),
    ("compare", ":material/compare_arrows:"),
    ("networks", ":material/timeline:"),
    ("learn", ":material/school:"),
)


def main() -> None:
    """Draw what all pages share, then the chosen page."""
    root = Path(__file__).parent
    arrive()
    st.set_page_config(page_title="ResNet-50", page_icon=root / "assets" / "icon.svg", layout="wide")
    style()
    folder = root / "resnet_viz" / "pages"
    pages = {
        name: st.Page(
            folder / f"{name}.py", title=t(f"common.pages.{name}"), icon=icon, url_path=name, default=not index
        )
        for index, (name, icon) in enumerate(PAGES)
    }
    page = st.navigation(list(pages.values()))
    travel(pages, page)
    sidebar()
    if page.url_path != "learn":
        way_back()
    if page.url_path != "compare":
        stop()
    page.run()
    settle()


main()
