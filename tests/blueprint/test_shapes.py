"""Shapes against real passes, with values and with hooks, and against the sizes that the sources give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.networks.catalog import NETWORKS, build, spec
from resnet_viz.records import Blueprint, Shape
from tests.networks.shallow import SHALLOW


def shapes_of_a_pass(model: nn.Module, image: Tensor) -> list[tuple[str, Shape]]:
    """Path and output shape of each leaf module, in the order in which a real pass calls them."""
    seen: list[tuple[str, Shape]] = []
    for path, module in model.named_modules():
        if not list(module.children()):
            module.register_forward_hook(lambda _, __, out, path=path: seen.append((path, tuple(out.shape[1:]))))
    with torch.inference_mode():
        model(image)
    return seen


@pytest.mark.parametrize(("name", "size"), [(name, 0) for name in SHALLOW] + [("resnet50", 224), ("resnet50", 97)])
def test_shapes_are_those_of_a_real_pass(name: str, size: int) -> None:
    network = spec(name)
    size = size or network.min_size
    plan = blueprint(name, size)
    empty = build(name, device="meta").to_empty(device="cpu")  # no shape depends on a value
    real = shapes_of_a_pass(empty, torch.randn(1, network.channels, size, size))
    assert [(layer.module, layer.output_shape) for layer in plan.layers if layer.module] == real


@pytest.mark.parametrize("name", NETWORKS)
def test_what_an_operation_reads_is_what_another_gave(name: str, plan_of: Callable[..., Blueprint]) -> None:
    plan = plan_of(name)
    given = {"input": plan.input_shape} | {layer.name: layer.output_shape for layer in plan.layers}
    for layer in plan.layers:
        assert layer.input_shapes == tuple(given[place] for place in layer.inputs)
        if layer.kind == "add":
            assert layer.input_shapes == (layer.output_shape,) * 2
        if layer.kind == "concat":
            assert sum(shape[0] for shape in layer.input_shapes) == layer.output_shape[0]


def test_resnet50_at_224_and_352() -> None:
    def stages(size: int) -> list[Shape]:
        return [stage.output_shape for stage in blueprint("resnet50", size).stages]

    assert stages(224) == [(64, 56, 56), (256, 56, 56), (512, 28, 28), (1024, 14, 14), (2048, 7, 7)]
    assert stages(352) == [(64, 88, 88), (256, 88, 88), (512, 44, 44), (1024, 22, 22), (2048, 11, 11)]
    assert blueprint("resnet50", 352).layer("conv1").output_shape == (64, 176, 176)
    assert blueprint("resnet50", 224).stages[1].input_shape == (64, 56, 56)


def test_vgg16_at_352_before_each_pool() -> None:
    plan = blueprint("vgg16", 352)
    assert [plan.layer(f"features.{index}").output_shape for index in (3, 8, 15, 22, 29)] == [
        (64, 352, 352), (128, 176, 176), (256, 88, 88), (512, 44, 44), (512, 22, 22),
    ]  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_takes_what_it_says(name: str) -> None:
    network = spec(name)
    for size in {network.min_size, network.max_size}:
        plan = blueprint(name, size)
        assert plan.layers[-1].output_shape == (network.classes,)
        assert plan.input_shape == (network.channels, size, size)


@pytest.mark.parametrize("name", ["resnet50", "plain18", "vgg16", "alexnet", "googlenet"])
@pytest.mark.parametrize("size", [63, 65, 331])
def test_odd_sizes_too(name: str, size: int) -> None:
    assert blueprint(name, size).layers[-1].output_shape == (1000,)


def test_memory_of_an_output_is_in_float32() -> None:
    assert blueprint("resnet50", 224).layer("conv1").activation_bytes == 64 * 112 * 112 * 4


def test_a_live_model_is_read_and_left_alone() -> None:
    model = build("resnet18")
    before = {key: (value.data_ptr(), value.clone()) for key, value in model.state_dict().items()}
    assert read_blueprint(model, "resnet18", 224) == blueprint("resnet18", 224)
    after = model.state_dict()
    assert all(
        after[key].data_ptr() == where and torch.equal(after[key], value) for key, (where, value) in before.items()
    )


def test_an_input_that_does_not_fit_is_an_error_with_a_place() -> None:
    with pytest.raises(NetworkError) as caught:
        read_blueprint(build("alexnet", device="meta"), "alexnet", 62)
    assert caught.value.code == "cannot_run"
    assert caught.value.values == {"network": "alexnet", "shape": "3x62x62", "place": "features.12"}
    with pytest.raises(NetworkError, match="cannot_run"):
        read_blueprint(build("resnet18", device="meta"), "resnet18", 64, channels=1)
