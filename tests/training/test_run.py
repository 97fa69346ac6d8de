"""The recipe from end to end on a tiny folder, and stopped in the middle."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

from resnet_viz.networks import weights
from resnet_viz.training.__main__ import main
from resnet_viz.training.data import TrainingError, read_split, training_batches
from resnet_viz.training.loop import Precision, Settings, Trainee
from resnet_viz.training.models import build, channels_last
from resnet_viz.training.run import Files, train

SETTINGS = Settings("residual18", schedule="32x1,40x1", lr=0.05, batch=16, seed=1, precision="float32")
"""In float32, which every processor has: many compute bfloat16 in software, ten times as long."""


@pytest.fixture(scope="module")
def finished(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole run, for tests that only look at it or work on a copy."""
    folder = tmp_path_factory.mktemp("whole")
    trained(images, folder)
    return folder


def quiet(_row: Mapping[str, object]) -> None:
    return


def trained(images: Path, folder: Path, settings: Settings = SETTINGS) -> dict[str, torch.Tensor]:
    return load_file(train(settings, read_split(images, "train"), read_split(images, "val"), folder, tell=quiet))


def test_what_a_run_leaves(finished: Path) -> None:
    file = Files(finished, "residual18").weights
    assert sorted(f.name for f in finished.iterdir()) == [
        "residual18.json",
        "residual18.resume.pt",
        "residual18.safetensors",
    ]
    record = json.loads((finished / "residual18.json").read_text())
    assert record["args"] == {
        "arch": "residual18",
        "schedule": "32x1,40x1",
        "lr": 0.05,
        "batch": 16,
        "seed": 1,
        "precision": "float32",
    }
    assert (record["train_images"], record["val_images"], record["side_of_files"]) == (16, 6, 32)
    assert [row["size"] for row in record["rows"]] == [32, 40]
    assert set(record["rows"][0]) == {
        *("epoch", "size", "lr", "train_loss", "train_top1", "grad_norm", "val_loss", "val_top1", "seconds")
    }
    info = weights.resolve("resnet18", file)
    assert [label.en for label in info.labels] == ["tench", "French horn"]
    assert info.transforms.size == 40
    assert weights.load("resnet18", file).model.fc.out_features == 2


def test_resumed_is_the_same_as_uninterrupted(images: Path, finished: Path, tmp_path: Path) -> None:
    whole = load_file(Files(finished, "residual18").weights)

    told: list[Mapping[str, object]] = []

    def stop_in_the_second(_done: int, _total: int) -> None:
        if told:
            raise KeyboardInterrupt

    splits = read_split(images, "train"), read_split(images, "val")
    with pytest.raises(KeyboardInterrupt):
        train(SETTINGS, *splits, tmp_path / "stopped", tell=told.append, progress=stop_in_the_second)
    kept = json.loads((tmp_path / "stopped" / "residual18.json").read_text())
    assert [row["epoch"] for row in kept["rows"]] == [1]
    resumed = trained(images, tmp_path / "stopped")
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_a_finished_run_is_not_trained_again(images: Path, finished: Path, tmp_path: Path) -> None:
    first = load_file(Files(finished, "residual18").weights)
    folder = tmp_path / "copy"
    shutil.copytree(finished, folder)
    told: list[Mapping[str, object]] = []
    train(SETTINGS, read_split(images, "train"), read_split(images, "val"), folder, tell=told.append)
    again = load_file(Files(folder, "residual18").weights)
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert [set(row) for row in told] == [{"final"}]
    assert (folder / "residual18.json").read_text() == (finished / "residual18.json").read_text()


def test_the_resume_file_is_the_one_of_the_recipe(finished: Path) -> None:
    kept = torch.load(finished / "residual18.resume.pt", weights_only=True)
    assert set(kept) == {"model", "mean_model", "opt", "epoch", "step", "rows"}
    assert (kept["epoch"], kept["step"]) == (2, 2)
    assert [row["epoch"] for row in json.loads(kept["rows"])] == [1, 2]
    stored = load_file(finished / "residual18.safetensors")
    assert all(torch.equal(stored[name], value) for name, value in kept["mean_model"].items())


def test_other_arguments_do_not_resume(images: Path, finished: Path, tmp_path: Path) -> None:
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    other = replace(SETTINGS, schedule="32x2")
    with pytest.raises(TrainingError, match="training_resume"):
        trained(images, tmp_path, other)
    (tmp_path / "residual18.resume.pt").write_bytes(b"cut off")
    with pytest.raises(TrainingError, match="training_resume"):
        trained(images, tmp_path)


def test_two_epochs_against_the_recipe_written_out(images: Path, tmp_path: Path) -> None:
    """Two epochs of one step, with the arithmetic in the order of the recipe and nothing of the project's loop."""
    model, mean = (channels_last(build("plain18", 0, 2)) for _ in range(2))
    decay = [p for p in model.parameters() if p.ndim > 1]
    rest = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": decay, "weight_decay": 5e-4}, {"params": rest, "weight_decay": 0.0}]
    optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True, foreach=True)
    split = read_split(images, "train")
    step = 0
    for epoch in range(2):
        model.train()
        for x, y in training_batches(split, 32, 16, epoch):
            done = step / 2
            for group in optimizer.param_groups:
                group["lr"] = 0.1 * (done / 0.2 if done < 0.2 else 0.5 * (1 + math.cos(math.pi * (done - 0.2) / 0.8)))
            logits = model(x.to(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits, y, label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step += 1
            for kept, value in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
                if kept.is_floating_point():
                    kept.lerp_(value, 1 - min(0.998, (1 + step) / (10 + step)))
    found = trained(images, tmp_path, replace(SETTINGS, arch="plain18", schedule="32x2", lr=0.1, seed=0))
    for name, value in mean.state_dict().items():
        if value.is_floating_point():
            assert torch.allclose(found[name], value, rtol=1e-4, atol=1e-5), name


@pytest.mark.parametrize("precision", ["bfloat16", "float32"])
def test_the_precision_is_that_of_the_passes_alone(precision: Precision) -> None:
    trainee = Trainee(replace(SETTINGS, precision=precision), 2, steps=1)
    logits, *_ = trainee.learn(torch.randn(2, 3, 32, 32), torch.tensor([0, 1]))
    assert logits.dtype == getattr(torch, precision)
    assert all(parameter.dtype == torch.float32 for parameter in trainee.model.parameters())


def test_the_rate_rises_for_a_fifth_and_falls_to_zero() -> None:
    trainee = Trainee(Settings("residual18", schedule="32x10", lr=0.2), 2, steps=10)
    rates = []
    for trainee.step in range(101):
        rates.append(trainee.rate())
    assert rates[0] == 0 and rates[10] == pytest.approx(0.1) and rates[20] == pytest.approx(0.2)
    assert max(rates) == rates[20]
    assert rates[60] == pytest.approx(0.1) and rates[100] == pytest.approx(0)


@pytest.mark.parametrize("schedule", ["", "96", "96x", "x3", "96x2;128x3", "ax2", "96x0", "16x2", "96x2x2"])
def test_schedules_that_are_none(schedule: str) -> None:
    with pytest.raises(TrainingError, match="training_schedule"):
        assert Settings("residual18", schedule=schedule).sizes


def test_too_few_images(images: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="training_few_images"):
        trained(images, tmp_path, replace(SETTINGS, schedule="32x1", batch=64))


def test_the_command(images: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--arch", "plain18", "--schedule", "32x1", "--batch", "16", "--precision", "float32"]
    assert main(["--data", str(images), *words, "--out", str(tmp_path)]) == 0
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()[:2]]
    assert rows[0]["epoch"] == 1 and set(rows[1]) == {"final"}
    assert said.out.splitlines()[-1] == f"weights: {Files(tmp_path, 'plain18').weights}"
    assert "steps of this epoch: 1 / 1" in said.err


def test_the_command_names_what_is_wrong(images: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--arch", "plain18", "--out", str(tmp_path)]
    assert main(["--data", str(tmp_path / "nothing"), *words]) == 2
    assert main(["--data", str(images), *words, "--schedule", "soon"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "nothing/train" in lines[0] and "soon" in lines[1]
    with pytest.raises(SystemExit):
        main(["--data", str(images), "--out", str(tmp_path), "--arch", "resnet50"])
    with pytest.raises(SystemExit):
        main(words)
    assert list(tmp_path.iterdir()) == []
