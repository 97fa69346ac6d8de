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
from resnet_viz.forward.run import compile_program, forward, predictions, value
from resnet_viz.lang import Language, class_name, text
from resnet_viz.networks.catalog import check_size, spec
from resnet_viz.networks.weights import load
from resnet_viz.records import NETWORK, Activations, Blueprint, Heatmap, Prediction, WeightsInfo

NAMED_WEIGHTS = {"auto", "bundled", "imagenet", "imagenet-v1", "imagenet-v2", "none"}
"""Any other word after `--weights` is a file; `./none` is one too."""

SMALLEST_PICTURE = 224
"""Least side of a heatmap's PNG in pixels: the maps of a 32 x 32 input are drawn larger than they are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to look at: an image, through which network, and where in it."""

    image: Path
    network: str
    weights: str
    download: bool
    """Whether ImageNet weights may be fetched where torchvision's cache has none."""
    place: str
    """NETWORK for every stage."""
    size: int | None
    """Input side in pixels, None for the network's own."""


@dataclass(frozen=True, slots=True)
class _Result:
    plan: Blueprint
    info: WeightsInfo
    activations: Activations
    answers: tuple[Prediction, ...]
    maps: Mapping[str, Heatmap]


def inspect_image(request: Request, folder: Path, language: Language) -> None:
    """Write `predictions.json` and a heatmap PNG for each stage, or for the one place, into `folder`.

    All is computed before anything is written. Raises NetworkError, WeightsError, ImageError and OSError.
    """
    result = _look(request, language)
    folder.mkdir(parents=True, exist_ok=True)
    for place, heatmap in result.maps.items():
        _write(folder / f"{place}.png", _picture(heatmap, max(result.plan.size, SMALLEST_PICTURE)))
    report = json.dumps({"image": str(request.image)} | _report(result), indent=1, ensure_ascii=False) + "\n"
    # A file's name need not be Unicode; what is no letter becomes `\udcff`, which JSON reads as Python does.
    _write(folder / "predictions.json", report.encode("utf-8", "backslashreplace"))
    _tell(result, language)


def _look(request: Request, language: Language) -> _Result:
    network = spec(request.network)
    if request.size is not None:
        check_size(network.name, request.size)
    picture = decode(_read(request.image), request.image.name)
    choice = request.weights if request.weights in NAMED_WEIGHTS else Path(request.weights)
    if request.download:
        fetch(network.name, request.weights, language)
    loaded = load(network.name, choice)
    plan = blueprint(network.name, request.size)
    places = _places(plan, request.place)
    prepared = prepare(picture, loaded.info.transforms, plan.size, "crop", network.channels)
    program = compile_program(loaded.model, network.name)
    activations = forward(program, prepared.tensor)
    maps = {place: reduce(value(program, activations, place), place, "mean") for place in places}
    return _Result(plan, loaded.info, activations, predictions(activations, loaded.info), maps)


def _read(file: Path) -> bytes:
    """The file's bytes, one more than `decode` takes at most: a device that never ends is refused too."""
    with naming(file), file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _write(file: Path, data: bytes) -> None:
    with naming(file):
        file.write_bytes(data)


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


def _report(result: _Result) -> dict[str, object]:
    """What `predictions.json` holds: the answer, the logits in the order of the classes, their provenance."""
    weights = {name: value for name, value in asdict(result.info).items() if name != "labels"}
    return {
        "network": result.plan.network,
        "size": result.plan.size,
        "predictions": [
            {
                "label": answer.label.en,
                "probability": answer.probability,
                "id": answer.label.id,
                "label_zh": answer.label.zh,
                "index": answer.index,
                "logit": answer.logit,
            }
            for answer in result.answers
        ],
        "logits": result.activations.logits.tolist(),
        "classes": [label.en for label in result.info.labels],
        "weights": weights,
        "heatmaps": [
            {"place": place, "file": f"{place}.png", "reduction": m.reduction, "low": m.low, "high": m.high}
            for place, m in result.maps.items()
        ],
    }


def _tell(result: _Result, language: Language) -> None:
    def say(key: str, **values: object) -> None:
        write(text(language, f"cli.inspect.{key}", **values) + "\n")

    info = result.info
    source = text(language, f"activations.source.{info.source.replace('-', '_')}")
    trained_on = text(language, f"activations.trained_on.{info.trained_on}", classes=len(info.labels))
    say("weights_line", network=info.network, size=result.plan.size, source=source, trained_on=trained_on)
    for answer in result.answers:
        say("prediction_line", percent=100 * answer.probability, label=class_name(language, answer.label))
    say("written_line", files=("predictions.json", *(f"{place}.png" for place in result.maps)))
