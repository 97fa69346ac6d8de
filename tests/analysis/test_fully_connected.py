"""Gradients of fully connected networks against known ratios, theory, and gradients carried back by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from resnet_viz.analysis import fully_connected
from resnet_viz.analysis.fully_connected import DEPTHS, SETTINGS, Stack, flow, measure

KNOWN = {
    "sigmoid_xavier": (2.8e-3, 4.7e-7, 2.8e-13, 4e-32),
    "tanh_xavier": (0.41, 0.27, 0.20, 0.13),
    "relu_xavier": (0.24, 0.029, 8.5e-4, 2.5e-8),
    "relu_he": (0.97, 0.93, 0.87, 0.83),
    "relu_he_gain": (4.9, 53, 2.9e3, 5e8),
    "tanh_skip": (1.9, 3.7, 8.3, 37),
    "relu_skip": (4.0, 42, 6e3, 6e10),
}
"""|dL/dh_0| / |dL/dh_L| at 4, 10, 20 and 50 layers: width 100, batch 64, no bias, geometric mean of 5 seeds."""


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[float, ...]]:
    return dict(fully_connected.compare_settings())


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_known_ratios_within_a_factor_of_two(name: str, found: dict[str, tuple[float, ...]]) -> None:
    assert list(SETTINGS) == list(found)
    assert DEPTHS == (4, 10, 20, 50)
    for measured, known in zip(found[name], KNOWN[name], strict=True):
        assert 0.5 < measured / known < 2


@pytest.mark.parametrize("stack", [Stack("relu", "xavier"), Stack("relu", "he"), Stack("relu", "he", gain=1.5)])
def test_plain_relu_networks_follow_theory(stack: Stack) -> None:
    assert stack.expected is not None
    assert 0.5 < measure(stack).ratio / stack.expected < 2


def test_theory_by_hand() -> None:
    assert Stack("relu", "xavier", depth=20).expected == pytest.approx(2**-10)
    assert Stack("relu", "he", gain=1.5, depth=10).expected == pytest.approx(1.5**10)
    assert Stack("tanh", "he").expected is None
    assert Stack("relu", "he", kind="residual").expected is None


def test_one_layer_by_hand() -> None:
    """dL/dh_0 = dL/dh_1 (I + beta W D), D the slopes of tanh: the same draws, carried back without autograd."""
    random = torch.Generator().manual_seed(7)

    def draw(rows: int) -> torch.Tensor:
        return torch.randn(rows, 100, generator=random, dtype=torch.float64)

    h, weight, sent = draw(64), 0.1 * draw(100), draw(64)
    branch = torch.tanh(h @ weight)
    back = sent + 0.3 * (sent * (1 - branch**2)) @ weight.T
    one = flow(Stack("tanh", "xavier", kind="residual", beta=0.3, depth=1), seed=7)
    assert one.gradient == pytest.approx((float(back.norm()), float(sent.norm())))
    assert one.signal == pytest.approx((float(h.norm()), float((h + 0.3 * branch).norm())))


def test_a_small_branch_holds_the_gradient() -> None:
    full = measure(replace(SETTINGS["relu_skip"], depth=50))
    damped = measure(replace(SETTINGS["relu_skip"], depth=50, beta=0.1))
    assert full.ratio > 1e9 and full.verdict == "explodes"
    assert damped.ratio < 2 and damped.verdict == "healthy"
    assert measure(Stack("sigmoid", "xavier")).verdict == "vanishes"


def test_means_are_between_the_seeds_and_start_at_one() -> None:
    one = measure(Stack("tanh", "xavier", depth=6), first_seed=3, seeds=3)
    assert len(one.signal) == len(one.gradient) == 7
    assert one.signal[0] == one.gradient[-1] == pytest.approx(1)
    assert one.low < one.ratio < one.high
    assert one.each**6 == pytest.approx(one.ratio)


def test_a_seed_gives_the_same_and_another_one_something_else() -> None:
    stack = Stack("relu", "he", depth=5)
    assert flow(stack, 1) == flow(stack, 1)
    assert flow(stack, 1) != flow(stack, 2)


def test_it_runs_where_gradients_are_off() -> None:
    with torch.inference_mode():
        assert flow(Stack("relu", "he", depth=3)).ratio > 0


def test_csv_has_a_line_for_each_layer() -> None:
    stack = Stack("relu", "he", depth=3)
    lines = fully_connected.as_csv({stack: measure(stack, seeds=1)}).splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("plain,relu,he,1.0,1.0,0,1.0,")
