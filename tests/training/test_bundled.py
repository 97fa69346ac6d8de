"""The weights that come with the app are what their card says, and their README says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.networks.weights import BUNDLED, load
from resnet_viz.training.evaluate import ALLOWED_LOSS
from resnet_viz.training.readme import section
from resnet_viz.training.stored import read_card

FILES = sorted(BUNDLED.glob("*.safetensors"))


def test_resnet50_is_there() -> None:
    assert "resnet50-imagenette.safetensors" in [file.name for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_card(file: Path) -> None:
    card = read_card(file)
    assert f"{card.network}-imagenette.safetensors" == file.name
    assert card.labels == IMAGENETTE
    assert (card.trained_on, card.storage, card.measured_on) == ("imagenette", "int8", 3925)
    assert card.licence and card.data and card.record["args"]
    assert card.measurements
    assert all(row.float32 - row.stored <= ALLOWED_LOSS for row in card.measurements)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_readme_is_of_these_files(file: Path) -> None:
    assert section(file, read_card(file)) in (BUNDLED / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_half_of_float16_and_ready_to_run(file: Path) -> None:
    stored = load_file(file)
    weights = [value for value in stored.values() if value.ndim >= 2]
    assert {value.dtype for value in weights} == {torch.int8}
    model = load(read_card(file).network, "bundled").model
    assert file.stat().st_size < 0.52 * sum(2 * value.numel() for value in model.parameters())
    with torch.inference_mode():
        logits = model(torch.zeros(1, 3, 64, 64))
    assert logits.shape == (1, 10)
    assert logits.isfinite().all()
