"""The way through the network: which places are on show, in which order, and how far their values go."""

import pytest
import torch
from PIL import Image

from resnet_viz.analysis.extent import extent
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.records import INPUT
from resnet_viz.ui.activations.strip import tile_of
from resnet_viz.ui.activations.way import SIDE, Way, make_way

SEEN = Image.new("RGB", (64, 64), "red")


@pytest.fixture(scope="module")
def passed():
    plan = blueprint("resnet18", 64)
    program = compile_program(build("resnet18", seed=3), "resnet18")
    kept = forward(program, torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(1)))
    return plan, program, kept


def way_of(network: str) -> Way:
    plan = blueprint(network, 64)
    program = compile_program(build(network, seed=0), network)
    return make_way(plan, program, forward(program, torch.zeros(1, 3, 64, 64)), SEEN)


def test_a_resnet_shows_stem_blocks_and_classifier_in_order(passed):
    way = make_way(*passed, SEEN)
    assert [number for number, _ in way.rows] == [0, 1, 2, 3, 4, None]
    blocks = tuple(f"layer{stage}.{block}" for stage in (1, 2, 3, 4) for block in (0, 1))
    assert way.places == ("relu", "maxpool", *blocks, "avgpool", "fc")
    assert way.sheet.count == 1 + len(way.places)
    assert way.sheet.side == SIDE


@pytest.mark.parametrize(
    ("network", "shown"),
    [("vgg16", "features.30"), ("googlenet", "inception4c"), ("alexnet", "features.12"), ("plain18", "layer4.1")],
)
def test_every_family_has_a_way(network, shown):
    assert shown in way_of(network).places


@pytest.mark.parametrize(
    ("place", "tile"),
    [
        (INPUT, INPUT),
        ("layer2.1", "layer2.1"),
        ("layer2.1.conv2", "layer2.1"),
        ("layer2.1.relu_1", "layer2.1"),
        ("stage2", "layer2.1"),
        ("stage0", "maxpool"),
        ("fc", "fc"),
        ("conv1", ""),
        ("network", ""),
    ],
)
def test_the_tile_of_a_place(passed, place, tile):
    plan = passed[0]
    assert tile_of(plan, place, (INPUT, *make_way(*passed, SEEN).places)) == tile


def test_limits_of_the_network_are_those_of_its_maps(passed):
    plan, program, kept = passed
    way = make_way(plan, program, kept, SEEN)
    maps = [value(program, kept, place)[0] for place in way.places]
    maps = [tensor for tensor in maps if tensor.ndim == 3 and tensor.shape[-1] > 1]
    for how, reduced in {
        "mean": [tensor.mean(0) for tensor in maps],
        "max": [tensor.amax(0) for tensor in maps],
        "norm": [tensor.norm(dim=0) for tensor in maps],
        "channel": maps,
    }.items():
        expected = min(float(m.min()) for m in reduced), max(float(m.max()) for m in reduced)
        assert extent(way.places, program, kept, how) == pytest.approx(expected, rel=1e-5)
