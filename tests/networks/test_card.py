"""Cards survive their text, and nothing else passes for one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from resnet_viz.errors import WeightsError
from resnet_viz.networks.card import Card, Measurement, from_json, to_json
from resnet_viz.records import ClassLabel, TransformSpec

CARD = Card(
    network="resnet50",
    trained_on="imagenette",
    labels=(ClassLabel("n01440764", "tench", "丁鱥"), ClassLabel("x", "x")),
    transforms=TransformSpec(None, 160, (0.5, 0.4, 0.3), (0.2, 0.2, 0.2)),
    storage="int8",
    licence="MIT",
    data="ten classes",
    measured_on=3925,
    measurements=(Measurement(128, 79.5, 79.4), Measurement(160, 78.7, 78.8)),
    record={"args": {"lr": 0.1}, "rows": [{"epoch": 1}]},
)


def test_there_and_back() -> None:
    assert from_json(to_json(CARD)) == CARD


def changed(**values: Any) -> str:
    return json.dumps(json.loads(to_json(CARD)) | values)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "{" * 5000,
        "[" * 200_000,
        changed(network=3),
        changed(trained_on="everything"),
        changed(storage="int4"),
        changed(labels={}),
        changed(labels=[{"id": "a", "en": 1, "zh": None}]),
        changed(labels=["a"]),
        changed(measured_on=-1),
        changed(measured_on=True),
        changed(measurements=[{"size": 128, "float32": 101, "stored": 5}]),
        changed(measurements=[{"size": 128, "float32": float("nan"), "stored": 5}]),
        changed(transforms=None),
        changed(transforms={"resize": None, "size": 10**12, "mean": [0], "std": [1], "interpolation": "bilinear"}),
        changed(transforms={"resize": None, "size": 160, "mean": [0, 0], "std": [1], "interpolation": "bilinear"}),
        changed(transforms={"resize": None, "size": 160, "mean": [0], "std": [0], "interpolation": "bilinear"}),
        changed(transforms={"resize": None, "size": 160, "mean": [], "std": [], "interpolation": "bilinear"}),
        changed(
            transforms={"resize": None, "size": 160, "mean": [float("inf")], "std": [1], "interpolation": "bilinear"}
        ),
        changed(transforms={"resize": None, "size": 160, "mean": [0], "std": [1], "interpolation": "lanczos"}),
        changed(record=7),
    ],
)
def test_what_is_no_card(text: str) -> None:
    with pytest.raises(WeightsError) as caught:
        from_json(text, "a.safetensors")
    assert caught.value.code == "weights_card"
    assert caught.value.values == {"file": "a.safetensors"}
