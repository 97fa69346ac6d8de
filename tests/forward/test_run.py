"""A pass and what is computed again after it, bit by bit against the model itself and against keeping everything."""

import pytest
import torch
from torch import Tensor, fx, nn
from torchvision.models import resnet50
from torchvision.models.feature_extraction import create_feature_extractor

from resnet_viz.blueprint import blueprint
from resnet_viz.blueprint.trace import trace
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward, predictions, value
from resnet_viz.networks.catalog import build, spec
from resnet_viz.records import INPUT, NETWORK, ClassLabel, TransformSpec, WeightsInfo

NETWORKS = {
    "resnet18": 64,
    "resnet50": 64,
    "resnet50-v1": 64,
    "plain34": 64,
    "plain50": 64,
    "vgg16": 64,
    "alexnet": 95,
    "googlenet": 64,
    "lenet5": 32,
}
"""Name -> input side: small where the size is not the point."""


class Everything(fx.Interpreter):
    """Keeps the output of each operation of a traced module: the oracle."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__(trace(model))
        self.found: dict[str, Tensor] = {}

    def run_node(self, n: fx.Node) -> Tensor:
        result = super().run_node(n)
        if n.op != "output":
            self.found[n.meta["place"]] = result
        return result


def image(network: str, size: int) -> Tensor:
    return torch.randn(1, spec(network).channels, size, size, generator=torch.Generator().manual_seed(3))


@pytest.fixture(scope="module", params=NETWORKS)
def case(request):
    """A network with seeded weights, an image, its program, and what the program's pass left."""
    name = request.param
    torch.manual_seed(0)
    model, x = build(name), image(name, NETWORKS[name])
    program = compile_program(model, name)
    return name, model, x, program, forward(program, x)


def test_the_logits_are_the_models_own(case) -> None:
    _, model, x, _, kept = case
    with torch.inference_mode():
        assert torch.equal(kept.logits, model(x)[0])
    assert kept.logits.dtype == torch.float32


def test_every_value_is_what_a_pass_that_keeps_everything_has(case) -> None:
    name, model, x, program, kept = case
    oracle = Everything(model)
    with torch.inference_mode():
        oracle.run(x)
    before = {place: tensor.clone() for place, tensor in kept.kept.items()}
    assert set(oracle.found) == {INPUT, *program.steps}
    for place, expected in oracle.found.items():
        assert torch.equal(value(program, kept, place), expected), place
    plan = blueprint(name, NETWORKS[name])
    for record in (*plan.stages, *plan.blocks):
        assert torch.equal(value(program, kept, record.name), oracle.found[record.output]), record.name
        assert value(program, kept, record.name).shape[1:] == record.output_shape
    assert torch.equal(value(program, kept, NETWORK)[0], kept.logits)
    for place, tensor in kept.kept.items():
        assert torch.equal(tensor, before[place]), f"{place} was written to"


def test_only_the_boundaries_are_kept(case) -> None:
    name, _, x, program, kept = case
    assert set(kept.kept) == program.boundaries
    assert kept.nbytes == sum(tensor.numel() * 4 for tensor in kept.kept.values())
    assert kept.kept[INPUT] is x
    for block in blueprint(name).blocks:
        inside = program.boundaries & set(block.layers)
        assert len(inside) == 1, f"{block.name} keeps {inside}"


def test_what_a_pass_holds_at_a_time_is_little(case) -> None:
    _, _, _, program, _ = case
    live: set[str] = set()
    for move in program.plan:
        live = (live | {move.place}) - set(move.done) - program.boundaries
        assert len(live) <= 5, live
    assert not live


def test_the_shortcut_adds_up() -> None:
    torch.manual_seed(0)
    program = compile_program(build("resnet50"), "resnet50")
    kept = forward(program, image("resnet50", 64))
    blocks = blueprint("resnet50", 64).blocks
    assert len(blocks) == 16
    for block in blocks:
        branch = value(program, kept, block.branch[-1])
        shortcut = value(program, kept, block.projection[-1] if block.projection else block.source)
        assert torch.equal(torch.relu(branch + shortcut), value(program, kept, block.name)), block.name
        assert (branch < 0).any() and (value(program, kept, f"{block.name}.add") < 0).any()


@pytest.mark.parametrize("size", [32, 65, 224])
def test_one_program_runs_at_every_size(size) -> None:
    torch.manual_seed(0)
    model, x = build("resnet18"), image("resnet18", size)
    program = compile_program(model, "resnet18")
    kept = forward(program, x)
    with torch.inference_mode():
        assert torch.equal(kept.logits, model(x)[0])
    assert value(program, kept, "stage4").shape[1:] == blueprint("resnet18", size).stage("stage4").output_shape


def test_a_model_that_works_in_place_is_seen_as_it_was_before() -> None:
    """torchvision's own ResNet overwrites bn1, bn2, bn3; torchvision's extractor on a copy without that is the oracle."""
    torch.manual_seed(0)
    original = resnet50().eval()
    program = compile_program(original, "resnet50")
    x = image("resnet50", 64)
    kept = forward(program, x)
    assert all(module.inplace for module in original.modules() if isinstance(module, nn.ReLU))
    with torch.inference_mode():
        assert torch.equal(kept.logits, original(x)[0])
    copy = build("resnet50")
    copy.load_state_dict(original.state_dict())
    places = ["layer1.0.bn1", "layer2.0.bn3", "layer2.0.downsample.1", "layer4.2.bn3", "layer4.2.relu_2"]
    with torch.inference_mode():
        expected = create_feature_extractor(copy, places)(x)
    for place in places:
        assert torch.equal(value(program, kept, place), expected[place]), place


def test_the_model_stays_as_it_is_and_its_hooks_do_not_run(tiny, tiny_program, images) -> None:
    before = {name: tensor.clone() for name, tensor in tiny.state_dict().items()}
    for module in tiny.modules():
        module.register_forward_hook(lambda *_: pytest.fail("a hook ran"))
    kept = forward(tiny_program, images[0])
    value(tiny_program, kept, "layer2.0.conv2")
    assert all(torch.equal(tensor, before[name]) for name, tensor in tiny.state_dict().items())
    assert all(not parameter.requires_grad or parameter.grad is None for parameter in tiny.parameters())


def test_what_is_kept_cannot_be_replaced(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    with pytest.raises(TypeError):
        kept.kept["layer1.0.add"] = images[0]  # type: ignore[index]


def test_an_unknown_place_is_named(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    with pytest.raises(NetworkError) as caught:
        value(tiny_program, kept, "layer9.0")
    assert (caught.value.code, caught.value.values) == ("unknown_place", {"place": "layer9.0", "network": "tiny"})


def test_predictions_are_the_softmax_of_the_logits(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    labels = tuple(ClassLabel(f"class {i}", f"class {i}") for i in range(5))
    transforms = TransformSpec(None, 16, (0.5,) * 3, (0.2,) * 3)
    info = WeightsInfo("tiny", "none", "", labels, "nothing", transforms)
    found = predictions(kept, info, k=9)
    expected = kept.logits.softmax(0)
    assert [p.index for p in found] == expected.argsort(descending=True).tolist()
    assert [p.probability for p in found] == pytest.approx(expected.sort(descending=True).values.tolist())
    assert sum(p.probability for p in found) == pytest.approx(1)
    assert all(p.label == labels[p.index] and p.logit == kept.logits[p.index] for p in found)
    assert predictions(kept, info, k=2) == found[:2]
