"""The start of every script that a view gives away: the same picture, transforms and weights in plain PyTorch.

What a view adds goes on from the names that `opening` leaves: `model`, `x` (1, C, H, W) and `logits` (classes,).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from resnet_viz.networks.catalog import spec
from resnet_viz.records import TransformSpec, WeightsInfo

BUNDLED = "assets/weights"
"""Folder of the bundled weights, from the project's own."""
NAMED = 20
"""So many classes are named in the script; torchvision knows the names of its own."""

_TORCHVISION = {"imagenet-v1": "IMAGENET1K_V1", "imagenet-v2": "IMAGENET1K_V2"}
_REPEATED = ("rotated", "first_frame", "cmyk", "alpha_on_white")
"""What the script does to a picture as well as the app."""


def opening(
    network: str,
    info: WeightsInfo,
    size: int,
    fit: Literal["crop", "squash"],
    image_name: str,
    *,
    notes: Sequence[str] = (),
) -> str:
    """Lines that load a picture and a network as they are here, run them, and print the five largest logits.

    `notes` are the codes of what decoding did to the picture. To be run in the project's folder, or with the paths
    changed. Networks that torchvision does not have come from this project's `networks.catalog`.
    """
    picture = _picture(network, info.transforms, size, fit, repr(image_name), notes=notes)
    return _joined([_imports(network, info), picture, _model(network, info), _answer(network, info)])


def opening_of_several(
    network: str, info: WeightsInfo, size: int, fit: Literal["crop", "squash"], *, notes: Sequence[str] = ()
) -> str:
    """The same for any picture: lines that leave `model`, `names`, and `load`, which makes an `x` of a file.

    `notes` are the codes of what decoding did to any of the pictures.
    """
    picture = _picture(network, info.transforms, size, fit, "file", notes=notes)
    load = ["def load(file):", *(f"    {line}" for line in picture), "    return x"]
    return _joined([_imports(network, info), load, [*_model(network, info), f"names = {_names(network, info)}"]])


def _from_torchvision(network: str, info: WeightsInfo) -> bool:
    """Whether torchvision builds it. Untrained starting values follow from this project's seed; its GoogLeNet differs."""
    published = info.source in _TORCHVISION
    return spec(network).tv_weights is not None and info.source != "none" and (published or network != "googlenet")


def _imports(network: str, info: WeightsInfo) -> list[str]:
    lines = ["import torch", "from PIL import Image, ImageOps"]
    lines += ["from safetensors.torch import load_file"] if _is_safetensors(info) else []
    lines += ["from torchvision import models"] if _from_torchvision(network, info) else []
    lines += ["from torchvision.transforms import InterpolationMode, functional as F"]
    if not _from_torchvision(network, info):
        lines += ["", _why_build(network, info), "from resnet_viz.networks.catalog import build"]
    return lines


def _why_build(network: str, info: WeightsInfo) -> str:
    if spec(network).tv_weights is None:
        return "# torchvision has no such network: this project builds it."
    return "# The same random starting values." if info.source == "none" else "# Without the heads used in training."


def _picture(
    network: str,
    transforms: TransformSpec,
    size: int,
    fit: Literal["crop", "squash"],
    file: str,
    *,
    notes: Sequence[str],
) -> list[str]:
    grey = spec(network).channels == 1
    lines = [f"image = ImageOps.exif_transpose(Image.open({file}))"]
    if "alpha_on_white" in notes:
        lines.append('cut_out = image.convert("RGBA")')
        lines.append('image = Image.new("RGB", cut_out.size, "white")')
        lines.append("image.paste(cut_out, mask=cut_out)")
    more = [note for note in notes if note not in _REPEATED]
    lines += [f"# The app has also done this to the picture, so numbers may differ: {', '.join(more)}."] if more else []
    lines.append('image = image.convert("RGB").convert("L")' if grey else 'image = image.convert("RGB")')
    how = f"InterpolationMode.{transforms.interpolation.upper()}"
    if fit == "squash":
        lines.append(f"image = F.resize(image, [{size}, {size}], {how})")
    else:
        margin = 1.0 if transforms.resize is None else transforms.resize / transforms.size
        lines.append(f"image = F.resize(image, [{max(size, round(size * margin))}], {how})")
        lines.append(f"image = F.center_crop(image, [{size}, {size}])")
    mean, std = (_for_channels(numbers, grey) for numbers in (transforms.mean, transforms.std))
    lines.append(f"x = F.normalize(F.to_tensor(image), {mean}, {std})[None]")
    return lines


def _model(network: str, info: WeightsInfo) -> list[str]:
    classes = len(info.labels)
    if info.source in _TORCHVISION:
        lines = [f'model = models.{network}(weights="{_TORCHVISION[info.source]}").eval()']
        # The pixels above are already what its `transform_input` would make of them.
        lines += ["model.transform_input = False"] if network == "googlenet" else []
    elif info.source == "none":
        lines = [f'model = build("{network}").eval()']
    else:
        built = (
            f"models.{network}(num_classes={classes})"
            if _from_torchvision(network, info)
            else f'build("{network}", classes={classes})'
        )
        lines = [*_state(info), f"model = {built}.eval()", "model.load_state_dict(state)"]
    return [
        *lines,
        "for module in model.modules():",
        '    if hasattr(module, "inplace"):',
        "        module.inplace = False  # so that nothing that is looked at is written over",
    ]


def _state(info: WeightsInfo) -> list[str]:
    file = f"{BUNDLED}/{info.origin}" if info.source == "bundled" else info.origin
    if not _is_safetensors(info):
        return [f'state = torch.load({file!r}, map_location="cpu", weights_only=True)']
    return [
        f"stored = load_file({file!r})",
        "# Weights in int8 have a scale for each output channel beside them.",
        "state = {key: value for key, value in stored.items() if not key.endswith('.scale')}",
        "for key, value in state.items():",
        "    if value.dtype == torch.int8:",
        "        scale = stored[key + '.scale'].view(-1, *[1] * (value.ndim - 1))",
        "        state[key] = value.float() * scale",
    ]


def _names(network: str, info: WeightsInfo) -> str:
    if len(info.labels) <= NAMED:
        return repr([label.en for label in info.labels])
    if info.source in _TORCHVISION:
        return f'models.{spec(network).tv_weights}["{_TORCHVISION[info.source]}"].meta["categories"]'
    return f"[f'class {{i}}' for i in range({len(info.labels)})]"


def _answer(network: str, info: WeightsInfo) -> list[str]:
    return [
        "with torch.no_grad():",
        "    logits = model(x)[0]",
        f"names = {_names(network, info)}",
        "for i in logits.topk(min(5, len(logits))).indices.tolist():",
        '    print(f"{names[i]}: logit {logits[i]:.7g}, probability {logits.double().softmax(0)[i]:.7g}")',
    ]


def _is_safetensors(info: WeightsInfo) -> bool:
    return info.source == "bundled" or (info.source == "file" and info.origin.endswith(".safetensors"))


def _joined(parts: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _for_channels(numbers: tuple[float, ...], grey: bool) -> list[float]:
    return [sum(numbers) / len(numbers)] if grey and len(numbers) != 1 else list(numbers)
