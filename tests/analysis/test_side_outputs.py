"""Side outputs against numbers worked out by hand, torchvision's own backbones, and the code that hands them out."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
import torch
from torchvision.models import detection, segmentation

from resnet_viz.analysis.side_output_code import WAYS, side_output_code
from resnet_viz.analysis.side_outputs import BACKBONES, HEADS, as_csv, side_outputs
from resnet_viz.blueprint import blueprint

RESNET50 = {"C1": (64, 176), "C2": (256, 88), "C3": (512, 44), "C4": (1024, 22), "C5": (2048, 11)}
VGG16 = {"C0": (64, 352), "C1": (128, 176), "C2": (256, 88), "C3": (512, 44), "C4": (512, 22)}


@pytest.mark.parametrize(("network", "expected"), [("resnet50", RESNET50), ("vgg16", VGG16)])
def test_at_352_pixels(network, expected):
    outs = side_outputs(blueprint(network, 352))
    assert {out.level: out.shape for out in outs} == {k: (c, side, side) for k, (c, side) in expected.items()}
    assert [out.step for out in outs] == [2 ** int(out.level[1]) for out in outs]
    assert [out.nbytes for out in outs] == [4 * c * side * side for c, side in expected.values()]


def test_names_are_those_that_pytorch_people_use():
    assert [out.module for out in side_outputs(blueprint("resnet50"))] == ["relu", *(f"layer{n}" for n in range(1, 5))]
    vgg = [f"features.{n}" for n in (3, 8, 15, 22, 29)]
    assert [out.module for out in side_outputs(blueprint("vgg16"))] == vgg
    assert [out.module for out in side_outputs(blueprint("googlenet"))][2:] == [
        "inception3b",
        "inception4e",
        "inception5b",
    ]


@pytest.mark.parametrize("network", ["resnet18", "plain18", "resnet50-v1", "alexnet", "googlenet"])
@pytest.mark.parametrize("how", WAYS)
def test_the_code_gives_these_shapes(network, how, capsys):
    plan = blueprint(network, 96)
    exec(compile(side_output_code(plan, how), "code", "exec"), {"__name__": "script"})
    expected = [f"{out.level} {(1, *out.shape)}" for out in side_outputs(plan)]
    assert capsys.readouterr().out.splitlines() == expected


def test_the_code_for_vgg_looks_into_its_features(capsys):
    code = side_output_code(blueprint("vgg16", 32), "IntermediateLayerGetter")
    assert "(model.features, levels)" in code
    assert '"15": "C2"' in code


@pytest.mark.parametrize(
    ("head", "build"),
    [
        ("fpn", detection.fasterrcnn_resnet50_fpn),
        ("fpn", detection.maskrcnn_resnet50_fpn),
        ("retinanet", detection.retinanet_resnet50_fpn),
        ("deeplab", segmentation.deeplabv3_resnet50),
    ],
)
def test_heads_take_what_torchvisions_take(head, build):
    with torch.device("meta"):
        model = build(weights=None, weights_backbone=None)
    body = getattr(model.backbone, "body", model.backbone)
    level = {out.module: out.level for out in side_outputs(blueprint("resnet50"))}
    (found,) = (entry for entry in HEADS if entry.id == head)
    assert tuple(level[module] for module in body.return_layers) == found.levels["resnet"]


def test_ssd_takes_vggs_third_level():
    with torch.device("meta"):
        extractor = detection.ssd300_vgg16(weights=None, weights_backbone=None).backbone
    convolutions = sum(isinstance(module, torch.nn.Conv2d) for module in extractor.features.modules())
    plan = blueprint("vgg16")
    (c3,) = (out for out in side_outputs(plan) if out.level == "C3")
    before = plan.layers[: [layer.name for layer in plan.layers].index(c3.place) + 1]
    assert sum(layer.kind == "conv" for layer in before) == convolutions == 10


def test_every_backbone_has_three_levels_at_least():
    for network in BACKBONES:
        outs = side_outputs(blueprint(network))
        assert len(outs) >= 3
        assert [out.step for out in outs] == sorted({out.step for out in outs})


def test_csv_has_a_line_for_each():
    plans = [blueprint("resnet50", 352), blueprint("vgg16", 352)]
    rows = list(csv.DictReader(StringIO(as_csv(plans))))
    assert len(rows) == 10
    assert rows[1]["shape"] == "256x88x88" and rows[1]["module"] == "layer1"
