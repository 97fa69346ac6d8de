"""Claims from articles, put to the live model: what it says, against torchvision's own module and arithmetic by hand."""

import pytest
from torch import nn
from torchvision.models import resnet50

from resnet_viz.analysis import myths


def test_every_claim_is_asked_and_says_what_came_of_it() -> None:
    verdicts = {myth.code: myth.ask().verdict for myth in myths.MYTHS}
    assert {code for code, verdict in verdicts.items() if verdict == "depends"} == {"convolutions", "strides"}
    true = {code for code, verdict in verdicts.items() if verdict == "holds"}
    assert true == {"identities_are_free", "deeper_is_cheaper", "vgg_late_shapes"}


def test_shapes_counts_and_strides_are_those_of_torchvision() -> None:
    net = resnet50()
    assert myths.stage_shapes().values == {"claimed": "64x56x56", "entry": "64x56x56", "leave": "256x56x56"}
    strided = [f"`layer{n}.0`" for n in range(1, 5) if getattr(net, f"layer{n}")[0].stride == 2]
    assert myths.projections_keep_size().values == {"count": 3, "all": 4, "names": tuple(strided)}
    found = myths.convolutions().values
    assert found["all"] == sum(isinstance(module, nn.Conv2d) for module in net.modules())
    assert (found["main"], found["projections"]) == (1 + 3 * (3 + 4 + 6 + 3), 4)
    assert net.layer2[0].conv2.stride == (2, 2) and net.layer2[0].conv1.stride == (1, 1)
    assert myths.strides().values == {"names": ("`conv2`", "`downsample.0`"), "first": ("`conv1`", "`downsample.0`")}


def test_words_about_code_and_normalisation() -> None:
    assert myths.printed_code().values["errors"] == myths.printed_code().values["all"] == 4
    assert myths.expansion().values == {"kernel": "1x1", "times": 4, "few": 64, "many": 256}
    found = myths.regularisation().values
    assert (found["after"], found["spread"]) == ("0.00", "1.00")


def test_weights_are_factors_too() -> None:
    found = myths.slope_alone().values
    for n in (1, 2, 3):
        weight, ratio = float(str(found[f"weight{n}"])), float(str(found[f"ratio{n}"]))
        assert abs(ratio - (weight / 4) ** 3) < 1e-4
    assert found["needed"] == "4"


def test_sizes_of_vgg_and_the_gradient_of_a_plain_network() -> None:
    assert myths.vgg_shapes().values["found"] == "64x352x352, 128x176x176"
    assert float(str(myths.gradients_vanish().values["ratio"])) > 1
    assert myths.probabilities().values["softmax"] == 0 and myths.probabilities().values["one"] == "1.00"


def test_a_claim_that_is_true_would_be_said_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(myths, "CLAIMED_VGG", ((64, 352, 352), (128, 176, 176)))
    assert myths.vgg_shapes().verdict == "holds"
    monkeypatch.setattr(myths, "CLAIMED_CONVOLUTIONS", 50)
    assert myths.convolutions().verdict == "fails"  # by neither way of counting


def test_what_holds_is_so_by_torchvisions_own_modules() -> None:
    net = resnet50()
    downsampled = [net.get_submodule(f"layer{n}.0.downsample") for n in range(1, 5)]
    projections = sum(weight.numel() for module in downsampled for weight in module.parameters())
    found = myths.identities_are_free().values
    assert found["more"] == found["projections"] == f"{projections:,}"
    assert (found["count"], found["free"]) == (4, 12)
    found = myths.deeper_is_cheaper().values
    assert (found["deep_macs"], found["wide_macs"]) == ("11.5", "15.5")  # as torchvision documents them
