"""Whether a state dict belongs to a network."""

from __future__ import annotations

import pytest
import torch

from resnet_viz.errors import WeightsError
from resnet_viz.networks.catalog import NETWORKS, build
from resnet_viz.networks.fitting import assemble, fit, shapes_of


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("classes", [1, 7])
def test_the_class_count_is_read_off_the_head(network: str, classes: int) -> None:
    shapes = shapes_of(network, classes)
    assert fit(network, shapes, "f") == classes


def refused(network: str, shapes: dict[str, tuple[int, ...]]) -> WeightsError:
    with pytest.raises(WeightsError) as caught:
        fit(network, shapes, "mine.pt")
    assert caught.value.values["file"] == "mine.pt"
    return caught.value


def test_wrong_keys_are_named() -> None:
    shapes = dict(shapes_of("resnet18", None))
    del shapes["conv1.weight"], shapes["layer1.0.bn1.bias"]
    shapes["head.weight"] = (3,)
    error = refused("resnet18", shapes)
    assert error.code == "weights_keys"
    assert error.values["missing"] == ("conv1.weight", "layer1.0.bn1.bias")
    assert error.values["unexpected"] == ("head.weight",)


def test_many_wrong_keys_are_counted() -> None:
    error = refused("resnet50", dict(shapes_of("resnet18", None)))
    missing = error.values["missing"]
    assert isinstance(missing, tuple)
    assert len(missing) == 4
    assert missing[-1].startswith("(+")


def test_a_residual_network_is_no_plain_one() -> None:
    error = refused("plain18", dict(shapes_of("resnet18", None)))
    assert error.values["missing"] == ("-",)
    assert "layer2.0.downsample.0.weight" in str(error.values["unexpected"])


def test_wrong_shapes_are_named() -> None:
    shapes = dict(shapes_of("resnet18", None)) | {"conv1.weight": (64, 1, 7, 7)}
    error = refused("resnet18", shapes)
    assert error.code == "weights_shapes"
    assert error.values["wrong"] == ("conv1.weight 64x1x7x7 ≠ 64x3x7x7",)


@pytest.mark.parametrize("shape", [(), (0, 512), (10**9, 512), (5, 511), (5,)])
def test_a_head_that_is_none(shape: tuple[int, ...]) -> None:
    assert refused("resnet18", dict(shapes_of("resnet18", None)) | {"fc.weight": shape}).code == "weights_shapes"


def test_nothing_at_all() -> None:
    assert refused("resnet18", {}).code == "weights_keys"


def test_googlenet_may_bring_the_heads_that_it_was_trained_with() -> None:
    shapes = dict(shapes_of("googlenet", None)) | {
        "aux1.fc1.weight": (1024, 2048),
        "aux2.conv.bn.bias": (128,),
    }
    assert fit("googlenet", shapes, "f") == 1000


def test_assembled_as_load_state_dict_does_it() -> None:
    source = build("resnet18", classes=5, seed=3)
    state = {key: value for key, value in source.state_dict().items() if not key.endswith("num_batches_tracked")}
    model = assemble("resnet18", 5, state, "f")
    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        assert torch.equal(model(image), source(image))
    assert not model.training
    assert not any(value.is_meta for value in model.state_dict().values())
    assert model.conv1.weight.data_ptr() == state["conv1.weight"].data_ptr()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none(value: float) -> None:
    state = build("resnet18", classes=5).state_dict()
    state["layer1.0.conv1.weight"][0, 0, 0, 0] = value
    with pytest.raises(WeightsError) as caught:
        assemble("resnet18", 5, state, "f")
    assert (caught.value.code, caught.value.values["wrong"]) == ("weights_not_finite", ("layer1.0.conv1.weight",))


def test_large_numbers_are_numbers() -> None:
    state = build("resnet18", classes=5).state_dict()
    state["fc.bias"].fill_(3e38)
    assert assemble("resnet18", 5, state, "f").fc.bias[0] == 3e38


@pytest.mark.parametrize(("key", "dtype"), [("conv1.weight", torch.int32), ("bn1.running_mean", torch.int64)])
def test_whole_numbers_are_no_weights(key: str, dtype: torch.dtype) -> None:
    state = build("resnet18", classes=5).state_dict()
    state[key] = torch.zeros(state[key].shape, dtype=dtype)
    with pytest.raises(WeightsError) as caught:
        assemble("resnet18", 5, state, "f")
    assert caught.value.code == "weights_unreadable"
