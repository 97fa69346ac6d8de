"""The traced graph: torchvision's names, the model's values, nothing in place, and no harm to other threads."""

from __future__ import annotations

import threading

import pytest
import torch
from torch import Tensor, fx, nn
from torch.nn import functional
from torchvision import models
from torchvision.models.feature_extraction import NodePathTracer
from torchvision.models.resnet import Bottleneck

from resnet_viz.blueprint.trace import trace
from resnet_viz.networks.catalog import build, spec
from tests.networks.shallow import SHALLOW


def places_of(traced: fx.GraphModule) -> list[str]:
    return [node.meta["place"] for node in traced.graph.nodes if node.op != "output"]


@pytest.mark.parametrize("name", SHALLOW)
def test_places_are_the_names_of_torchvision(name: str) -> None:
    model = build(name, device="meta")
    tracer = NodePathTracer()
    tracer.trace(model)
    named = [str(place) for node, place in tracer.node_to_qualname.items() if node.op not in ("placeholder", "output")]
    assert places_of(trace(model)) == ["input", *named]


def test_a_block_names_its_three_relus_and_its_addition() -> None:
    traced = trace(build("resnet50", device="meta"))
    first = [place.removeprefix("layer1.0.") for place in places_of(traced) if place.startswith("layer1.0.")]
    assert first == [
        "conv1", "bn1", "relu", "conv2", "bn2", "relu_1", "conv3", "bn3",
        "downsample.0", "downsample.1", "add", "relu_2",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["resnet18", "resnet50-v1", "plain50", "alexnet", "googlenet", "lenet5"])
def test_the_graph_computes_what_the_model_computes(name: str) -> None:
    model, network = build(name), spec(name)
    image = torch.randn(2, network.channels, network.min_size, network.min_size)
    with torch.inference_mode():
        assert torch.equal(trace(model)(image), model(image))


def test_nothing_in_the_graph_works_in_place_and_the_model_keeps_its_own() -> None:
    for model in (models.resnet18(), models.GoogLeNet(aux_logits=False, init_weights=False), models.alexnet()):
        model.eval()
        before = [module for module in model.modules() if getattr(module, "inplace", False)]
        traced = trace(model)
        values: dict[fx.Node, tuple[Tensor, Tensor]] = {}

        class Keep(fx.Interpreter):
            def run_node(self, n: fx.Node) -> Tensor:
                value = super().run_node(n)
                values[n] = (value, value.clone())  # noqa: B023  the loop is over when it is read
                return value

        with torch.inference_mode():
            Keep(traced).run(torch.randn(1, 3, 64, 64))
        assert all(torch.equal(value, copy) for value, copy in values.values())
        assert [module for module in model.modules() if getattr(module, "inplace", False)] == before


class Wordy(nn.Module):
    """Every way to write what a residual block does, and a line that does nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        out = self.conv(x)
        _ = torch.relu(out)
        out = functional.relu(out + x, True)
        out = functional.relu(out, inplace=True)
        out = out.add(x).relu().add_(x).relu_()
        return torch.concat([out, out], 1).flatten(1)


def test_other_ways_to_write_an_operation_are_the_same_operation() -> None:
    model = Wordy().eval()
    traced = trace(model)
    targets = [node.target for node in traced.graph.nodes if node.op == "call_function"]
    pair = [torch.add, torch.relu]
    assert targets == [*pair, torch.relu, *pair, *pair, torch.cat, torch.flatten]
    assert not [node for node in traced.graph.nodes if node.kwargs]
    image = torch.randn(1, 3, 4, 4)
    assert torch.equal(traced(image), model(image))


def test_a_block_by_itself_gets_a_place() -> None:
    assert places_of(trace(Bottleneck(256, 64).eval()))[:2] == ["input", "block.conv1"]


def test_training_mode_and_several_outputs_are_refused() -> None:
    class Two(nn.Module):
        def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
            return x + x, x

    model = build("resnet18", device="meta")
    model.layer3.train()  # type: ignore[union-attr, operator]
    with pytest.raises(ValueError, match="training mode"):
        trace(model)
    with pytest.raises(ValueError, match="several outputs"):
        trace(Two().eval())


def test_other_threads_run_and_trace_the_same_model_meanwhile() -> None:
    """fx replaces `nn.Module.__call__` for the whole process while it traces."""
    model = build("resnet18")
    image = torch.randn(1, 3, 32, 32)
    with torch.inference_mode():
        expected = model(image)
    names = places_of(trace(model))
    calls = nn.Module.__call__, nn.Module.__getattr__
    wrong: list[object] = []
    done = threading.Event()

    def run() -> None:
        while not done.is_set():
            with torch.inference_mode():
                if not torch.equal(model(image), expected) or not isinstance(model.conv1.weight, Tensor):  # type: ignore[union-attr]
                    wrong.append("value")

    def trace_often() -> None:
        wrong.extend("places" for _ in range(10) if places_of(trace(model)) != names)

    runners = [threading.Thread(target=run) for _ in range(2)]
    tracers = [threading.Thread(target=trace_often) for _ in range(2)]
    errors: list[threading.ExceptHookArgs] = []
    hook, threading.excepthook = threading.excepthook, errors.append
    try:
        for thread in (*runners, *tracers):
            thread.start()
        for thread in tracers:
            thread.join()
        done.set()
        for thread in runners:
            thread.join()
    finally:
        threading.excepthook = hook
    assert not wrong and not errors
    assert (nn.Module.__call__, nn.Module.__getattr__) == calls
