"""The stepped run: what a probe saw is what the program computes, and it sees every line."""

import ast

import numpy as np
import pytest
import torch

from resnet_viz.analysis.block_code import RUN_BATCH, script
from resnet_viz.analysis.block_numbers import BlockNumbers, block_numbers
from resnet_viz.analysis.block_steps import RUN_BUDGET, VALUE_BUDGET, Step, run, run_side

BTNK1 = block_numbers("BTNK1", c=12, w=9, c1=5, s=2)
BTNK2 = block_numbers("BTNK2", c=16, w=7, c1=1, s=1)
FORWARD = {
    "BTNK1": "conv1 bn1 relu conv2 bn2 relu conv3 bn3 downsample add return",
    "BTNK2": "conv1 bn1 relu conv2 bn2 relu conv3 bn3 identity add return",
}


def forward(steps: tuple[Step, ...]) -> dict[str, Step]:
    return {f"{step.spot.operation} {step.spot.first}": step for step in steps if step.spot.part == "forward"}


def picture(step: Step) -> np.ndarray:
    assert step.heatmap is not None
    return step.heatmap.values


def plain_run(numbers: BlockNumbers) -> dict[str, object]:
    """The same program without probes."""
    namespace: dict[str, object] = {}
    with torch.random.fork_rng(devices=[]):
        exec(script(numbers), namespace)
    return namespace


@pytest.mark.parametrize("numbers", [BTNK1, BTNK2], ids=lambda n: n.label)
def test_the_steps_are_the_lines_in_order(numbers: BlockNumbers) -> None:
    steps = run(script(numbers))
    assert [step.spot.operation for step in steps if step.spot.part == "forward"] == FORWARD[numbers.label].split()
    lines = script(numbers).splitlines()
    for step in steps:
        assert lines[step.spot.first - 1].strip().startswith(step.spot.target)
    methods = [node for node in ast.walk(ast.parse(script(numbers))) if isinstance(node, ast.FunctionDef)]
    told = {step.spot.first for step in steps}
    for method in methods:
        left = [node for node in method.body if node.lineno not in told]
        assert [ast.unparse(node) for node in left] == (["super().__init__()"] if method.name == "__init__" else [])


@pytest.mark.parametrize("numbers", [BTNK1, BTNK2], ids=lambda n: n.label)
def test_the_last_step_holds_what_the_program_returns(numbers: BlockNumbers) -> None:
    last = run(script(numbers), channel=3)[-1]
    y = plain_run(numbers)["y"]
    assert isinstance(y, torch.Tensor)
    assert last.shape == tuple(y.shape) == (RUN_BATCH, *numbers.output_shape)
    assert np.array_equal(picture(last), y[0, 3].numpy())
    assert last.values is not None
    assert last.values.low == y.min().item()
    assert last.values.high == y.max().item()
    assert last.values.mean == pytest.approx(y.mean().item(), abs=1e-6)
    assert last.values.std == pytest.approx(y.numpy().std(), rel=1e-5)
    assert last.values.zeros == pytest.approx((y.numpy() == 0).mean())


def test_batch_norm_brings_every_tensor_to_mean_0_and_deviation_1() -> None:
    for name, step in forward(run(script(BTNK1))).items():
        if name.startswith(("bn", "downsample")):
            assert step.values is not None
            assert step.values.mean == pytest.approx(0, abs=1e-5)
            assert step.values.std == pytest.approx(1, abs=2e-3)


def test_the_addition_adds() -> None:
    steps = {step.spot.operation: step for step in run(script(BTNK1), channel=2) if step.spot.part == "forward"}
    branch, shortcut, total, out = (picture(steps[name]) for name in ("bn3", "downsample", "add", "return"))
    assert np.array_equal(total, branch + shortcut)
    assert np.array_equal(out, np.maximum(total, 0))
    assert (branch < 0).any()  # it is no output of a ReLU: nothing has been overwritten


def test_parameters_of_the_built_layers_are_those_of_the_block() -> None:
    block = plain_run(BTNK1)["block"]
    assert isinstance(block, torch.nn.Module)
    assert sum(step.params for step in run(script(BTNK1))) == sum(p.numel() for p in block.parameters())


def test_a_channel_that_is_not_there_is_the_last_one() -> None:
    kept = [step.channel for step in run(script(BTNK1), channel=99) if step.spot.part == "forward"]
    assert kept == [4] * 6 + [19] * 5


def test_the_run_leaves_the_random_state_as_it_was() -> None:
    torch.manual_seed(7)
    before = torch.random.get_rng_state()
    first = run(script(BTNK2))
    assert torch.equal(torch.random.get_rng_state(), before)
    torch.rand(5)
    second = run(script(BTNK2))
    assert [step.values for step in first] == [step.values for step in second]


@pytest.mark.parametrize(("macs", "w"), [(10**6, 56), (10**10, 224), (10**13, 512), (10**12, 1)])
def test_the_side_of_a_run_stays_within_the_budget(macs: int, w: int) -> None:
    side = run_side(macs, 1, w, RUN_BATCH)
    assert 1 <= side <= w
    assert side == 1 or macs * RUN_BATCH * (side / w) ** 2 <= RUN_BUDGET
    assert side == w or macs * RUN_BATCH * ((side + 1) / w) ** 2 > RUN_BUDGET


def test_a_wide_block_with_few_macs_is_shrunk_to_what_memory_allows() -> None:
    numbers = block_numbers("BTNK1", c=2048, w=512, c1=1, s=4)
    side = run_side(1, numbers.c * numbers.w**2, numbers.w, RUN_BATCH)
    assert RUN_BATCH * numbers.c * side**2 <= VALUE_BUDGET < RUN_BATCH * numbers.c * (side + 1) ** 2


def test_a_one_pixel_map_runs() -> None:
    numbers = block_numbers("BTNK1", c=3, w=1, c1=1, s=2)
    assert run(script(numbers))[-1].shape == (RUN_BATCH, 4, 1, 1)
