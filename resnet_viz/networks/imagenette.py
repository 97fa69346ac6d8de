"""The ten classes of Imagenette, in both languages, in the order of their folders."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.records import ClassLabel

IMAGENETTE = (
    ClassLabel("n01440764", "tench", "丁鱥"),
    ClassLabel("n02102040", "English springer", "英国史宾格犬"),
    ClassLabel("n02979186", "cassette player", "磁带播放机"),
    ClassLabel("n03000684", "chain saw", "链锯"),
    ClassLabel("n03028079", "church", "教堂"),
    ClassLabel("n03394916", "French horn", "圆号"),
    ClassLabel("n03417042", "garbage truck", "垃圾车"),
    ClassLabel("n03425413", "gas pump", "加油机"),
    ClassLabel("n03445777", "golf ball", "高尔夫球"),
    ClassLabel("n03888257", "parachute", "降落伞"),
)
"""The first English name of torchvision.datasets.Imagenette, and the usual Chinese one."""


def labels(folders: Sequence[str]) -> tuple[ClassLabel, ...]:
    """A label for each folder of images: Imagenette's names where it is one of its ten, else the folder's own name."""
    known = {label.id: label for label in IMAGENETTE}
    return tuple(known.get(folder, ClassLabel(folder, folder)) for folder in folders)


def is_imagenette(folders: Sequence[str]) -> bool:
    """Whether these folders are Imagenette's ten classes in their order."""
    return list(folders) == [label.id for label in IMAGENETTE]
