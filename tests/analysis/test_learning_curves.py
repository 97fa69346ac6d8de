"""Stored learning curves, read and said in numbers; published ones against the list of facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resnet_viz.analysis.learning_curves import QUANTITIES, LearningCurves, Outcome, as_csv, read
from resnet_viz.analysis.published import RESULTS, published


def run(network: str, *losses: float) -> dict[str, object]:
    rows = [
        {"epoch": n, "size": 64, "lr": 0.1, "seconds": 1.0} | dict.fromkeys(QUANTITIES, loss)
        for n, loss in enumerate(losses, start=1)
    ]
    final = {"64": {"top1": 0.5}, "128": {"top1": losses[-1] / 2}}
    return {"network": network, "torch": "2.14.1", "final": final, "rows": rows}


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    file = tmp_path / "curves.json"
    runs = [run("plain34", 2.0, 1.5), run("plain18", 2.0, 1.25), run("resnet34", 1.0, 0.5)]
    file.write_text(json.dumps({"recipe": {"seed": 0}, "command": "python", "missing": ["residual18"], "runs": runs}))
    return file


def found_in(file: Path) -> LearningCurves:
    found = read(file)
    assert found is not None
    return found


def test_no_file_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing.json") is None


def test_shallow_before_deep(stored: Path) -> None:
    found = found_in(stored)
    assert [curve.depth for curve in found.of("plain")] == [18, 34]
    assert found.of("residual")[0].values("train_loss") == (1.0, 0.5)
    assert found.of("plain")[0].about == {"torch": "2.14.1"}


def test_depth_is_compared_where_both_are_there(stored: Path) -> None:
    found = found_in(stored)
    assert found.deeper("plain", "train_loss") == (1.25, 1.5)
    assert found.deeper("residual", "train_loss") is None


def test_the_outcome_is_that_at_the_largest_size(stored: Path) -> None:
    found = found_in(stored)
    assert found.depths == (18, 34)
    plain = found.at("plain", 34)
    assert plain is not None and plain.outcome == Outcome(size=128, top1=0.75)
    assert found.deeper_top1("plain") == (0.625, 0.75)
    assert found.at("residual", 18) is None and found.deeper_top1("residual") is None


def test_our_own_networks_degrade_without_shortcuts() -> None:
    found = found_in(RESULTS / "learning-curves.json")
    assert found.depths == (18, 34, 50) and not found.missing
    plain, residual = found.deeper("plain", "train_loss"), found.deeper("residual", "train_loss")
    assert plain is not None and residual is not None
    assert plain[1] - plain[0] > 5 * abs(residual[1] - residual[0]), "34 layers against 18"


def test_csv(stored: Path) -> None:
    lines = as_csv(found_in(stored).curves).splitlines()
    assert lines[0] == "network,epoch,size,train_loss,train_top1,val_loss,val_top1,grad_norm"
    assert lines[2] == "plain34,2,64,1.5,1.5,1.5,1.5,1.5"
    assert len(lines) == 7


def test_published_numbers() -> None:
    imagenet, cifar, li = published()
    assert [(row.layers, row.residual, row.plain) for row in imagenet.rows] == [
        (18, 27.88, 27.94),
        (34, 25.03, 28.54),
    ]
    assert [(row.layers, row.residual) for row in cifar.rows] == [
        (20, 8.75), (32, 7.51), (44, 7.17), (56, 6.97), (110, 6.43), (1202, 7.93),
    ]  # fmt: skip
    assert all(row.plain is None for row in cifar.rows)
    assert [(row.layers, row.residual, row.plain) for row in li.rows] == [
        (20, 7.37, 8.18),
        (56, 5.89, 13.31),
        (110, 5.79, 16.44),
    ]
    assert all(table.url.startswith("https://arxiv.org/abs/") and table.source for table in (imagenet, cifar, li))
