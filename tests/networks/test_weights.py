"""Which weights a choice means, and that they are those."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from resnet_viz.errors import NetworkError, WeightsError
from resnet_viz.networks import card as cards
from resnet_viz.networks import weights
from resnet_viz.networks.card import Card, Measurement
from resnet_viz.networks.catalog import NETWORKS, build
from resnet_viz.networks.quantize import quantize
from resnet_viz.networks.weights import choices, is_cached, load, resolve
from resnet_viz.records import ClassLabel, TransformSpec

CARD = Card(
    network="resnet18",
    trained_on="imagenette",
    labels=tuple(ClassLabel(f"n{i}", f"thing {i}", f"东西 {i}") for i in range(4)),
    transforms=TransformSpec(None, 160, (0.5,) * 3, (0.25,) * 3),
    storage="int8",
    licence="MIT",
    data="",
    measured_on=100,
    measurements=(Measurement(128, 80.0, 79.9), Measurement(160, 81.0, 81.1)),
)


def stored(card: Card = CARD, network: str = "resnet18", seed: int = 0) -> bytes:
    state = quantize(build(network, classes=4, seed=seed).state_dict())
    return safetensors.torch.save(state, {cards.KEY: cards.to_json(card)})


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bundled weights of ResNet-18 in a folder of their own."""
    folder = tmp_path / "bundled"
    folder.mkdir()
    monkeypatch.setattr(weights, "BUNDLED", folder)
    (folder / "resnet18-imagenette.safetensors").write_bytes(stored())
    return folder


def put(cache: Path, content: bytes) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    weights.cache_file("resnet18", "imagenet-v1").write_bytes(content)


def test_auto_takes_the_cache_then_the_bundled_then_none(cache: Path, published: bytes, bundled: Path) -> None:
    assert resolve("resnet34", "auto").source == "none"
    assert resolve("resnet18", "auto").source == "bundled"
    put(cache, published[:-100])
    assert resolve("resnet18", "auto").source == "bundled", "a damaged file in the cache does not count"
    put(cache, published)
    assert resolve("resnet18", "auto").source == "imagenet-v1"


def test_choices(cache: Path, bundled: Path) -> None:
    assert choices("resnet18") == ("imagenet-v1", "bundled", "none")
    assert choices("resnet50") == ("imagenet-v2", "imagenet-v1", "none")
    assert choices("plain50") == ("none",)


def test_imagenet_from_the_cache(cache: Path, published: bytes) -> None:
    with pytest.raises(WeightsError, match="weights_not_cached"):
        resolve("resnet18", "imagenet")
    put(cache, published)
    assert is_cached("resnet18", "imagenet-v1")
    loaded = load("resnet18", "imagenet")
    assert loaded.info == resolve("resnet18", "imagenet-v1")
    assert loaded.info.labels[1].en == "goldfish"
    assert (loaded.info.trained_on, loaded.info.top1) == ("imagenet", 69.758)
    assert torch.equal(loaded.model.conv1.weight, build("resnet18", seed=5).conv1.weight)


def test_a_published_file_is_known_whoever_brings_it(cache: Path, published: bytes) -> None:
    info = resolve("resnet18", published, name="download (3).pth")
    assert (info.source, info.trained_on, info.origin) == ("file", "imagenet", "download (3).pth")
    assert info.labels[0].en == "tench"
    with pytest.raises(WeightsError) as caught:
        resolve("resnet34", published, name="download (3).pth")
    assert caught.value.values["belongs"] == "resnet18"


def test_bundled(bundled: Path) -> None:
    loaded = load("resnet18", "bundled")
    info = loaded.info
    assert (info.source, info.trained_on, info.licence) == ("bundled", "imagenette", "MIT")
    assert info.labels == CARD.labels
    assert (info.top1, info.measured_at, info.measured_on) == (81.1, 160, 100)
    assert info.accuracies == ((128, 79.9), (160, 81.1))
    assert info.transforms == CARD.transforms
    expected = build("resnet18", classes=4, seed=0)
    assert torch.allclose(loaded.model.conv1.weight, expected.conv1.weight, atol=1e-3)
    assert torch.equal(loaded.model.fc.bias, expected.fc.bias)


@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_file_without_a_card_has_numbered_classes(as_bytes: bool, tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    safetensors.torch.save_file(build("plain18", classes=3, seed=1).state_dict(), file)
    loaded = load("plain18", file.read_bytes() if as_bytes else file, name="mine.safetensors")
    assert [label.id for label in loaded.info.labels] == ["class 0", "class 1", "class 2"]
    assert (loaded.info.source, loaded.info.trained_on, loaded.info.top1) == ("file", "unknown", None)
    assert loaded.info.origin == "mine.safetensors"
    with torch.inference_mode():
        assert loaded.model(torch.zeros(1, 3, 64, 64)).shape == (1, 3)


def test_bytes_and_path_have_one_digest(tmp_path: Path) -> None:
    file = tmp_path / "a.safetensors"
    file.write_bytes(stored())
    assert resolve("resnet18", file).digest == resolve("resnet18", file.read_bytes()).digest
    before = resolve("resnet18", file).digest
    file.write_bytes(stored(seed=1))
    assert resolve("resnet18", file).digest != before


def test_weights_belong_to_a_network_by_name() -> None:
    """v1 and v1.5 have the same keys and shapes: one loads into the other without an error, and answers nonsense."""
    content = stored(replace(CARD, network="resnet50"), "resnet50")
    assert resolve("resnet50", content).network == "resnet50"
    with pytest.raises(WeightsError) as caught:
        resolve("resnet50-v1", content, name="mine")
    assert (caught.value.code, caught.value.values) == (
        "weights_other_network",
        {"file": "mine", "network": "resnet50-v1", "belongs": "resnet50"},
    )


def test_accuracy_is_that_of_the_nearest_size_that_was_measured() -> None:
    info = resolve("resnet18", stored(replace(CARD, measurements=CARD.measurements[:1])))
    assert (info.top1, info.measured_at) == (79.9, 128)
    info = resolve("resnet18", stored(replace(CARD, measurements=())))
    assert (info.top1, info.measured_at, info.measured_on) == (None, None, None)


def test_a_card_that_names_another_number_of_classes() -> None:
    with pytest.raises(WeightsError, match="weights_card"):
        resolve("resnet18", stored(replace(CARD, labels=CARD.labels[:3])))


def test_untrained_is_the_same_for_everyone() -> None:
    one, other = load("resnet18", "none"), load("resnet18", "none")
    assert one.info == other.info == resolve("resnet18", "none")
    assert torch.equal(one.model.fc.weight, other.model.fc.weight)
    assert (one.info.trained_on, one.info.top1, len(one.info.labels)) == ("nothing", None, 1000)
    assert len(resolve("lenet5", "none").labels) == 10


def test_untrained_digests_are_different() -> None:
    assert len({resolve(network, "none").digest for network in NETWORKS}) == len(NETWORKS)


def test_nothing_trains_and_nothing_is_in_place(bundled: Path) -> None:
    for choice in ("bundled", "none"):
        modules = list(load("resnet18", choice).model.modules())
        assert not any(module.training for module in modules)
        assert not any(getattr(module, "inplace", False) for module in modules)


@pytest.mark.parametrize(
    ("network", "choice", "code"),
    [
        ("resnet18", "pretrained", "weights_unknown"),
        ("resnet18", "imagenet-v2", "weights_no_version"),
        ("resnet18", "imagenet-v1", "weights_not_cached"),
        ("plain50", "imagenet", "weights_no_version"),
        ("vgg16", "bundled", "weights_not_bundled"),
        ("resnet18", b"", "weights_unreadable"),
        ("resnet18", Path("/nowhere/at/all.pt"), "weights_no_file"),
        ("resnet18", Path("/"), "weights_no_file"),
    ],
)
def test_what_does_not_exist(cache: Path, network: str, choice: str | bytes | Path, code: str) -> None:
    for ask in (resolve, load):
        with pytest.raises(WeightsError) as caught:
            ask(network, choice)
        assert caught.value.code == code


def test_a_network_that_does_not_exist() -> None:
    with pytest.raises(NetworkError):
        resolve("resnet51", "auto")
