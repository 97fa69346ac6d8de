"""What is said of ImageNet weights, against torchvision itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torchvision
from torchvision.models import GoogLeNet_Weights, ResNet50_Weights

from resnet_viz.errors import WeightsError
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.networks.pretrained import (
    cache_file,
    enum_of,
    hash_prefix,
    imagenet_info,
    is_cached,
    recognise,
    versions,
)

PUBLISHED = [(name, version) for name in NETWORKS for version in versions(name)]


def test_versions() -> None:
    assert versions("resnet50") == ("imagenet-v1", "imagenet-v2")
    assert versions("resnet18") == ("imagenet-v1",)
    assert versions("vgg16") == ("imagenet-v1",)
    assert versions("plain50") == versions("resnet50-v1") == versions("lenet5") == ()


@pytest.mark.parametrize(("network", "version"), PUBLISHED)
def test_metadata(network: str, version: str, cache: Path) -> None:
    entry = enum_of(network, version)  # type: ignore[arg-type]
    assert entry in torchvision.models.get_model_weights(network)
    file = cache_file(network, version)  # type: ignore[arg-type]
    assert file == cache / entry.url.rsplit("/", 1)[1]
    # torchvision itself checks a download against these digits (check_hash of load_state_dict_from_url).
    assert hash_prefix(file) == torch.hub.HASH_REGEX.search(file.name).group(1)
    info = imagenet_info(network, version, "0")  # type: ignore[arg-type]
    assert [label.en for label in info.labels] == entry.meta["categories"]
    assert (info.top1, info.top5) == tuple(entry.meta["_metrics"]["ImageNet-1K"].values())
    assert info.origin == entry.url
    assert (info.transforms.size, info.transforms.resize) == (
        entry.transforms().crop_size[0],
        entry.transforms().resize_size[0],
    )


def test_accuracies_of_the_paper_table() -> None:
    info = imagenet_info("resnet50", "imagenet-v2", "0")
    assert (info.top1, info.top5, info.transforms.resize) == (80.858, 95.434, 232)
    assert imagenet_info("resnet50", "imagenet-v1", "0").top1 == 76.130


def test_googlenet_is_normalised_as_torchvision_does_inside_of_it() -> None:
    pixels = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    usual = GoogLeNet_Weights.IMAGENET1K_V1.transforms()
    model = torchvision.models.googlenet(aux_logits=False, init_weights=False, transform_input=True)
    normalised = (pixels - torch.tensor(usual.mean).view(3, 1, 1)) / torch.tensor(usual.std).view(3, 1, 1)
    expected = model._transform_input(normalised)
    transforms = imagenet_info("googlenet", "imagenet-v1", "0").transforms
    ours = (pixels - torch.tensor(transforms.mean).view(3, 1, 1)) / torch.tensor(transforms.std).view(3, 1, 1)
    assert torch.allclose(ours, expected, atol=1e-6)


def test_a_file_is_known_by_its_hash() -> None:
    assert recognise("11ad3fa6" + "0" * 56) == ("resnet50", "imagenet-v2")
    assert recognise("0676ba61" + "0" * 56) == ("resnet50", "imagenet-v1")
    assert recognise("0" * 64) is None


def test_a_damaged_file_is_not_cached(cache: Path) -> None:
    assert not is_cached("resnet50", "imagenet-v1")
    cache.mkdir(parents=True)
    (cache / ResNet50_Weights.IMAGENET1K_V1.url.rsplit("/", 1)[1]).write_bytes(b"half of it")
    assert not is_cached("resnet50", "imagenet-v1")


def test_a_version_that_does_not_exist() -> None:
    with pytest.raises(WeightsError) as caught:
        enum_of("resnet18", "imagenet-v2")
    assert caught.value.code == "weights_no_version"
