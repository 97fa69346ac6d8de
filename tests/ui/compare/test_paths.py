"""The view Paths and landscape: sentences that follow the numbers, and what is said where something is not there."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.landscape import Plane
from resnet_viz.analysis.landscape_record import read_stored, stored_file
from resnet_viz.lang import Language, text
from resnet_viz.networks.weights import bundled_file, resolve
from resnet_viz.ui.jobs import Cancelled, Desk, Progress
from resnet_viz.ui.landscape_job import Landscape, Order

WAIT = 120


def paths_alone() -> None:
    """What AppTest runs: the section on paths, on a drawn picture."""
    import torch

    from resnet_viz.ui.cache import program
    from resnet_viz.ui.compare.paths import unravelled

    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    unravelled(image, lambda: program("resnet50", "bundled"))


def landscape_alone() -> None:
    """What AppTest runs: the section on the landscape."""
    from resnet_viz.ui.compare.landscape import landscape

    landscape()


def some_planes() -> None:
    """What AppTest runs: two planes that a test has put into the session."""
    import streamlit as st

    from resnet_viz.ui.compare.planes import Drawn, planes

    drawn = [Drawn(info, plane) for info, plane in st.session_state["drawn"]]
    planes(drawn, "test", comparable=st.session_state["comparable"])


def start(part: Any, lang: str = "en", **state: object) -> AppTest:
    app = AppTest.from_function(part, default_timeout=WAIT)
    app.query_params["lang"] = lang
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind))


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def run_until(app: AppTest, there: Callable[[], bool]) -> None:
    """Run the app again until the job's thread has ended."""
    for _ in range(50):
        if there():
            return
        app.run()
    pytest.fail(said(app))


@pytest.mark.parametrize(
    ("state", "provenance", "verdict"),
    [
        ("trained", "ResNet-50: bundled weights, Imagenette, 10 classes", "shorter than most"),
        ("untrained", "ResNet-50: untrained, starting values of seed 0", "longer than most"),
    ],
)
def test_paths_of_both_states(state: str, provenance: str, verdict: str) -> None:
    app = start(paths_alone, wished_paths_state=state)
    words = said(app)
    assert charts(app) == 2
    assert provenance in words and verdict in words
    assert f"**ResNet-50, {state}:** paths take 8 branches on average" in words


def test_chinese_sentences_stand_without_spaces() -> None:
    words = said(start(paths_alone, "zh"))
    assert "**ResNet-50**（已训练）：" in words and "。 " not in words


def test_what_is_stored_is_drawn_and_what_is_not_is_said() -> None:
    app = start(landscape_alone)
    words = said(app)
    infos = {name: resolve(name, "bundled") for name in ("resnet50", "plain50") if bundled_file(name).is_file()}
    drawn = [name for name, info in infos.items() if read_stored(name, info.digest) is not None]
    assert charts(app) == 2 * len(drawn)
    assert ("64 validation pictures at 96 x 96 pixels, 21 x 21 points" in words) == bool(drawn)
    if "plain50" not in infos:
        assert "Plain-50 has no trained weights here" in words


def test_a_plane_of_other_weights_is_not_shown() -> None:
    assert stored_file("resnet50").is_file()
    assert read_stored("resnet50", "0" * 64) is None
    assert read_stored("resnet18", "0" * 64) is None


def bowl(depth: float, steep: float) -> Plane:
    at = (-1.0, -0.5, 0.0, 0.5, 1.0)
    losses = tuple(tuple(depth + steep * (a * a + b * b) for a in at) for b in at)
    return Plane(at, losses, ((0.5,) * 5,) * 5)


def test_two_planes_are_compared_as_they_are() -> None:
    info = resolve("resnet50", "bundled")
    wide, narrow = bowl(0.5, 2.0), bowl(0.25, 8.0)
    app = start(some_planes, comparable=True, drawn=[(info, wide), (replace(info, network="plain50"), narrow)])
    words = said(app)
    assert charts(app) == 4
    assert "at the weights the loss is 0.500 nats and 50 % of the pictures" in words
    assert "No point of the grid lies lower than 0.500" in words
    assert f"it reaches {wide.reach(math.log(10)):.2f}" in words and "The hollow of ResNet-50 is the wider one" in words


def test_planes_alike_are_called_so() -> None:
    info = resolve("resnet50", "bundled")
    app = start(
        some_planes, comparable=True, drawn=[(info, bowl(0.5, 2.0)), (replace(info, network="plain50"), bowl(0.5, 2.1))]
    )
    assert "both hollows are about as wide" in said(app)


def test_what_was_not_measured_alike_is_not_compared() -> None:
    info = resolve("resnet50", "bundled")
    drawn = [(info, bowl(0.5, 2.0)), (replace(info, network="plain50"), bowl(0.25, 8.0))]
    assert "hollow of" not in said(start(some_planes, comparable=False, drawn=drawn))


def test_an_order_is_what_was_chosen(monkeypatch) -> None:
    """The button hands over network, directions, grid and pictures; what comes out is drawn with its provenance."""
    ordered: list[tuple[Order, torch.Size]] = []

    def work(order: Order, images: torch.Tensor) -> Callable[[Progress, Cancelled], Landscape]:
        ordered.append((order, images.shape))
        return lambda progress, cancelled: Landscape(order, bowl(0.1, 4.0), (0, 3))

    monkeypatch.setattr("resnet_viz.ui.compare.landscape_live.landscape_work", work)
    app = start(landscape_alone, landscape_seed=5)
    before = charts(app)
    app.button(key="landscape_start").click().run()
    app.run()
    assert not app.exception
    assert ordered == [(Order("resnet50", resolve("resnet50", "bundled").digest, 5, 7, ""), (6, 3, 96, 96))]
    words = said(app)
    assert charts(app) == before + 2
    assert "pair of directions 5" in words and "tench · chain saw" in words
    assert "a scale of heights and colours of their own" in words
    assert "Losses of this landscape as CSV" in [button.label for button in app.get("download_button")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_last_landscape_stays_until_there_is_another(monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    """Also while the next one is computed, and after it was stopped before there was anything to draw."""
    go_on = threading.Event()

    def work(order: Order, images: torch.Tensor) -> Callable[[Progress, Cancelled], Landscape]:
        def compute(progress: Progress, cancelled: Cancelled) -> Landscape:
            if order.seed == 1:
                return Landscape(order, bowl(0.1, 4.0), (0, 3))
            while not cancelled() and not go_on.wait(0.01):
                pass
            return Landscape(order, Plane((0.0,), ((1.0,),), ((1.0,),)), (0, 3))

        return compute

    desk = Desk(threading.Lock())
    monkeypatch.setattr("resnet_viz.ui.compare.landscape_live.desk", lambda: desk)
    monkeypatch.setattr("resnet_viz.ui.compare.landscape_live.landscape_work", work)
    app = start(landscape_alone, lang, landscape_seed=1)
    before = charts(app)
    assert text(lang, "paths.live.leaving") in said(app)
    app.button(key="landscape_start").click().run()
    run_until(app, lambda: charts(app) == before + 2)
    app.number_input(key="landscape_seed").set_value(2).run()
    app.button(key="landscape_start").click().run()
    assert charts(app) == before + 2
    assert text(lang, "paths.live.before") in said(app) and text(lang, "paths.live.leaving") in said(app)
    assert text(lang, "paths.live.cancelled") not in said(app)
    next(button for button in app.button if str(button.key).startswith("cancel")).click().run()
    run_until(app, lambda: text(lang, "paths.live.cancelled") in said(app))
    go_on.set()
    assert not app.exception and charts(app) == before + 2
    assert text(lang, "paths.live.before") in said(app)
