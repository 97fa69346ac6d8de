"""What the network is shown while it trains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.datasets import Imagenette

from resnet_viz.training.data import TrainingError, fetch, prepare, read_split, training_batches


def test_a_split_is_the_centre_squares_in_the_order_of_the_folders(images: Path) -> None:
    split = read_split(images, "train")
    assert split.classes == ("n01440764", "n03394916")
    assert split.images.shape == (16, 3, 32, 32)
    assert split.images.dtype == torch.uint8
    assert split.targets.tolist() == [0] * 8 + [1] * 8
    wide = np.asarray(Image.open(images / "train" / "n01440764" / "1.JPEG"))
    assert wide.shape == (32, 36, 3)
    assert np.array_equal(split.images[1].permute(1, 2, 0).numpy(), wide[:, 2:34])


def test_every_second(images: Path) -> None:
    split = read_split(images, "val")
    assert torch.equal(split.every(2).images, split.images[::2])
    assert len(split.every(2)) == 3


def test_batches_depend_on_the_seed_and_on_nothing_else(images: Path) -> None:
    split = read_split(images, "train")
    torch.manual_seed(1)
    one = list(training_batches(split, 24, 6, seed=5))
    torch.manual_seed(2)
    other, third = list(training_batches(split, 24, 6, seed=5)), list(training_batches(split, 24, 6, seed=6))
    assert [x.shape for x, _ in one] == [(6, 3, 24, 24)] * 2, "the incomplete batch is dropped"
    assert all(torch.equal(a, b) and torch.equal(s, t) for (a, s), (b, t) in zip(one, other, strict=True))
    assert not torch.equal(one[0][0], third[0][0])


def test_prepared_for_validation(images: Path) -> None:
    split = read_split(images, "val")
    prepared = prepare(split.images, 32)
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    expected = (split.images.float() / 255 - mean.view(3, 1, 1)) / std.view(3, 1, 1)
    assert torch.allclose(prepared, expected, atol=1e-6)
    assert prepared.is_contiguous(memory_format=torch.channels_last)
    assert prepare(split.images, 48).shape == (6, 3, 48, 48)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="training_data"):
        read_split(tmp_path, "train")
    (tmp_path / "train" / "cat").mkdir(parents=True)
    with pytest.raises(TrainingError, match="training_data"):
        read_split(tmp_path, "train")


def test_fetch_leaves_the_download_to_torchvision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def download(data: Imagenette) -> None:
        asked.append(data._size_root)
        (data._size_root / "val" / "n01440764").mkdir(parents=True)
        Image.new("RGB", (8, 8)).save(data._size_root / "val" / "n01440764" / "a.JPEG")

    monkeypatch.setattr(Imagenette, "_download", download)
    root = fetch(tmp_path / "data")
    assert asked == [root]
    assert len(read_split(root, "val")) == 1
