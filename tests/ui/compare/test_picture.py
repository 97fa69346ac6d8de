"""The picture and the pair that the views of the comparison share."""

from __future__ import annotations

from hashlib import sha256

import pytest
import torch
from streamlit.testing.v1 import AppTest

from resnet_viz.forward.images import decode, samples
from resnet_viz.networks.weights import bundled_file
from resnet_viz.ui.activations.input import Picture
from resnet_viz.ui.compare.picture import LARGEST_COMPARED


def part() -> None:
    """What AppTest runs: the picture alone."""
    import streamlit as st

    from resnet_viz.ui.compare.picture import compared_picture, pair, provenance

    prepared = compared_picture()
    assert prepared is not None
    st.session_state["tensor"] = prepared.tensor
    both = pair()
    st.session_state["said"] = [provenance(loaded.info) for loaded in both.both]
    st.session_state["controlled"] = both.controlled


def start(size: int = 224, **state: object) -> AppTest:
    app = AppTest.from_function(part, default_timeout=120)
    app.query_params["lang"], app.query_params["size"] = "en", str(size)
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


def captions(app: AppTest) -> str:
    return "\n".join(str(caption.value) for caption in app.caption)


def test_the_first_sample_until_the_visitor_gives_one() -> None:
    app = start()
    assert app.session_state["tensor"].shape == (1, 3, 224, 224)
    assert "Cat, 224 x 224 pixels" in captions(app)


def test_the_picture_of_the_activations_page_is_the_one() -> None:
    sample = next(found for found in samples() if found.name == "rocket")
    data = sample.path.read_bytes()
    decoded = decode(data, "mine.jpg")
    mine = Picture(sha256(data).hexdigest(), "mine.jpg", "upload", decoded, decoded.image)
    app = start(activations_picture=mine, wished_source="upload", size=64)
    assert "mine.jpg, 64 x 64 pixels" in captions(app)
    assert not torch.equal(app.session_state["tensor"], start(size=64).session_state["tensor"])


@pytest.mark.parametrize(("network", "asked", "size"), [("resnet50", 1024, LARGEST_COMPARED), ("lenet5", 224, 224)])
def test_sizes_that_are_not_taken_here(network: str, asked: int, size: int) -> None:
    app = start(network=network, size=asked)
    assert app.session_state["tensor"].shape[-1] == size
    assert (f"asks for {asked} pixels" in captions(app)) == (asked > size)


def test_each_network_says_what_it_was_trained_on() -> None:
    app = start(size=64)
    residual, plain = app.session_state["said"]
    trained = bundled_file("plain50").is_file()
    assert residual == "ResNet-50: bundled weights, Imagenette, 10 classes"
    assert plain.startswith(
        "Plain-50: bundled weights" if trained else "Plain-50: untrained, starting values of seed 0"
    )
    assert app.session_state["controlled"] is trained
