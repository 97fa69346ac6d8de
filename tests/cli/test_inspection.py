"""`inspect`: the files that it writes, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PIL import Image

from resnet_viz.cli import main
from resnet_viz.networks.catalog import NETWORKS, build
from tests.cli.shell import refused


def test_inspect_writes_an_answer_and_a_heatmap_for_each_stage(photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    assert main(["inspect", str(photo), "--weights", "bundled", "-o", str(folder)]) == 0
    assert {file.name for file in folder.iterdir()} == {"predictions.json", *(f"stage{n}.png" for n in range(5))}
    answer = json.loads((folder / "predictions.json").read_text(encoding="utf-8"))
    probabilities = [prediction["probability"] for prediction in answer["predictions"]]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(prediction["label"] for prediction in answer["predictions"])
    # The same numbers by PyTorch's own softmax over the raw logits.
    expected = torch.tensor(answer["logits"]).softmax(0).sort(descending=True).values
    assert len(answer["logits"]) == 10
    torch.testing.assert_close(torch.tensor(probabilities), expected[: len(probabilities)])
    weights = answer["weights"]
    assert (weights["source"], weights["trained_on"], len(weights["digest"])) == ("bundled", "imagenette", 64)
    for number in range(5):
        with Image.open(folder / f"stage{number}.png") as picture:
            assert picture.format == "PNG"
            assert min(picture.size) >= 224


def test_inspect_draws_the_place_that_is_named(photo: Path, tmp_path: Path) -> None:
    place = "layer3.2.conv2"
    assert main(["inspect", str(photo), "--weights", "none", "--layer", place, "-o", str(tmp_path / "out")]) == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"predictions.json", f"{place}.png"}
    answer = json.loads((tmp_path / "out" / "predictions.json").read_text(encoding="utf-8"))
    assert answer["weights"]["trained_on"] == "nothing"


def test_inspect_takes_a_weights_file_with_another_head(photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "seven.pt"
    torch.save(build("resnet18", classes=7).state_dict(), file)
    words = ["inspect", str(photo), "--network", "resnet18", "--weights", str(file), "-o", str(tmp_path / "out")]
    assert main(words) == 0
    answer = json.loads((tmp_path / "out" / "predictions.json").read_text(encoding="utf-8"))
    assert len(answer["logits"]) == 7
    assert answer["weights"]["source"] == "file"


def test_weights_are_downloaded_only_when_asked_for(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def download(network: str, version: str, progress: Callable[[int, int], None], _cancelled: object) -> None:
        for done in range(0, 101):
            progress(done * 10**6, 100 * 10**6)
        asked.append((network, version))

    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    monkeypatch.setattr("resnet_viz.cli.fetching.download", download)
    words = ["inspect", str(photo), "--network", "resnet50", "--weights", "imagenet", "-o", str(tmp_path / "out")]
    assert "imagenet-v2" in refused(words, capsys)
    assert asked == []
    assert main([*words, "--download"]) == 2  # nothing was really fetched
    assert asked == [("resnet50", "imagenet-v2")]
    assert "100 MB: 70 %" in capsys.readouterr().err


@pytest.mark.parametrize(("network", "weights"), [("resnet50", "bundled"), ("resnet18", "none"), ("lenet5", "none")])
def test_the_size_is_that_of_the_app(network: str, weights: str, photo: Path, tmp_path: Path) -> None:
    """Whatever the weights were trained at: the same picture has one answer, in the app and in the shell."""
    words = ["inspect", str(photo), "--network", network, "--weights", weights, "--layer", "fc"]
    if network == "lenet5":
        words[-1] = "stage1"
    assert main([*words, "-o", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "predictions.json").read_text(encoding="utf-8"))
    assert report["size"] == NETWORKS[network].default_size


def test_weights_are_called_what_the_app_calls_them(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["inspect", str(photo), "--weights", "bundled", "--size", "32", "-o", str(tmp_path)]
    assert main(words) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == "resnet50 at 32 px; weights: bundled weights; Imagenette, 10 classes"
    assert last == "written: predictions.json, " + ", ".join(f"stage{n}.png" for n in range(5))
    assert main([*words, "--lang", "zh"]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == "resnet50，输入 32 像素；权重：附带的权重；Imagenette，10 类"
    assert last == "已写出：predictions.json、" + "、".join(f"stage{n}.png" for n in range(5))
