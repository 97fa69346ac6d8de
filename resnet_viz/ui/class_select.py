"""The class that is explained: chosen once for all views of a picture, and in the URL."""

from __future__ import annotations

from collections import Counter

from resnet_viz.records import ClassLabel
from resnet_viz.ui.activations_answer import class_name, percent
from resnet_viz.ui.activations_run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.state import t

CLASS_KEY = "class"
"""The choice's key, and its name in the URL."""


def class_select(result: Result, key: str = CLASS_KEY, label: str | None = None, default: int | None = None) -> int:
    """Let the visitor choose one of the network's classes, the likeliest first; returns its index.

    Until one is chosen it is `default`, or the network's answer. The URL holds the class's id, or its index where the
    weights name no classes; one that this network does not have is ignored.
    """
    labels = result.loaded.info.labels
    best = [found.index for found in result.predictions]
    order = [*best, *(index for index in range(len(labels)) if index not in best)]
    ids = {class_id(labels[index], index): index for index in order}
    names = _names(result)
    first = order[0] if default is None else default
    chosen = choose(
        label or t("class_select.label"),
        tuple(ids),
        key=key,
        name=lambda id: names[ids[id]],
        draw="select",
        in_url=True,
        default=class_id(labels[first], first),
        help=t("class_select.help", count=len(labels)),
    )
    return ids[chosen]


def class_id(label: ClassLabel, index: int) -> str:
    """What the URL calls a class: `n02102040`, or its index where the weights only number it."""
    return str(index) if label.id == f"class {index}" else label.id


def _names(result: Result) -> list[str]:
    """What the box calls each class: the likeliest with their probabilities, and no two alike."""
    labels = result.loaded.info.labels
    names = [class_name(label) for label in labels]
    uses = Counter(names)  # ImageNet has two cranes, and the box tells its options apart by what they are called
    told = [f"{name} ({index})" if uses[name] > 1 else name for index, name in enumerate(names)]
    for found in result.predictions:
        told[found.index] += f" · {percent(found.probability, 1)} %"
    return told
