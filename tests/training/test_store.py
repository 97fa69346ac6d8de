"""Weights as they are stored, their card, and the figures in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import safetensors.torch
import torch
from safetensors.torch import load_file

from resnet_viz.errors import WeightsError
from resnet_viz.networks import weights
from resnet_viz.networks.catalog import build
from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.training import evaluate, store
from resnet_viz.training.accuracy import score
from resnet_viz.training.data import TrainingError, read_split
from resnet_viz.training.stored import read_card, read_run

RECORD = {
    "arch": "residual18",
    "classes": ["n01440764", "n03394916"],
    "args": {"arch": "residual18", "schedule": "32x1,48x2", "lr": 0.1},
    "train_images": 16,
    "val_images": 6,
    "torch": "2",
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run's folder as the recipe leaves it."""
    folder = tmp_path / "run"
    folder.mkdir()
    safetensors.torch.save_file(build("resnet18", classes=2, seed=2).state_dict(), folder / "residual18.safetensors")
    (folder / "residual18.json").write_text(json.dumps(RECORD))
    return folder


@pytest.fixture
def file(run: Path, tmp_path: Path) -> Path:
    """The same weights, stored."""
    stored = tmp_path / "stored" / "resnet18-imagenette.safetensors"
    assert store.main([str(run), "-o", str(stored)]) == 0
    return stored


def test_stored_and_loaded(file: Path) -> None:
    loaded = weights.load("resnet18", file)
    assert loaded.info.labels == (IMAGENETTE[0], IMAGENETTE[5])
    assert loaded.info.transforms.size == 48
    assert loaded.info.top1 is None
    assert loaded.info.trained_on == "unknown", "two classes are not Imagenette"
    expected = build("resnet18", classes=2, seed=2)
    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        assert torch.allclose(loaded.model(image), expected(image), atol=0.1)
    assert load_file(file)["layer1.0.conv1.weight"].dtype == torch.int8
    assert file.stat().st_size < 0.28 * sum(v.nbytes for v in expected.state_dict().values())


def test_old_runs_of_pt_files_and_single_files(run: Path, tmp_path: Path) -> None:
    expected = read_run(run)
    assert read_run(run / "residual18.safetensors").record == expected.record
    torch.save(dict(expected.state), run / "residual18.pt")
    (run / "residual18.safetensors").unlink()
    for place in (run, run / "residual18.pt"):
        assert torch.equal(read_run(place).state["conv1.weight"], expected.state["conv1.weight"])


def test_places_that_are_no_run(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(place: Path) -> None:
        with pytest.raises(TrainingError, match="training_run"):
            read_run(place)

    refused(tmp_path)
    refused(tmp_path / "nowhere")
    (run / "residual18.json").write_text("{}")
    refused(run)
    (run / "residual18.json").write_text(json.dumps(RECORD | {"classes": ["a", "b", "c"]}))
    refused(run)
    (run / "residual18.json").write_text(json.dumps(RECORD | {"arch": "plain18"}))
    with pytest.raises(WeightsError, match="weights_keys"):
        read_run(run)
    (run / "residual18.json").unlink()
    refused(run)
    assert store.main([str(run), "-o", str(tmp_path / "x.safetensors")]) == 2
    assert not (tmp_path / "x.safetensors").exists()
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_measured_figures_are_those_of_the_models(file: Path, run: Path, images: Path) -> None:
    command = [str(file), "--run", str(run), "--data", str(images), "--sizes"]
    evaluate.main([*command, "48"])
    split = read_split(images, "val")
    expected = [
        score(build("resnet18", classes=2, seed=2), split, 48).top1,
        score(weights.load("resnet18", file).model, split, 48).top1,
    ]
    card = read_card(file)
    assert card.measured_on == 6
    assert [card.measurements[0].float32, card.measurements[0].stored] == [round(100 * e, 2) for e in expected]
    before = file.read_bytes()
    evaluate.main([*command, "32", "48"])
    assert [row.size for row in read_card(file).measurements] == [32, 48]
    assert file.read_bytes() == before, "measuring leaves the weights as they are"
    info = weights.resolve("resnet18", file)
    assert (info.top1, info.measured_at, info.measured_on) == (card.measurements[0].stored, 48, 6)
    text = (file.parent / "README.md").read_text()
    assert "tench (丁鱥), French horn (圆号)" in text
    assert f"| 48 px | {card.measurements[0].float32:.2f} % | {card.measurements[0].stored:.2f} % |" in text


def test_a_size_that_is_measured_is_not_measured_again(
    file: Path, run: Path, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split, found = read_split(images, "val"), read_run(run)
    card = evaluate.evaluate(file, found, split, (32,))
    monkeypatch.setattr(evaluate, "score", None)
    assert evaluate.evaluate(file, found, split, (32,)) == card


def test_a_loss_beyond_the_limit_fails(
    file: Path, run: Path, images: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = iter([0.801, 0.797, 0.801, 0.799])
    monkeypatch.setattr(evaluate, "score", lambda *_, **__: type("S", (), {"top1": next(scores)}))
    command = [str(file), "--run", str(run), "--data", str(images), "--sizes"]
    assert evaluate.main([*command, "32"]) == 1
    assert "0.40 points" in capsys.readouterr().out
    file.with_suffix(".measured.json").unlink()
    assert evaluate.main([*command, "32"]) == 0


def test_figures_of_something_else_are_refused(file: Path, run: Path, images: Path, tmp_path: Path) -> None:
    split, found = read_split(images, "val"), read_run(run)
    safetensors.torch.save_file(build("resnet18", classes=2, seed=9).state_dict(), run / "residual18.safetensors")
    with pytest.raises(TrainingError, match="training_other_run"):
        evaluate.evaluate(file, read_run(run), split, (32,))
    plain = tmp_path / "plain.safetensors"
    safetensors.torch.save_file(dict(found.state), plain)
    with pytest.raises(TrainingError, match="training_no_card"):
        evaluate.evaluate(plain, found, split, (32,))
    others = type(split)(split.images, split.targets, ("cat", "dog"))
    with pytest.raises(TrainingError, match="training_classes"):
        evaluate.evaluate(file, found, others, (32,))


def test_figures_of_other_bytes_do_not_count(file: Path, run: Path, images: Path) -> None:
    evaluate.evaluate(file, read_run(run), read_split(images, "val"), (32,))
    beside = file.with_suffix(".measured.json")
    found = json.loads(beside.read_text())
    assert len(read_card(file).measurements) == 1
    beside.write_text(json.dumps(found | {"sha256": "0" * 64}))
    assert read_card(file).measurements == ()
    for broken in ("", "[]", "{", json.dumps(found | {"measurements": [{"size": 32}]})):
        beside.write_text(broken)
        with pytest.raises(WeightsError, match="weights_card"):
            weights.resolve("resnet18", file)


def test_score_by_hand(images: Path) -> None:
    split = read_split(images, "val")
    model = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(3, 2, bias=False))
    with torch.no_grad():
        model[2].weight.copy_(torch.tensor([[1.0, 0, 0], [0, 1.0, 0]]))
    assert score(model, split, 32).top1 == 1.0
    with torch.no_grad():
        model[2].weight.zero_()
    half = score(model, split, 32)
    assert (half.top1, half.loss) == (0.5, pytest.approx(0.6931472))
