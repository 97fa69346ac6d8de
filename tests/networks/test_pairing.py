"""What the records of two training runs share."""

from __future__ import annotations

from resnet_viz.networks.pairing import pairing, record_of

RECORD = {
    "args": {"arch": "residual50", "schedule": "96x10", "lr": 0.1, "batch": 64, "seed": 0},
    "precision": "bfloat16 autocast on CPU",
    "torch": "2.14.1",
    "train_images": 9469,
    "side_of_files": 160,
}


def changed(**arguments: object) -> dict[str, object]:
    return {**RECORD, "args": {**RECORD["args"], **arguments}}  # type: ignore[dict-item]


def test_the_network_and_the_precision_may_differ() -> None:
    other = {**changed(arch="plain50", precision="float32"), "precision": "float32 on CPU"}
    found = pairing(RECORD, other)
    assert found.twins
    assert found.differing == {"precision": ("bfloat16 autocast on CPU", "float32 on CPU")}
    assert found.shared["schedule"] == "96x10" and found.shared["seed"] == "0"
    assert "python" not in found.shared


def test_another_seed_is_no_twin() -> None:
    found = pairing(RECORD, changed(seed=1))
    assert not found.twins
    assert found.differing == {"seed": ("0", "1")}
    assert not pairing(RECORD, {}).twins


def test_the_bundled_record() -> None:
    record = record_of("resnet50")
    assert record is not None
    assert pairing(record, record).twins
    assert record_of("lenet5") is None
