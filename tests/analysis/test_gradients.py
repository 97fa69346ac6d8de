"""Gradients of a program against PyTorch's own on the module, and by hand."""

import threading

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from resnet_viz.analysis.gradients import both_ways, gradients
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build, spec
from resnet_viz.records import INPUT, NETWORK

SIZES = {"resnet18": 64, "plain50": 64, "resnet50": 64, "alexnet": 63, "googlenet": 64, "lenet5": 32}


def image(network: str, count: int = 1) -> Tensor:
    random = torch.Generator().manual_seed(3)
    return torch.randn(count, spec(network).channels, SIZES[network], SIZES[network], generator=random)


def last_convolution(model: nn.Module) -> str:
    return [name for name, module in model.named_modules() if isinstance(module, nn.Conv2d) and "down" not in name][-1]


@pytest.mark.parametrize("network", SIZES)
def test_they_are_those_of_the_module(network: str) -> None:
    model, x = build(network), image(network)
    convolution = last_convolution(model)
    kept: list[Tensor] = []
    handle = model.get_submodule(convolution).register_forward_hook(lambda *call: kept.append(call[2]))
    leaf = x.clone().requires_grad_()
    logits = model(leaf)
    expected = torch.autograd.grad(logits[0, 7], [leaf, kept[-1]])
    handle.remove()

    program = compile_program(model, network)
    found = both_ways(program, x, 7, [INPUT, convolution, NETWORK])

    assert torch.equal(found.gradients[INPUT], expected[0])
    assert torch.equal(found.gradients[convolution], expected[1])
    assert torch.equal(found.values[convolution], kept[-1])
    assert torch.equal(found.gradients[NETWORK], functional.one_hot(torch.tensor([7]), logits.shape[1]).float())
    assert found.score == pytest.approx(float(logits[0, 7].detach()))


def test_a_score_may_be_any_function_of_the_logits(tiny, tiny_program) -> None:
    x = torch.randn(3, 3, 16, 16, generator=torch.Generator().manual_seed(1))
    target = torch.tensor([0, 4, 2])
    leaf = x.clone().requires_grad_()
    (expected,) = torch.autograd.grad(functional.cross_entropy(tiny(leaf), target), [leaf])
    found = gradients(tiny_program, x, lambda logits: functional.cross_entropy(logits, target), [INPUT])
    torch.testing.assert_close(found[INPUT], expected)


def test_it_goes_on_from_what_a_pass_kept(tiny_program, images) -> None:
    """Kept under inference mode, as the pages keep it."""
    kept = forward(tiny_program, images[0]).kept["layer2.0.add"]
    assert kept.is_inference()
    whole = both_ways(tiny_program, images[0], 2, ["layer2.0.add", "layer2.0"])
    rest = both_ways(tiny_program, {"layer2.0.add": kept}, 2, ["layer2.0.add", "layer2.0"])
    for place in whole.gradients:
        torch.testing.assert_close(rest.gradients[place], whole.gradients[place])
        assert torch.equal(rest.values[place], whole.values[place])


def test_the_head_by_hand(tiny, tiny_program, images) -> None:
    """The mean over 8 x 8 cells and a linear layer: each cell's gradient is the class's weight over 64."""
    found = gradients(tiny_program, images[0], 3, ["layer2.0"])["layer2.0"]
    by_hand = (tiny.fc.weight[3] / 64)[None, :, None, None].expand(1, 16, 8, 8)
    torch.testing.assert_close(found, by_hand)


def test_a_shared_model_stays_as_it_was(tiny, tiny_program, images) -> None:
    before = {name: value.clone() for name, value in tiny.state_dict().items()}
    with torch.inference_mode():
        gradients(tiny_program, images[0], 0, tiny_program.steps)
    assert all(torch.equal(before[name], value) for name, value in tiny.state_dict().items())
    assert all(parameter.grad is None and parameter.requires_grad for parameter in tiny.parameters())


def test_threads_do_not_mix(tiny_program, images) -> None:
    alone = [gradients(tiny_program, x, 1, ["layer1.0"])["layer1.0"] for x in images]
    together: dict[int, Tensor] = {}

    def ask(number: int) -> None:
        together[number] = gradients(tiny_program, images[number], 1, ["layer1.0"])["layer1.0"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(images))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(torch.equal(together[number], expected) for number, expected in enumerate(alone))


def test_unknown_places_are_refused(tiny_program, images) -> None:
    with pytest.raises(NetworkError, match="unknown_place"):
        gradients(tiny_program, images[0], 0, ["layer9"])
    kept = forward(tiny_program, images[0]).kept
    with pytest.raises(NetworkError, match="unknown_place"):
        gradients(tiny_program, {"layer2.0.add": kept["layer2.0.add"]}, 0, ["layer1.0"])
