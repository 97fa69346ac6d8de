"""What the network gets, against torchvision's own transforms."""

import pytest
import torch
from PIL import Image
from torchvision.models import AlexNet_Weights, ResNet50_Weights
from torchvision.transforms import v2

from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.records import TransformSpec

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
V1 = TransformSpec(256, 224, MEAN, STD)
V2 = TransformSpec(232, 224, MEAN, STD)
NO_MARGIN = TransformSpec(None, 160, MEAN, STD)


def photo(name: str = "cat") -> Image.Image:
    (found,) = [sample for sample in samples() if sample.name == name]
    return decode(found.path.read_bytes()).image


def grey_of(image: Image.Image) -> torch.Tensor:
    return v2.functional.pil_to_tensor(image).float() / 255


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
@pytest.mark.parametrize(
    ("spec", "weights"),
    [(V1, ResNet50_Weights.IMAGENET1K_V1), (V2, ResNet50_Weights.IMAGENET1K_V2), (V1, AlexNet_Weights.IMAGENET1K_V1)],
)
def test_bit_by_bit_what_torchvision_gives(name, spec, weights) -> None:
    found = prepare(photo(name), spec, 224, "crop")
    assert torch.equal(found.tensor[0], weights.transforms()(photo(name)))
    assert found.tensor.dtype == torch.float32 and found.tensor.shape == (1, 3, 224, 224)


@pytest.mark.parametrize("size", [32, 160, 224, 352, 1024])
@pytest.mark.parametrize("fit", ["crop", "squash"])
def test_what_is_seen_is_what_the_network_gets(size, fit) -> None:
    found = prepare(photo(), NO_MARGIN, size, fit)
    assert (found.seen.size, found.fit) == ((size, size), fit)
    back = found.tensor[0] * torch.tensor(STD)[:, None, None] + torch.tensor(MEAN)[:, None, None]
    assert torch.allclose(back * 255, v2.functional.pil_to_tensor(found.seen).float(), atol=1e-3)


def test_without_a_margin_the_shorter_side_is_seen_whole() -> None:
    image = Image.new("RGB", (300, 100))
    image.paste("red", (100, 0, 200, 100))
    seen = prepare(image, NO_MARGIN, 64).seen
    assert seen.crop((1, 0, 63, 64)).getcolors() == [(62 * 64, (255, 0, 0))]
    assert all(red > 200 for red, _, _ in (seen.getpixel((0, 9)), seen.getpixel((63, 9))))


def test_the_margin_grows_with_the_size() -> None:
    at_twice = prepare(photo(), V1, 448).seen
    assert prepare(photo().resize((902, 600), Image.Resampling.BICUBIC), V1, 448).seen.size == at_twice.size
    expected = v2.functional.center_crop(v2.functional.resize(photo(), [512]), [448, 448])
    assert at_twice.tobytes() == expected.tobytes()


def test_squash_keeps_all_of_the_picture() -> None:
    image = Image.new("RGB", (90, 30), "blue")
    image.paste("lime", (0, 0, 45, 30))
    seen = prepare(image, V1, 32, "squash").seen
    assert seen.getpixel((0, 16)) == (0, 255, 0)
    assert seen.getpixel((31, 16)) == (0, 0, 255)


def test_one_channel_is_grey_with_the_average_of_the_colours() -> None:
    found = prepare(photo(), V1, 32, channels=1)
    assert found.tensor.shape == (1, 1, 32, 32)
    assert found.seen.mode == "L"
    assert torch.allclose(found.tensor[0], (grey_of(found.seen) - sum(MEAN) / 3) / (sum(STD) / 3), atol=1e-6)
    own = prepare(photo(), TransformSpec(32, 32, (0.1307,), (0.3081,)), 32, channels=1)
    assert torch.allclose(own.tensor[0], (grey_of(own.seen) - 0.1307) / 0.3081, atol=1e-5)


@pytest.mark.parametrize("size", [(60_000, 10), (10, 60_000), (1, 1), (1, 5000), (3, 2)])
@pytest.mark.parametrize("fit", ["crop", "squash"])
def test_any_proportions_give_a_square(size, fit) -> None:
    found = prepare(Image.new("RGB", size, "teal"), V1, 1024, fit)
    assert found.tensor.shape == (1, 3, 1024, 1024)
    assert found.seen.getcolors() == [(1024 * 1024, (0, 128, 128))]


def test_a_long_picture_shows_its_middle() -> None:
    image = Image.new("RGB", (4001, 20), "white")
    image.paste("black", (1990, 0, 2011, 20))
    seen = prepare(image, NO_MARGIN, 60).seen
    assert seen.getpixel((30, 30)) == (0, 0, 0)
    assert seen.crop((1, 0, 59, 60)).getcolors() == [(58 * 60, (0, 0, 0))]
