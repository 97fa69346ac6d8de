"""`layers`: the same operations as table, CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO

import pytest

from resnet_viz.cli import main
from resnet_viz.networks.catalog import build

KEYS = ("name", "kind", "stage", "block", "output_shape", "params", "macs", "receptive_field")


def layers(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["layers", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_json_is_a_list_of_operations(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["resnet50", "--format", "json"], capsys))
    assert all(set(row) >= set(KEYS) for row in rows)
    assert sum(row["params"] for row in rows) == 25_557_032
    assert sum(row["macs"] for row in rows) == 4_089_184_256
    assert rows[0] | {"inputs": None} == rows[0] | {
        "name": "conv1",
        "kind": "conv",
        "stage": 0,
        "block": None,
        "output_shape": [64, 112, 112],
        "params": 9_408,
        "macs": 118_013_952,  # 7 x 7 x 3 x 64 x 112 x 112
        "receptive_field": 7,
        "inputs": None,
    }
    by_name = {row["name"]: row for row in rows}
    assert by_name["layer3.2.conv2"]["block"] == "layer3.2"
    assert by_name["layer1.0.add"]["kind"] == "add"
    assert set(by_name["layer1.0.add"]["inputs"]) == {"layer1.0.bn3", "layer1.0.downsample.1"}
    assert by_name["fc"]["stage"] is None
    assert by_name["fc"]["output_shape"] == [1000]


def test_size_changes_the_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["resnet50", "--size", "352", "--format", "json"], capsys))
    assert rows[0]["output_shape"] == [64, 176, 176]
    assert next(row for row in rows if row["name"] == "layer4.2.relu_2")["output_shape"] == [2048, 11, 11]


def test_csv_holds_what_json_holds(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["googlenet", "--format", "json"], capsys))
    table = list(csv.DictReader(StringIO(layers(["googlenet", "--format", "csv"], capsys))))
    assert [tuple(line) for line in table] == [KEYS] * len(rows)
    for line, row in zip(table, rows, strict=True):
        shape = "x".join(map(str, row["output_shape"]))
        expected = {key: "" if row[key] is None else str(row[key]) for key in KEYS} | {"output_shape": shape}
        assert line == expected


def test_the_table_ends_with_totals(capsys: pytest.CaptureFixture[str]) -> None:
    lines = layers(["lenet5"], capsys).splitlines()
    header, rule, *rows, _, last = lines
    assert header.split() == list(KEYS)
    assert set(rule) == {"-", " "}
    assert len(rows) == int(last.split()[1])
    assert "61706" in last.split()


@pytest.mark.parametrize("network", ["resnet18", "resnet50-v1", "plain34", "vgg19", "alexnet", "googlenet", "lenet5"])
def test_each_kind_of_network_is_listed(network: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers([network, "--format", "json"], capsys))
    assert sum(row["params"] for row in rows) == sum(p.numel() for p in build(network, device="meta").parameters())
