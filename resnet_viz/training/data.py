"""Imagenette in memory: whole splits as uint8 squares, cut and coloured anew for each epoch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset
from torchvision.datasets import ImageFolder, Imagenette
from torchvision.transforms import v2

from resnet_viz.errors import VizError
from resnet_viz.networks.provenance import IMAGENET_MEAN, IMAGENET_STD
from resnet_viz.records import TransformSpec

MEAN, STD = list(IMAGENET_MEAN), list(IMAGENET_STD)


class TrainingError(VizError):
    """A folder, an argument or a run to resume that the recipe cannot use."""


@dataclass(frozen=True)
class Split:
    """The images of one split, all of one size."""

    images: Tensor
    """uint8 (N, 3, S, S), S the shorter side of the first file: its centre square."""
    targets: Tensor
    """int64 (N,): index of each image's class."""
    classes: tuple[str, ...]
    """Names of the class folders, in their order."""

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def side(self) -> int:
        """Side of the squares in pixels."""
        return self.images.shape[-1]

    def every(self, step: int) -> Split:
        """Each `step`-th image, for a figure that is cheaper than the whole."""
        return Split(self.images[::step], self.targets[::step], self.classes)


def read_split(root: Path, name: Literal["train", "val"]) -> Split:
    """Read a split laid out as torchvision.datasets.Imagenette lays it out: `root/train/<class>/*.JPEG`.

    Raises TrainingError `training_data` where there is no such folder, or no image in it.
    """
    try:
        folder = ImageFolder(str(root / name))
    except FileNotFoundError as error:
        raise TrainingError("training_data", folder=str(root / name)) from error
    side = min(folder.loader(folder.samples[0][0]).size)
    square = v2.Compose([v2.PILToTensor(), v2.Resize(side, antialias=True), v2.CenterCrop(side)])
    images = torch.empty(len(folder), 3, side, side, dtype=torch.uint8)
    for i, (path, _) in enumerate(folder.samples):
        images[i] = square(folder.loader(path))
    return Split(images, torch.tensor(folder.targets), tuple(folder.classes))


def fetch(root: Path) -> Path:
    """Let torchvision download Imagenette (160 pixels) into `root`, unless it is there; return its folder."""
    root.mkdir(parents=True, exist_ok=True)
    Imagenette(root, split="val", size="160px", download=True)
    return root / "imagenette2-160"


def training_batches(split: Split, size: int, batch: int, seed: int) -> DataLoader[tuple[Tensor, Tensor]]:
    """One epoch of augmented batches, the last incomplete one dropped. `seed` fixes order and augmentation.

    One worker, always: its random numbers come from the seed, and so does what it draws; without a worker the
    augmentation would depend on what else has drawn a number.
    """
    order = torch.Generator().manual_seed(seed)
    return DataLoader(
        _Augmented(split, size), batch, shuffle=True, drop_last=True, num_workers=1, generator=order, prefetch_factor=4
    )


def prepare(images: Tensor, size: int) -> Tensor:
    """uint8 (N, 3, S, S) as the network gets it: float32 (N, 3, size, size), normalised, channels last."""
    change = v2.Compose([v2.Resize(size, antialias=True), *_to_normalised()])
    return cast("Tensor", change(images)).to(memory_format=torch.channels_last)


def transforms(size: int) -> TransformSpec:
    """How an image of any shape becomes what the recipe trained on: its centre square, without a margin."""
    return TransformSpec(resize=None, size=size, mean=tuple(MEAN), std=tuple(STD))


class _Augmented(Dataset[tuple[Tensor, Tensor]]):
    """A split with random cuts, flips and colours, normalised."""

    def __init__(self, split: Split, size: int) -> None:
        self._split = split
        self._change = v2.Compose(
            [
                v2.RandomResizedCrop(size, scale=(0.35, 1.0), antialias=True),
                v2.RandomHorizontalFlip(),
                v2.ColorJitter(0.2, 0.2, 0.2),
                *_to_normalised(),
            ]
        )

    def __len__(self) -> int:
        return len(self._split)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        return self._change(self._split.images[index]), self._split.targets[index]


def _to_normalised() -> list[v2.Transform]:
    return [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)]
