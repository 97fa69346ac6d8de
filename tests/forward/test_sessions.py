"""Many sessions on one model at once, without a lock: what each gets is what it would get alone."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.forward.run import Program, forward, value

RUNS, SESSIONS = 1000, 8
PLACES = ("bn1", "layer1.0.bn1", "layer1.0.add", "layer2.0.conv2", "layer2.0.downsample.1", "layer2.0.relu_1")

Look = Callable[[Tensor], dict[str, Tensor]]
"""One visit: an image in, the logits and the outputs of PLACES out."""


def functional(program: Program) -> Look:
    """As the app does it."""

    def look(x: Tensor) -> dict[str, Tensor]:
        kept = forward(program, x)
        return {"logits": kept.logits} | {place: value(program, kept, place) for place in PLACES}

    return look


def hooked(model: nn.Module) -> Look:
    """As it is often done: hooks on the shared model for the time of one pass."""
    watched = [model.bn1, model.layer1[0].bn1, model.layer2[0].conv2, model.layer2[0].downsample[1]]

    def look(x: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}

        def keep(name: str) -> Callable[..., None]:
            def hook(_module: nn.Module, _inputs: object, output: Tensor) -> None:
                found[name] = output.clone()

            return hook

        handles = [module.register_forward_hook(keep(str(i))) for i, module in enumerate(watched)]
        try:
            with torch.inference_mode():
                found["logits"] = model(x)[0]
        finally:
            for handle in handles:
                handle.remove()
        return found

    return look


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Threads change places as often as they can, and each of torch's operations has one thread."""
    interval, threads = sys.getswitchinterval(), torch.get_num_threads()
    sys.setswitchinterval(1e-6)
    torch.set_num_threads(1)
    yield
    sys.setswitchinterval(interval)
    torch.set_num_threads(threads)


def mixed_up(look: Look, images: list[Tensor]) -> int:
    """How many of 1,000 interleaved visits get anything but what the same visit gets alone."""
    alone = [look(x) for x in images]
    barrier = threading.Barrier(SESSIONS)

    def session(number: int) -> int:
        barrier.wait()
        visits = [(number + i) % len(images) for i in range(RUNS // SESSIONS)]
        return sum(not _same(look(images[n]), alone[n]) for n in visits)

    with ThreadPoolExecutor(SESSIONS) as pool:
        return sum(pool.map(session, range(SESSIONS)))


def _same(found: dict[str, Tensor], expected: dict[str, Tensor]) -> bool:
    return found.keys() == expected.keys() and all(torch.equal(found[name], expected[name]) for name in expected)


def test_a_thousand_interleaved_runs_are_bit_by_bit_serial_ones(tiny_program, images) -> None:
    assert mixed_up(functional(tiny_program), images) == 0


def test_the_same_test_finds_hooks_that_mix_sessions(tiny, images) -> None:
    assert mixed_up(hooked(tiny), images) > 0
