"""A tiny folder of images, laid out as Imagenette is: two classes that a network can tell apart by their colour."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

CLASSES = ("n01440764", "n03394916")
SIDE = 32


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder: 16 images for training and 6 for validation, 32 pixels high and some of them wider."""
    root = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(0)
    for split, count in (("train", 8), ("val", 3)):
        for number, name in enumerate(CLASSES):
            folder = root / split / name
            folder.mkdir(parents=True)
            for i in range(count):
                pixels = random.integers(0, 120, (SIDE, SIDE + 4 * (i % 2), 3))
                pixels[..., number] += 130
                Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{i}.JPEG")
    return root
