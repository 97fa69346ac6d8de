"""The catalogue: names, what each network takes, and how it is built."""

from __future__ import annotations

import pytest
import torch
from torchvision import models

from resnet_viz.errors import NetworkError
from resnet_viz.networks.catalog import NETWORKS, build, check_size, spec

NAMES = """
    resnet18 resnet34 resnet50 resnet101 resnet152 resnet50-v1 resnet101-v1 resnet152-v1
    plain18 plain34 plain50 plain101 plain152 plain50-v1 plain101-v1 plain152-v1
    vgg16 vgg19 alexnet googlenet lenet5
"""


def test_the_names_of_the_catalogue() -> None:
    assert list(NETWORKS) == NAMES.split()
    assert all(spec(name).name == name for name in NETWORKS)
    assert len({network.title for network in NETWORKS.values()}) == len(NETWORKS)


def test_twins_are_each_others() -> None:
    twins = {name: network.twin for name, network in NETWORKS.items() if network.twin}
    assert set(twins) == {name for name in NETWORKS if name.startswith(("resnet", "plain"))}
    assert all(twins[str(twin)] == name for name, twin in twins.items())
    assert twins["resnet50-v1"] == "plain50-v1"


def test_imagenet_weights_belong_to_torchvisions_networks_alone() -> None:
    with_weights = {name: network.tv_weights for name, network in NETWORKS.items() if network.tv_weights}
    assert set(with_weights) == {
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "vgg16", "vgg19", "alexnet", "googlenet",
    }  # fmt: skip
    for name, enum in with_weights.items():
        assert getattr(models, str(enum)) is models.get_model_weights(name)


@pytest.mark.parametrize("name", [name for name, network in NETWORKS.items() if network.tv_weights])
def test_keys_and_shapes_are_torchvisions(name: str) -> None:
    with torch.device("meta"):
        theirs = models.get_model(name, **({"init_weights": False} if name == "googlenet" else {}))
    expected = {key: value.shape for key, value in theirs.state_dict().items() if not key.startswith("aux")}
    assert {key: value.shape for key, value in build(name, device="meta").state_dict().items()} == expected


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_come_ready_to_be_read(name: str) -> None:
    model = build(name, classes=7, device="meta")
    assert not any(module.training or getattr(module, "inplace", False) for module in model.modules())
    network = spec(name)
    image = torch.empty(1, network.channels, network.default_size, network.default_size, device="meta")
    assert model(image).shape == (1, 7)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    for call in (spec, build, lambda name: check_size(name, 224)):
        with pytest.raises(NetworkError) as caught:
            call("resnet51")
        assert caught.value.code == "unknown_network"
        assert caught.value.values == {"name": "resnet51", "known": tuple(NETWORKS)}


@pytest.mark.parametrize(
    ("name", "refused", "low", "high"),
    [("resnet50", 31, 32, 1024), ("vgg16", 1025, 32, 1024), ("alexnet", 62, 63, 1024), ("lenet5", 64, 32, 32)],
)
def test_a_size_that_is_not_taken_is_answered_with_those_that_are(name: str, refused: int, low: int, high: int) -> None:
    check_size(name, low)
    check_size(name, high)
    with pytest.raises(NetworkError) as caught:
        check_size(name, refused)
    assert caught.value.code == "size_not_accepted"
    assert caught.value.values == {"network": spec(name).title, "size": refused, "low": low, "high": high}


@pytest.mark.parametrize(("name", "size"), [("alexnet", 62), ("lenet5", 31), ("lenet5", 64)])
def test_the_narrow_limits_are_pytorchs_own(name: str, size: int) -> None:
    with pytest.raises(RuntimeError):
        build(name)(torch.zeros(1, spec(name).channels, size, size))


def test_a_seed_means_the_same_values_and_the_global_state_stays() -> None:
    state = torch.get_rng_state()
    first, again, other = build("lenet5"), build("lenet5"), build("lenet5", seed=1)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(first.c1.weight, again.c1.weight)  # type: ignore[union-attr, arg-type]
    assert not torch.equal(first.c1.weight, other.c1.weight)  # type: ignore[union-attr, arg-type]
    torch.manual_seed(3)
    theirs = models.resnet18().state_dict()
    assert all(torch.equal(value, theirs[key]) for key, value in build("resnet18", seed=3).state_dict().items())


@pytest.mark.parametrize("name", ["plain18", "plain50-v1"])
def test_twins_start_from_the_same_values(name: str) -> None:
    twin = build(str(spec(name).twin), classes=5).state_dict()
    assert all(torch.equal(value, twin[key]) for key, value in build(name, classes=5).state_dict().items())
