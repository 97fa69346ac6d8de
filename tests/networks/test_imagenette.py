"""The ten classes, against torchvision's own list."""

from __future__ import annotations

from torchvision.datasets import Imagenette

from resnet_viz.networks.imagenette import IMAGENETTE, is_imagenette, labels


def test_ids_and_names_as_torchvision_has_them() -> None:
    assert [(label.id, label.en) for label in IMAGENETTE] == [(i, n[0]) for i, n in Imagenette._WNID_TO_CLASS.items()]
    assert len({label.zh for label in IMAGENETTE} - {None}) == 10


def test_folders_become_labels() -> None:
    ids = [label.id for label in IMAGENETTE]
    assert labels(ids) == IMAGENETTE and is_imagenette(ids)
    assert not is_imagenette(ids[::-1])
    cat, horn = labels(["cat", "n03394916"])
    assert (cat.en, cat.zh, horn.en, horn.zh) == ("cat", None, "French horn", "圆号")
