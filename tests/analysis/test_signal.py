"""Signal and gradient at each layer, against PyTorch on the module and what theory says of untrained networks."""

import csv
import io

import pytest
import torch

from resnet_viz.analysis.signal import Passage, as_csv, passage, views
from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.normalisation import Normalisation, normalised
from resnet_viz.networks.slim import Kind, slim
from resnet_viz.records import NETWORK


def image(size: int = 32) -> torch.Tensor:
    return torch.randn(1, 3, size, size, generator=torch.Generator().manual_seed(2))


def through(kind: Kind, depth: int, how: Normalisation) -> Passage:
    model = normalised(slim(kind, depth), how)
    plan = read_blueprint(model, kind, 32)
    return passage(compile_program(model, plan), plan, views(image(), 32))


def test_it_is_what_the_module_does(tiny, tiny_program, images) -> None:
    found = passage(tiny_program, read_blueprint(tiny, "tiny", 16), torch.cat(images[:2]))
    assert [row.place for row in found.layers] == [
        "relu", "layer1.0.relu", "layer1.0.relu_1", "layer2.0.relu", "layer2.0.relu_1", NETWORK,
    ]  # fmt: skip
    assert [row.stream for row in found.layers] == [True, False, True, False, True, True]

    with torch.no_grad():
        stem = tiny.relu(tiny.bn1(tiny.conv1(images[0])))
        last = tiny.layer2(tiny.layer1(stem))
        logits = tiny(images[0])[0]
    assert found.layers[0].signal == pytest.approx(float(stem.norm()), rel=1e-5)
    assert found.layers[0].alive == pytest.approx(float((stem > 0).float().mean()), abs=1e-6)
    assert found.layers[-1].signal == pytest.approx(float(logits.norm()), rel=1e-5)
    assert found.layers[-1].gradient == 1
    # The mean over 64 cells and a linear layer: a weight over 64 at each of 64 cells, w / 8 in all.
    by_hand = float(tiny.fc.weight[logits.argmax()].detach().norm()) / 8
    assert found.layers[-2].gradient == pytest.approx(by_hand, rel=1e-5)
    assert last.shape[-1] == 8


def test_without_batch_norm_shortcuts_explode() -> None:
    """The variance doubles at each block (De and Smith 2020): 2^(49 / 2) = 2.4e7 after 49; ReLUs behind sums add some."""
    residual, plain = through("residual", 100, "none"), through("plain", 100, "none")
    assert 2**24.5 / 10 < residual.signal_ratio < 2**24.5 * 10
    assert plain.signal_ratio < 1


def test_with_batch_norm_the_signal_grows_as_a_root() -> None:
    """Each block adds about as much variance as the first: the root of 50 after 49 (De and Smith 2020), and no explosion."""
    found = through("residual", 100, "batch")
    assert 50**0.5 / 2 < found.signal_ratio < 50**0.5 * 2


def test_batch_norm_alone_does_not_keep_plain_gradients_level() -> None:
    residual, plain = through("residual", 60, "batch"), through("plain", 60, "batch")
    assert plain.gradient_ratio > 10 * residual.gradient_ratio
    assert 0.3 < plain.least_alive.alive < 0.6


def test_views_are_the_picture_and_its_copies() -> None:
    made = views(image(64), 64)
    assert made.shape == (4, 3, 64, 64)
    torch.testing.assert_close(made[:1], image(64))
    assert len({float(view.sum()) for view in made}) == 4
    assert torch.equal(made, views(image(64), 64))


def test_csv_has_every_layer() -> None:
    found = through("plain", 4, "none")
    rows = list(csv.DictReader(io.StringIO(as_csv([("a", found), ("b", found)]))))
    assert [row["network"] for row in rows] == ["a"] * 4 + ["b"] * 4
    assert float(rows[1]["gradient_l2"]) == found.layers[1].gradient
    assert rows[3]["alive_share"] == ""
