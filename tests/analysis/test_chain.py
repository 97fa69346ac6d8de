"""The chain of four sigmoid layers against PyTorch's autograd and arithmetic done by hand."""

from __future__ import annotations

import math
import random

import pytest
import torch

from resnet_viz.analysis.chain import PRESETS, STEEPEST, Chain, as_csv, derive, sigmoid, sigmoid_slope
from resnet_viz.analysis.chain_formula import number, worked


def oracle(chain: Chain) -> tuple[list[float], float]:
    """dC/db_1 to dC/db_4, and C, by autograd."""
    biases = [torch.tensor(b, dtype=torch.float64, requires_grad=True) for b in chain.biases]
    a = torch.tensor(chain.x, dtype=torch.float64)
    for weight, bias in zip(chain.weights, biases, strict=True):
        a = torch.sigmoid(weight * a + bias)
    cost = (a - chain.target) ** 2 / 2
    return [float(g) for g in torch.autograd.grad(cost, biases)], float(cost.detach())


def some_chains() -> list[Chain]:
    draw = random.Random(0)
    return [
        Chain(
            tuple(draw.uniform(-6, 6) for _ in range(4)),
            tuple(draw.uniform(-3, 3) for _ in range(4)),
            draw.uniform(-1, 1),
            draw.random(),
        )
        for _ in range(20)
    ]


@pytest.mark.parametrize("chain", [*PRESETS.values(), *some_chains()])
def test_gradients_are_those_of_autograd(chain: Chain) -> None:
    found = derive(chain)
    gradients, cost = oracle(chain)
    assert [link.gradient for link in found.links] == pytest.approx(gradients, rel=1e-6, abs=1e-300)
    assert found.cost == pytest.approx(cost)
    product = math.prod(link.factor for link in found.links[1:])
    assert found.links[0].gradient == pytest.approx(found.links[0].slope * product * found.cost_slope)
    assert found.ratio == pytest.approx(found.links[0].gradient / found.links[3].gradient)


def test_steepest_by_hand() -> None:
    """All z are 0 and all outputs 1/2: 1/4^4 times a_4 - y = 1/2."""
    found = derive(PRESETS["steepest"])
    assert [link.z for link in found.links] == [0, 0, 0, 0]
    assert found.slopes == 1 / 256
    assert found.links[0].gradient == 1 / 512
    assert found.ratio == 1 / 64


def test_weights_of_four_hold_the_gradient_and_greater_ones_make_it_explode() -> None:
    assert derive(PRESETS["even"]).steps == (1, 1, 1)
    assert derive(PRESETS["explodes"]).ratio == 125


def test_great_weights_alone_do_not_explode() -> None:
    """The slope is a factor too: far from zero it is next to nothing."""
    found = derive(PRESETS["saturated"])
    assert max(abs(step) for step in found.steps) < 1


def test_the_slope_is_at_most_a_quarter() -> None:
    assert sigmoid_slope(0) == STEEPEST
    assert all(sigmoid_slope(z / 10) <= STEEPEST for z in range(-100, 101))


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
def test_far_out_nothing_overflows_and_no_digits_are_lost(z: float) -> None:
    assert 0 <= sigmoid(z) <= 1
    assert sigmoid_slope(z) == pytest.approx(math.exp(-abs(z)), rel=1e-12)


def test_a_chain_has_four_layers() -> None:
    with pytest.raises(ValueError, match="4 weights and biases, not 3 and 4"):
        derive(Chain((1, 1, 1), (0, 0, 0, 0)))


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.19661, "0.197"), (-12.5, "-12.5"), (1250, "1250"), (1.3e-7, r"1.3\times 10^{-7}"), (-4, "-4")],
)
def test_numbers_in_latex(value: float, written: str) -> None:
    assert number(value) == written


def test_the_formula_names_each_factor_with_its_number() -> None:
    text = worked(derive(Chain((1, -2, 3, 4), (0, 0, 0, 0))))
    assert text.count(r"\\") == 6
    assert r"w_2\,\sigma'(z_1) & = (-2) \cdot" in text
    assert r"\dfrac{\partial z_4}{\partial a_3}\,\dfrac{\partial a_3}{\partial z_3}" in text
    assert text.count("{") == text.count("}")


def test_csv_has_a_line_for_each_layer() -> None:
    lines = as_csv(derive(PRESETS["steepest"])).splitlines()
    assert len(lines) == 5
    assert lines[1] == "1,1.0,-0.5,0.0,0.5,0.25,0.001953125"
