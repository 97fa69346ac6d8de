"""`inspect`: one image through a network, its answer as JSON and its way through the network as heatmaps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.blueprint import blueprint
from resnet_viz.cli.fetching import fetch
from resnet_viz.cli.streams import naming, write
from resnet_viz.errors import NetworkError
from resnet_viz.figures.overlays import alone, fold, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.forward.images import MAX_BYTES, decode, prepare
from resnet_viz.forward.run import Program, compile_program, forward, predictions, value
from resnet_viz.lang import Language, class_name, text
from resnet_viz.networks.catalog import check_size, spec
from resnet_viz.networks.weights import load
from resnet_viz.records import NETWORK, Activations, Blueprint, DecodedImage, Heatmap, Prediction, WeightsInfo

NAMED_WEIGHTS = {"auto", "bundled", "imagenet", "imagenet-v1", "imagenet-v2", "none"}
"""Any other word after `--weights` is a file; `./none` is one too."""

SMALLEST_PICTURE = 224
"""Least side of a heatmap's PNG in pixels: the maps of a 32 x 32 input are drawn larger than they are."""


@dataclass(frozen=True, slots=True)
class Request:
    """Through which network images go, and what is looked at in it."""

    network: str
    weights: str
    download: bool
    """Whether ImageNet weights may be fetched where torchvision's cache has none."""
    place: str
    """NETWORK for every stage."""
    size: int | None
    """Input side in pixels, None for the network's own."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A network with its weights, and the places to look at in it."""

    plan: Blueprint
    info: WeightsInfo
    program: Program
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What one image came to."""

    activations: Activations
    answers: tuple[Prediction, ...]
    maps: Mapping[str, Heatmap]


def inspect_image(request: Request, image: Path, folder: Path, language: Language) -> None:
    """Write `predictions.json` and a heatmap PNG for each stage, or for the one place, into `folder`.

    All is computed before anything is written. Raises NetworkError, WeightsError, ImageError and OSError.
    """
    check_request(request)
    picture = decode(read(image), image.name)
    ready = make_ready(request, language)
    look = look_at(ready, picture)
    save(ready, look, image, folder)
    tell_weights(ready, language)
    for answer in look.answers:
        tell_answer(answer, language)
    files = ("predictions.json", *(f"{place}.png" for place in look.maps))
    write(text(language, "cli.inspect.written_line", files=files) + "\n")


def check_request(request: Request) -> None:
    """Raises NetworkError for a network or size that does not exist: before anything takes time."""
    network = spec(request.network)
    if request.size is not None:
        check_size(network.name, request.size)


def make_ready(request: Request, language: Language) -> Ready:
    """Load what images go through. Raises NetworkError and WeightsError."""
    choice = request.weights if request.weights in NAMED_WEIGHTS else Path(request.weights)
    if request.download:
        fetch(request.network, request.weights, language)
    loaded = load(request.network, choice)
    plan = blueprint(request.network, request.size)
    places = _places(plan, request.place)
    return Ready(plan, loaded.info, compile_program(loaded.model, request.network), places)


def look_at(ready: Ready, picture: DecodedImage) -> Look:
    """Run a picture through the network."""
    program, plan = ready.program, ready.plan
    prepared = prepare(picture, ready.info.transforms, plan.size, "crop", plan.input_shape[0])
    activations = forward(program, prepared.tensor)
    maps = {place: reduce(value(program, activations, place), place, "mean") for place in ready.places}
    return Look(activations, predictions(activations, ready.info), maps)


def save(ready: Ready, look: Look, image: Path, folder: Path) -> None:
    """Write the heatmaps into a folder, and the answer last: where it is, all is."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, heatmap in look.maps.items():
        write_file(folder / f"{place}.png", _picture(heatmap, max(ready.plan.size, SMALLEST_PICTURE)))
    report = json.dumps({"image": str(image)} | _report(ready, look), indent=1, ensure_ascii=False) + "\n"
    # A file's name need not be Unicode; what is no letter becomes `\udcff`, which JSON reads as Python does.
    write_file(folder / "predictions.json", report.encode("utf-8", "backslashreplace"))


def read(file: Path) -> bytes:
    """The file's bytes, one more than `decode` takes at most: a device that never ends is refused too."""
    with naming(file), file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def write_file(file: Path, data: bytes) -> None:
    """Write a file. Raises OSError with its name."""
    with naming(file):
        file.write_bytes(data)


def tell_weights(ready: Ready, language: Language) -> None:
    """Say on standard output which network, size and weights answer."""
    info = ready.info
    source = text(language, f"activations.source.{info.source.replace('-', '_')}")
    trained_on = text(language, f"activations.trained_on.{info.trained_on}", classes=len(info.labels))
    values = {"network": info.network, "size": ready.plan.size, "source": source, "trained_on": trained_on}
    write(text(language, "cli.inspect.weights_line", **values) + "\n")


def tell_answer(answer: Prediction, language: Language, image: str = "") -> None:
    """Say one answer on standard output, with the name of its image where there are several."""
    label = class_name(language, answer.label)
    line = text(language, "cli.inspect.prediction_line", percent=100 * answer.probability, label=label)
    write(f"{line}  {image}".rstrip() + "\n")


def _places(plan: Blueprint, place: str) -> tuple[str, ...]:
    if place == NETWORK:
        return tuple(stage.name for stage in plan.stages)
    if place not in plan.places:
        raise NetworkError("unknown_place", place=place, network=plan.network)
    return (place,)


def _picture(heatmap: Heatmap, side: int) -> bytes:
    levels = to_uint8(heatmap, *limits([heatmap]))
    colours = colour_map(signed=heatmap.signed)
    if levels.shape[0] > 1 or levels.size == 1:
        return png(alone(levels, colours, side=side))
    grid = fold(colours[levels[0]])  # a vector: one line of a thousand cells would be one pixel high
    scale = -(-side // max(grid.size))
    return png(grid.resize((grid.width * scale, grid.height * scale), Image.Resampling.NEAREST))


def _report(ready: Ready, look: Look) -> dict[str, object]:
    """What `predictions.json` holds: the answer, the logits in the order of the classes, their provenance."""
    weights = {name: value for name, value in asdict(ready.info).items() if name != "labels"}
    return {
        "network": ready.plan.network,
        "size": ready.plan.size,
        "predictions": [
            {
                "label": answer.label.en,
                "probability": answer.probability,
                "id": answer.label.id,
                "label_zh": answer.label.zh,
                "index": answer.index,
                "logit": answer.logit,
            }
            for answer in look.answers
        ],
        "logits": look.activations.logits.tolist(),
        "classes": [label.en for label in ready.info.labels],
        "weights": weights,
        "heatmaps": [
            {"place": place, "file": f"{place}.png", "reduction": m.reduction, "low": m.low, "high": m.high}
            for place, m in look.maps.items()
        ],
    }
