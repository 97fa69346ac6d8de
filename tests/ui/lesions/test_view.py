"""The view Lesions: what is cut follows clicks and links, and every sentence follows the numbers."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.lesions import Lesion, lesioned, possible
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.forward.run import forward
from resnet_viz.ui.cache import program

WAIT = 120
SIZE = 64


def view_alone(network: str, weights: str, size: int, place: str) -> None:
    """What AppTest runs: the view of one sample in one network."""
    from PIL import Image

    from resnet_viz.forward.images import decode, samples
    from resnet_viz.ui.activations.input import Picture
    from resnet_viz.ui.activations.run import run
    from resnet_viz.ui.cache import program
    from resnet_viz.ui.errors import guard
    from resnet_viz.ui.lesions.view import lesions

    sample = samples()[0]
    decoded = decode(sample.path.read_bytes())
    picture = Picture(sample.name, sample.name, "sample", decoded, Image.new("RGB", (1, 1)))
    with guard():
        lesions(run(picture, network, size, program(network, weights), "crop"), place)


def start(
    network: str = "resnet50",
    weights: str = "bundled",
    *,
    place: str = "layer4.2",
    size: int = SIZE,
    lang: str = "en",
    **url: str,
):
    app = AppTest.from_function(view_alone, args=(network, weights, size, place), default_timeout=WAIT)
    app.session_state["lang"] = lang
    app.session_state["wished_drops"] = "4"
    app.query_params["lang"] = lang
    for name, value in url.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception and not app.error, [error.value for error in app.error]
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind))


def probability(lesions: list[Lesion]) -> float:
    """Of the likeliest class, computed here."""
    loaded, plan = program("resnet50", "bundled"), blueprint("resnet50", SIZE)
    x = prepare(decode(samples()[0].path.read_bytes()), loaded.info.transforms, SIZE).tensor
    before = forward(loaded.program, x)
    _, after = lesioned(loaded.program, plan, before, lesions)
    return float(after.logits.double().softmax(0)[int(before.logits.argmax())])


def test_nothing_is_cut_at_first_and_a_click_cuts() -> None:
    app = start(place="layer3.2")
    assert "Nothing is cut yet" in said(app)
    app.button(key="cut_selected").click()
    words = said(run(app))
    expected = 100 * probability([Lesion("layer3.2", "branch")])
    assert f"{expected:.1f} % after" in words
    assert "trained residual network ResNet-50 (bundled weights), without F(x) in layer3.2" in words
    app.button(key="cut_none").click()
    assert "Nothing is cut yet" in said(run(app))


def test_a_link_restores_the_cuts_and_leaves_out_what_is_impossible() -> None:
    app = start(cut="layer4.0.shortcut-layer9.9.branch-layer4.0.branch-nonsense")
    words = said(app)
    assert "with the shortcut cut in layer4.0" in words and "are no plain network" in words
    assert f"{100 * probability([Lesion('layer4.0', 'shortcut')]):.1f} % after" in words
    assert len(app.get("plotly_chart")) == 1


def test_of_a_block_one_part_stays() -> None:
    """Cutting the shortcut of a block whose F(x) is off gives F(x) back."""
    app = start(cut="layer4.1.branch")
    pills = {element.key: element for element in app.get("button_group")}
    pills["cut_shortcut_4"].set_value(["layer4.1"])
    words = said(run(app))
    assert "with the shortcut cut in layer4.1" in words and "without F(x)" not in words


def test_all_identities_at_once_in_chinese() -> None:
    app = start(lang="zh")
    app.button(key="cut_identities").click()
    words = said(run(app))
    blocks = [x.block for x in possible(blueprint("resnet50", SIZE)) if x.part == "branch" and x.block[-1] != "0"]
    assert f"{100 * probability([Lesion(block, 'branch') for block in blocks]):.1f} %。" in words
    assert "12 个块 没有 F(x)" in words


def test_a_plain_network_loses_whole_blocks() -> None:
    app = start("plain18", "none", place="layer2.1")
    assert "Take a block out" in said(app)
    app.button(key="cut_selected_whole").click()
    assert "untrained Plain-18, random weights, without layer2.1" in said(run(app))


def test_a_link_has_how_much_is_changed_and_what_is_drawn() -> None:
    app = start("resnet18", "none", place="stage2", lesion="picture", change="blur", change_blur="4.5", change_x="nan")
    assert app.slider(key="change_blur").value == 4.5
    app.slider(key="change_blur").set_value(20.0)
    assert run(app).session_state["address"]["change_blur"] == "20"
    app = start("resnet18", "none", place="stage2", lesion="picture", change="blur", change_blur="20.5")
    assert app.slider(key="change_blur").value == 3.0 and "change_blur" not in app.session_state["address"]
    link = {"lesion": "random", "drops": "16", "drops_seed": "3"}
    assert "16 random sets of each size, seed 3" in said(until_drawn(start("resnet18", "none", size=32, **link)))


def test_a_network_without_blocks_says_what_to_choose() -> None:
    assert "LeNet-5** has no blocks that can be left out" in said(start("lenet5", "none", place="stage2", size=32))


def test_a_changed_picture() -> None:
    app = start(place="layer2.1", lesion="picture", change="patch")
    words = said(app)
    assert "They are farthest apart at" in words and "At the logits the distance is" in words
    app.slider(key="change_patch").set_value(0.0)
    words = said(run(app))
    assert "The two do not differ anywhere" in words and "puts out exactly the same in both" in words


def test_a_picture_changed_in_a_network_without_blocks() -> None:
    words = said(start("lenet5", "none", place="stage2", size=32, lesion="picture", change="noise"))
    assert "untrained LeNet-5, random weights" in words and "They are farthest apart at" in words


def until_drawn(app: AppTest, charts: int = 2) -> AppTest:
    for _ in range(300):
        if len(app.get("plotly_chart")) == charts:
            return app
        time.sleep(0.2)
        run(app)
    raise AssertionError(said(app))


def test_random_blocks_come_by_themselves() -> None:
    words = said(until_drawn(start("resnet18", "none", size=32, lesion="random")))
    assert "untrained ResNet-18, random weights" in words and "Plain-18, the twin to compare with" in words
    assert (
        "ResNet-18 gives the class 0.2 % with all blocks, hardly more than a guess" in words
        and "Veit, Wilber, Belongie 2016" in words
    )


def test_a_trained_twin_loses_the_same_blocks(monkeypatch) -> None:
    """The twin is drawn where both were trained; here it only says so, and is the network without shortcuts."""
    twin = program("plain50", "none")
    own = program("resnet50", "bundled").info
    trained = replace(
        twin, info=replace(twin.info, trained_on="imagenette", labels=own.labels, transforms=own.transforms)
    )
    monkeypatch.setattr("resnet_viz.ui.lesions.drops_job.program", lambda name, choice: trained)
    monkeypatch.setattr("resnet_viz.ui.lesions.drops_job.bundled_file", lambda name: Path(__file__))
    app = start(size=32, lesion="random")
    words = said(until_drawn(app))
    assert "trained residual network ResNet-50 (bundled weights) · trained plain network Plain-50" in words
    assert "ResNet-50: the mean" in words and "Plain-50 gives the class" in words and "twin to compare" not in words
    assert "of 16 times at least half" in words and "of 12 times at least half" in words


def test_arrays_are_those_of_the_passes() -> None:
    """The pictures' numbers are the raw ones: the difference of two maps is that of what they were made of."""
    from resnet_viz.analysis.departures import gap_map

    loaded, plan = program("resnet50", "bundled"), blueprint("resnet50", SIZE)
    before = forward(
        loaded.program, prepare(decode(samples()[0].path.read_bytes()), loaded.info.transforms, SIZE).tensor
    )
    after = lesioned(loaded.program, plan, before, [Lesion("layer2.1", "branch")])
    assert np.any(gap_map((loaded.program, before), after, "layer2.1").values > 0)
    assert not np.any(gap_map((loaded.program, before), after, "layer2.0").values)
