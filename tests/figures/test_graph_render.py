"""Diagrams come out of Graphviz as files with letters in them, wherever they are drawn."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from resnet_viz.figures.dot import to_dot
from resnet_viz.figures.drawing import Box, Drawing, Line, Placed
from resnet_viz.figures.graph_render import Format, render

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(title: str) -> str:
    upper, lower = Box("a.b", title, note="(1,2,3)", stage=1), Box("c", "", look="pale", stage=1)
    boxes = (Placed(upper, 0, 0, 160), Placed(lower, 0, 60, 160))
    return to_dot(Drawing(boxes, (Line("a.b", "c", ((0, 24), (0, 60))),)))


DRAW_ONE = """
import sys
from resnet_viz.figures.graph_render import render
dot = sys.stdin.read()
sys.stdout.buffer.write(render(dot, sys.argv[1]))
"""


def ink(png: bytes) -> np.ndarray:
    """Dark pixels of a picture, the lines' grey left out."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).astype(int)
    return (pixels[..., :3].max(axis=2) < 60) & (pixels[..., 3] > 200)


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_formats(kind: Format, start: bytes) -> None:
    assert render(drawn("CONV 3x3"), kind).startswith(start)


def test_another_format_is_refused_before_graphviz_sees_it() -> None:
    with pytest.raises(ValueError, match="svgz"):
        render(drawn("CONV"), "svgz")  # type: ignore[arg-type]


def test_the_svg_stands_alone() -> None:
    svg = render(drawn("CONV 3x3 <&>"), "svg").decode()
    root = ElementTree.fromstring(svg)
    assert "Source Sans" in root.attrib["font-family"]
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts == ["CONV 3x3 <&>", "(1,2,3)"]
    titles = [group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g") if "node" in group.get("class", "")]
    assert titles == ["a.b", "c"]
    assert "<!" not in svg and "href" not in svg


def test_boxes_stand_where_they_were_placed() -> None:
    root = ElementTree.fromstring(render(drawn("CONV"), "svg"))
    tops = [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.get("fill") != "none"]
    assert len(tops) == 2
    width, height = (float(v) for v in root.attrib["viewBox"].split()[2:])
    pad = 2 * 0.06 * 72
    assert width == pytest.approx(160 + pad, abs=2) and height == pytest.approx(84 + pad, abs=2)


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_letters_without_any_font_on_the_machine(tmp_path: Path, kind: str) -> None:
    """The same file as here, from a process without home, settings of fontconfig or fonts; and no complaint."""
    nowhere = str(tmp_path / "nowhere")
    variables = {
        "HOME": nowhere,
        "FONTCONFIG_PATH": nowhere,
        "XDG_DATA_HOME": nowhere,
        "XDG_CACHE_HOME": nowhere,
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAW_ONE, kind],
        input=drawn("CONV 3x3").encode(),
        capture_output=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | variables,
        check=True,
        timeout=60,
    )
    assert done.stderr == b""
    assert not list(tmp_path.iterdir()), "what fontconfig needed is gone with the process"
    if kind == "png":
        assert done.stdout == render(drawn("CONV 3x3"), "png")
        assert ink(done.stdout).sum() > ink(render(drawn(""), "png")).sum() + 300
    else:
        assert b"SourceSans3" in done.stdout


def test_letters_are_letters_and_not_boxes_for_missing_ones() -> None:
    """Missing glyphs are all the same little box; letters differ."""
    first, second = (ink(render(drawn(title), "png")) for title in ("IIIIII", "OOOOOO"))
    assert (first != second).any()


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    monkeypatch.delenv("FONTCONFIG_SYSROOT", raising=False)
    render(drawn("CONV"), "svg")
    assert os.environ["FONTCONFIG_FILE"] == "mine"
    assert "FONTCONFIG_SYSROOT" not in os.environ


def test_threads_draw_what_one_draws() -> None:
    dots = [drawn(f"CONV {n}x{n}") for n in range(1, 9)]
    alone = [render(dot, "svg") for dot in dots]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda dot: render(dot, "svg"), dots * 5))
    assert together == alone * 5
