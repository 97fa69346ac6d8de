"""The command that computes the loss around bundled weights: on a tiny network, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional

from resnet_viz.analysis.landscape_record import from_json
from resnet_viz.networks import weights
from resnet_viz.networks.weights import bundled_file
from resnet_viz.training.data import prepare, read_split
from resnet_viz.training.landscape import evenly, main


def test_images_are_evenly_spaced(images: Path) -> None:
    split = read_split(images, "val")
    assert evenly(split, 2).targets.tolist() == [0, 1]
    assert torch.equal(evenly(split, 3).images, split.images[[0, 2, 4]])


def test_the_command_stores_numbers_with_their_recipe(images: Path, tmp_path: Path, monkeypatch) -> None:
    split = read_split(images, "val")
    loaded = weights.load("resnet18", "none")
    torch.manual_seed(0)
    model = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)).eval()
    labels = tuple(weights.resolve("resnet50", "bundled").labels[index] for index in (0, 5))
    assert tuple(label.id for label in labels) == split.classes
    info = type(loaded.info)("resnet18", "bundled", "d" * 64, labels, "imagenette", loaded.info.transforms)
    monkeypatch.setattr(weights, "load", lambda network, choice: weights.LoadedWeights(model, info))
    out = tmp_path / "deep" / "plane.json"
    arguments = ["--network", "resnet18", "--data", str(images), "-o", str(out), "--images", "4", "--size", "32"]
    assert main([*arguments, "--points", "3", "--seeds", "7", "8"]) == 0
    stored = from_json(out.read_text(encoding="utf-8"))
    recipe = stored.recipe
    assert (recipe.weights, recipe.images, recipe.size, recipe.seeds) == ("d" * 64, 4, 32, (7, 8))
    assert "--points 3 --seeds 7 8" in recipe.command and recipe.versions["torch"] == torch.__version__
    picked = evenly(split, 4)
    expected = functional.cross_entropy(model(prepare(picked.images, 32)), picked.targets)
    assert stored.plane.centre == pytest.approx(float(expected.detach()), rel=1e-5)


def test_images_of_other_classes_are_refused(images: Path, tmp_path: Path, capsys) -> None:
    assert bundled_file("resnet50").is_file()
    out = tmp_path / "plane.json"
    assert main(["--network", "resnet50", "--data", str(images), "-o", str(out)]) == 2
    assert "classes" in capsys.readouterr().err and not out.exists()


def test_an_even_number_of_points_has_no_middle(images: Path, capsys) -> None:
    with pytest.raises(SystemExit) as error:
        main(["--network", "resnet50", "--data", str(images), "-o", "x.json", "--points", "4"])
    assert error.value.code == 2 and "odd" in capsys.readouterr().err
