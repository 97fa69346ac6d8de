"""Statistics of layers against hooks on the module itself, and against numbers done by hand."""

from __future__ import annotations

import pytest
import torch

from resnet_viz.analysis.layer_statistics import as_csv, measured, statistics, three_by_three
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.forward.run import forward


def test_each_module_against_a_hook(tiny, tiny_program, images) -> None:
    plan = read_blueprint(tiny, "tiny", 16)
    kept = forward(tiny_program, images[0])
    seen = {}

    def look(name):
        def hook(module, inputs, output) -> None:  # what a hook returns would take the output's place
            seen.setdefault(name, output.detach().clone())

        return hook

    for name, module in tiny.named_modules():
        if not list(module.children()):
            module.register_forward_hook(look(name))
    tiny(images[0].clone())
    rows = statistics(tiny_program, plan, kept)
    assert [row.place for row in rows] == list(tiny_program.steps)
    by_place = {row.place: row for row in rows}
    assert set(seen) <= set(by_place)
    for name, output in seen.items():
        row = by_place[name]
        assert row.units == output.numel() and row.channels == output.shape[1]
        assert row.mean == pytest.approx(float(output.double().mean()), rel=1e-5, abs=1e-8)
        assert row.std == pytest.approx(float(output.double().var(correction=0).sqrt()), rel=1e-5)
        assert (row.zeros is None) == (row.kind != "relu")
        if row.zeros is not None:
            assert row.zeros == pytest.approx(float((output <= 0).float().mean()))


def test_zeros_and_dead_channels_by_hand() -> None:
    output = torch.tensor([[[[0.0, 0.0]], [[3.0, 0.0]], [[1.0, 2.0]]]])
    row = measured("r", "relu", output)
    assert (row.units, row.channels, row.dead) == (6, 3, 1)
    assert row.zeros == pytest.approx(3 / 6) and row.mean == pytest.approx(1.0)
    assert row.std == pytest.approx((sum((v - 1) ** 2 for v in (0, 0, 3, 0, 1, 2)) / 6) ** 0.5)
    vector = measured("r", "relu", torch.tensor([[0.0, 1.0]]))
    assert (vector.units, vector.channels, vector.dead, vector.zeros) == (2, 2, 1, 0.5)
    assert measured("c", "conv", output).dead is None


def test_responses_are_read_behind_batch_norm() -> None:
    found = three_by_three(blueprint("resnet50", 64))
    assert found == tuple(f"layer{s}.{b}.bn2" for s, n in ((1, 3), (2, 4), (3, 6), (4, 3)) for b in range(n))
    assert len(three_by_three(blueprint("plain18", 64))) == 16
    assert set(three_by_three(blueprint("vgg16", 64))) == {
        layer.name for layer in blueprint("vgg16", 64).layers if layer.kind == "conv"
    }


def test_it_can_be_stopped(tiny, tiny_program, images) -> None:
    plan, kept = read_blueprint(tiny, "tiny", 16), forward(tiny_program, images[0])
    assert statistics(tiny_program, plan, kept, lambda done, total: False) is None


def test_csv(tiny, tiny_program, images) -> None:
    rows = statistics(tiny_program, read_blueprint(tiny, "tiny", 16), forward(tiny_program, images[0]))
    lines = as_csv(rows).splitlines()
    assert len(lines) == 1 + len(rows) and all(line.count(",") == 7 for line in lines)
    assert lines[1].endswith(",,") and float(lines[1].split(",")[5]) == rows[0].std
