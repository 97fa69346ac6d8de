"""DOT into SVG, PNG or PDF, by the Graphviz that pygraphviz's wheel carries.

Nothing of the system is used: letters come from `assets/fonts/`, so that a diagram looks the same on every machine,
also on one without any font.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pygraphviz

Format = Literal["svg", "png", "pdf"]

MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
)
"""Media type of each format, in the order in which they are offered."""

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"

FONT = "Source Sans 3,Source Sans,Source Sans Pro,Helvetica,Arial,sans-serif"
"""Family for DOT: what is measured here, then what a browser without it may take instead."""

_PIXELS_PER_INCH = 192

# Graphviz is one C library with global state, and asking it for svgz ends the process.
_LOCK = threading.Lock()


def render(dot: str, kind: Format) -> bytes:
    """A graph in DOT whose nodes and edges carry positions (`pos`), as an SVG, PNG (192 dots per inch) or PDF file.

    Raises ValueError for another kind.
    """
    if kind not in MEDIA_TYPES:
        raise ValueError(f"no such format: {kind!r}; one of {', '.join(MEDIA_TYPES)}")
    with _LOCK, _fonts():
        graph = pygraphviz.AGraph(string=dot)
        if kind == "png":
            graph.graph_attr["dpi"] = str(_PIXELS_PER_INCH)
        drawn: bytes = graph.draw(format=kind, prog="nop2")
        graph.close()
    return _lean(drawn.decode()).encode() if kind == "svg" else drawn


def _lean(svg: str) -> str:
    """The SVG without what every element repeats: two thirds of the bytes, and the same picture."""
    svg = re.sub(r"<!DOCTYPE.*?>\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<text[^>]*>(?:\s|&#160;)*</text>\s*", "", svg)
    svg = re.sub(r'(<g) id="(?:node|edge|graph)\d+"', r"\1", svg)
    svg = re.sub(r'(class="edge[^"]*">\s*)<title>[^<]*</title>\s*', r"\1", svg)
    svg = re.sub(rf' (?:xml:space="preserve"|text-anchor="start"|font-family="{FONT}"|xmlns:xlink="[^"]*")', "", svg)
    return svg.replace("<svg ", f'<svg font-family="{FONT}" ', 1)


@contextmanager
def _fonts() -> Iterator[None]:
    """Point fontconfig at our fonts while it may read its settings, which it does once, at the first drawing."""
    ours = {"FONTCONFIG_FILE": str(_font_root() / "fonts.conf"), "FONTCONFIG_SYSROOT": str(_font_root())}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _font_root() -> Path:
    return Path(_font_folder().name)


@cache
def _font_folder() -> tempfile.TemporaryDirectory[str]:
    """A root folder for fontconfig, gone with the process: settings, cache, and links to itself and our fonts.

    fontconfig puts the root before some paths and not before others, so each must mean the same with and without it:
    the links stand at full paths. Without a root it also reads the system's settings, and complains of newer ones.
    """
    folder = tempfile.TemporaryDirectory(prefix="resnet_viz_fonts")
    root = Path(folder.name).resolve()
    settings = f"<dir>{FONTS}</dir><cachedir>{root}/cache</cachedir>"
    (root / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{settings}</fontconfig>', encoding="utf-8")
    for real in (root, FONTS):
        link = root / real.relative_to(real.anchor)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(real, target_is_directory=True)
    return folder
