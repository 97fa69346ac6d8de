"""Seeded values when several threads draw at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from resnet_viz.analysis.block_code import script
from resnet_viz.analysis.block_numbers import block_numbers
from resnet_viz.analysis.block_steps import run
from resnet_viz.networks.catalog import build
from resnet_viz.networks.seeding import seeded


def draw(seed: int) -> torch.Tensor:
    with seeded(seed):
        return torch.cat([torch.rand(100) for _ in range(50)])


def test_threads_draw_what_their_seed_says() -> None:
    alone = {seed: draw(seed) for seed in range(4)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, [seed % 4 for seed in range(64)]))
    assert all(torch.equal(values, alone[index % 4]) for index, values in enumerate(together))


def test_networks_and_blocks_built_at_once_start_as_they_do_alone() -> None:
    program = script(block_numbers("BTNK2", c=64, w=4, c1=1, s=1))
    network, values = build("lenet5").state_dict(), [step.values for step in run(program)]
    with ThreadPoolExecutor(4) as pool:
        networks = [pool.submit(build, "lenet5") for _ in range(8)]
        runs = [pool.submit(run, program) for _ in range(8)]
    for built in networks:
        assert all(torch.equal(tensor, network[key]) for key, tensor in built.result().state_dict().items())
    assert all([step.values for step in ran.result()] == values for ran in runs)


def test_the_state_comes_back_after_a_failure() -> None:
    before = torch.random.get_rng_state()
    with pytest.raises(ZeroDivisionError), seeded(3):
        torch.rand(1)
        raise ZeroDivisionError
    assert torch.equal(torch.random.get_rng_state(), before)
    draw(0)  # and the next one is not kept waiting
