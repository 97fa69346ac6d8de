"""What a script prints, against what the app computes for the same picture and weights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import safetensors.torch
import torch
from PIL import Image

from resnet_viz.analysis.scripts import opening
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward, predictions
from resnet_viz.networks import weights
from resnet_viz.networks.catalog import build, spec
from resnet_viz.networks.pretrained import cache_file, imagenet_info
from resnet_viz.networks.quantize import quantize
from resnet_viz.records import WeightsInfo

ROOT = Path(__file__).parents[2]
CAT = "assets/samples/cat.jpg"


@pytest.fixture(autouse=True)
def in_the_projects_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "hub"))


def printed(script: str, capsys) -> list[tuple[str, float, float]]:
    exec(compile(script, "script", "exec"), {"__name__": "script"})
    lines = re.findall(r"^(.+): logit (\S+), probability (\S+)$", capsys.readouterr().out, re.MULTILINE)
    return [(name, float(logit), float(probability)) for name, logit, probability in lines]


def check(network, model, info: WeightsInfo, capsys, size=64, fit="crop", image=CAT) -> None:
    decoded = decode(Path(image).read_bytes(), "picture")
    x = prepare(decoded, info.transforms, size, fit, channels=spec(network).channels).tensor
    expected = predictions(forward(compile_program(model, network), x), info)
    found = printed(opening(network, info, size, fit, image, notes=decoded.notes), capsys)
    assert len(found) == len(expected)
    for (name, logit, probability), row in zip(found, expected, strict=True):
        assert name == row.label.en
        assert logit == pytest.approx(row.logit, rel=1e-5, abs=1e-6)
        assert probability == pytest.approx(row.probability, rel=1e-5)


def test_bundled_weights(capsys):
    loaded = weights.load("resnet50", "bundled")
    check("resnet50", loaded.model, loaded.info, capsys)


@pytest.mark.parametrize("network", ["resnet18", "plain18", "lenet5"])
def test_untrained_weights(network, capsys):
    loaded = weights.load(network, "none")
    check(network, loaded.model, loaded.info, capsys, size=32)


@pytest.mark.parametrize("network", ["resnet18", "plain18", "googlenet"])
def test_a_visitors_state_dict(network, tmp_path, capsys):
    file = tmp_path / "it's mine.pt"
    torch.save(build(network, classes=6, seed=3).state_dict(), file)
    loaded = weights.load(network, file, name=str(file))
    check(network, loaded.model, loaded.info, capsys)


def test_a_visitors_safetensors_in_int8(tmp_path, capsys):
    file = tmp_path / "mine.safetensors"
    safetensors.torch.save_file(quantize(build("plain18", classes=30, seed=3).state_dict()), file)
    loaded = weights.load("plain18", file, name=str(file))
    check("plain18", loaded.model, loaded.info, capsys)


@pytest.mark.parametrize("network", ["resnet18", "googlenet"])
def test_published_weights_in_torchvisions_cache(network, capsys):
    model = build(network, seed=3)
    file = cache_file(network, "imagenet-v1")
    file.parent.mkdir(parents=True, exist_ok=True)
    state = model.state_dict()
    if network == "googlenet":  # torchvision loads the heads of training, and lets them go
        from torchvision.models import GoogLeNet

        state |= {k: v for k, v in GoogLeNet(init_weights=False).state_dict().items() if k.startswith("aux")}
    torch.save(state, file)
    check(network, model, imagenet_info(network, "imagenet-v1", "no digest"), capsys)


def test_a_picture_that_is_squashed_turned_and_partly_clear(tmp_path, capsys):
    picture = Image.open(CAT).convert("RGBA").crop((0, 0, 300, 120))
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    exif = Image.Exif()
    exif[0x0112] = 6
    file = tmp_path / "clear.png"
    picture.save(file, exif=exif)
    loaded = weights.load("resnet18", "none")
    check("resnet18", loaded.model, loaded.info, capsys, fit="squash", image=str(file))


def test_what_a_script_cannot_repeat_is_said():
    info = weights.resolve("resnet18", "none")
    assert "shrunk" in opening("resnet18", info, 64, "crop", CAT, notes=("rotated", "shrunk"))
    assert "shrunk" not in opening("resnet18", info, 64, "crop", CAT, notes=("rotated",))
