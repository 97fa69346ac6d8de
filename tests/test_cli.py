"""The command line: what it writes, and what it says about what a user got wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from resnet_viz.cli import main
from resnet_viz.networks.catalog import build

ROOT = Path(__file__).parents[1]
KEYS = ("name", "kind", "stage", "block", "output_shape", "params", "macs", "receptive_field")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.png"
    Image.effect_mandelbrot((160, 120), (-2, -1.5, 1, 1.5), 50).convert("RGB").save(file)
    return file


def shell(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell runs it."""
    return subprocess.run(
        [sys.executable, "-m", "resnet_viz", *words],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def refused(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a refused command leaves on stderr."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("resnet_viz: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    return err


def layers(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["layers", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_json_is_a_list_of_operations(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["resnet50", "--format", "json"], capsys))
    assert all(set(row) >= set(KEYS) for row in rows)
    assert sum(row["params"] for row in rows) == 25_557_032
    assert sum(row["macs"] for row in rows) == 4_089_184_256
    assert rows[0] | {"inputs": None} == rows[0] | {
        "name": "conv1",
        "kind": "conv",
        "stage": 0,
        "block": None,
        "output_shape": [64, 112, 112],
        "params": 9_408,
        "macs": 118_013_952,  # 7 x 7 x 3 x 64 x 112 x 112
        "receptive_field": 7,
        "inputs": None,
    }
    by_name = {row["name"]: row for row in rows}
    assert by_name["layer3.2.conv2"]["block"] == "layer3.2"
    assert by_name["layer1.0.add"]["kind"] == "add"
    assert set(by_name["layer1.0.add"]["inputs"]) == {"layer1.0.bn3", "layer1.0.downsample.1"}
    assert by_name["fc"]["stage"] is None
    assert by_name["fc"]["output_shape"] == [1000]


def test_size_changes_the_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["resnet50", "--size", "352", "--format", "json"], capsys))
    assert rows[0]["output_shape"] == [64, 176, 176]
    assert next(row for row in rows if row["name"] == "layer4.2.relu_2")["output_shape"] == [2048, 11, 11]


def test_csv_holds_what_json_holds(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers(["googlenet", "--format", "json"], capsys))
    table = list(csv.DictReader(StringIO(layers(["googlenet", "--format", "csv"], capsys))))
    assert [tuple(line) for line in table] == [KEYS] * len(rows)
    for line, row in zip(table, rows, strict=True):
        shape = "x".join(map(str, row["output_shape"]))
        expected = {key: "" if row[key] is None else str(row[key]) for key in KEYS} | {"output_shape": shape}
        assert line == expected


def test_the_table_ends_with_totals(capsys: pytest.CaptureFixture[str]) -> None:
    lines = layers(["lenet5"], capsys).splitlines()
    header, rule, *rows, _, last = lines
    assert header.split() == list(KEYS)
    assert set(rule) == {"-", " "}
    assert len(rows) == int(last.split()[1])
    assert "61706" in last.split()


@pytest.mark.parametrize("network", ["resnet18", "resnet50-v1", "plain34", "vgg19", "alexnet", "googlenet", "lenet5"])
def test_each_kind_of_network_is_listed(network: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(layers([network, "--format", "json"], capsys))
    assert sum(row["params"] for row in rows) == sum(p.numel() for p in build(network, device="meta").parameters())


@pytest.mark.parametrize(("suffix", "start"), [(".svg", b"<?xml"), (".png", b"\x89PNG\r\n"), (".pdf", b"%PDF-")])
def test_a_diagram_is_what_its_name_says(suffix: str, start: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"figure{suffix}"
    assert main(["diagram", "resnet50", "--view", "layer2.0", "-o", str(file)]) == 0
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("view", "texts"),
    [("overview", ["INPUT", "2048"]), ("stage1", ["BTNK1", "BTNK2"]), ("layer2.0", ["CONV 1x1", "512"])],
)
def test_the_view_decides_what_is_drawn(view: str, texts: list[str], tmp_path: Path) -> None:
    file = tmp_path / "figure.svg"
    assert main(["diagram", "resnet50", "--view", view, "-o", str(file)]) == 0
    drawn = file.read_text(encoding="utf-8")
    assert all(text in drawn for text in texts)


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


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "layers|diagram|inspect"),
        (["draw"], "draw"),
        (["layers"], "NETWORK"),
        (["layers", "resnet51"], "resnet51"),
        (["layers", "resnet50", "--size", "31"], "31"),
        (["layers", "resnet50", "--size", "1025"], "1025"),
        (["layers", "resnet50", "--size", "large"], "large"),
        (["layers", "alexnet", "--size", "62"], "62"),
        (["layers", "resnet50", "--format", "yaml"], "yaml"),
        (["layers", "resnet50", "--colour"], "--colour"),
        (["diagram", "resnet50"], "-o"),
        (["diagram", "resnet50", "-o", "figure.gif"], "figure.gif"),
        (["diagram", "resnet50", "-o", "figure"], "figure"),
        (["diagram", "resnet50", "--view", "stage9", "-o", "figure.svg"], "stage9"),
        (["diagram", "resnet50", "--view", "conv1", "-o", "figure.svg"], "A view is"),
        (["diagram", "resnet50", "-o", "/no/such/folder/figure.svg"], "/no/such/folder/figure.svg"),
        (["inspect", "nowhere.jpg", "-o", "out"], "nowhere.jpg"),
        (["inspect", "/", "-o", "out"], "/"),
        (["inspect", "PHOTO", "--network", "resnet51", "-o", "out"], "resnet51"),
        (["inspect", "PHOTO", "--layer", "layer9", "-o", "out"], "layer9"),
        (["inspect", "PHOTO", "--layer", "fc", "--size", "8", "-o", "out"], "8"),
        (["inspect", "PHOTO", "--weights", "nowhere.pt", "-o", "out"], "nowhere.pt"),
        (["inspect", "PHOTO", "--weights", "PHOTO", "-o", "out"], "photo.png"),
        (["inspect", "PHOTO", "--network", "vgg16", "--weights", "bundled", "-o", "out"], "vgg16"),
        (["inspect", "PHOTO", "--weights", "none", "-o", "PHOTO"], "photo.png"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    words: list[str], named: str, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert named in refused([str(photo) if word == "PHOTO" else word for word in words], capsys)
    assert {file.name for file in tmp_path.iterdir()} == {"photo.png"}


@pytest.mark.parametrize(
    "data", [b"", b"no image at all", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"<svg/>"]
)
def test_a_bad_image_is_one_line(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.jpg"
    file.write_bytes(data)
    refused(["inspect", str(file), "--weights", "none", "-o", str(tmp_path / "out")], capsys)
    assert not (tmp_path / "out").exists()


def test_chinese_is_spoken_when_asked_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    english = refused(["layers", "resnet51"], capsys)
    chinese = refused(["layers", "resnet51", "--lang", "zh"], capsys)
    assert not any("一" <= letter <= "鿿" for letter in english)
    assert any("一" <= letter <= "鿿" for letter in chinese)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert refused(["layers", "resnet51"], capsys) == chinese
    assert refused(["layers", "resnet51", "--lang=en"], capsys) == english


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "--help"]) == 0
    assert "predictions.json" in capsys.readouterr().out


def test_in_a_real_shell(tmp_path: Path) -> None:
    done = shell("layers", "lenet5", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(row["params"] for row in json.loads(done.stdout)) == 61_706
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n then nothing")
    for words in (["layers", "resnet51"], ["inspect", str(bad), "-o", str(tmp_path / "out")], []):
        failed = shell(*words)
        assert failed.returncode == 2
        assert failed.stdout == ""
        assert failed.stderr.count("\n") == 1
        assert "Traceback" not in failed.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m resnet_viz layers resnet152 --format json | head -c 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout, done.stderr) == ("[", "")
