"""Each output of a walk against the pass that computes it alone; nothing that was kept is written to."""

from __future__ import annotations

import torch

from resnet_viz.forward.run import forward, value
from resnet_viz.forward.walk import each_output


def test_each_output_is_the_networks_own(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    before = {place: tensor.clone() for place, tensor in kept.kept.items()}
    found = each_output(tiny_program, kept, lambda place, output: output.clone())
    assert list(found) == list(tiny_program.steps)
    for place, output in found.items():
        assert torch.equal(output, value(tiny_program, kept, place))
    assert all(torch.equal(kept.kept[place], tensor) for place, tensor in before.items())


def test_it_ends_where_it_is_not_to_go_on(tiny_program, images) -> None:
    seen = []
    told = []

    def go_on(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 3

    found = each_output(tiny_program, forward(tiny_program, images[0]), lambda place, _: seen.append(place), go_on)
    assert found is None and len(seen) == 3
    assert told == [(n, len(tiny_program.steps)) for n in (1, 2, 3)]
