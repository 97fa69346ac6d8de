"""The class that is explained: chosen once for all views of a picture, and in the URL."""

from __future__ import annotations

from collections import Counter

from resnet_viz.analysis.answers import class_id, percent
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose, chosen
from resnet_viz.ui.state import t

CLASS_KEY = "class"
"""The choice's key, and its name in the URL."""
OTHER_KEY = "other_class"
NO_CLASS = "none"


def class_select(result: Result, key: str = CLASS_KEY) -> int:
    """Let the visitor choose one of the network's classes, the likeliest first; returns its index.

    Until one is chosen it is the network's answer. The URL holds the class's id, or its index where the weights name no
    classes; one that this network does not have is ignored.
    """
    ids, names = _offered(result)
    picked = choose(
        t("class_select.label"),
        tuple(ids),
        key=key,
        name=names.__getitem__,
        draw="select",
        in_url=True,
        help=t("class_select.help", count=len(ids)),
    )
    return ids[picked]


def other_class_select(result: Result, first: int) -> int | None:
    """Let the visitor choose a second class beside the first; None until then."""
    ids, names = _offered(result)
    offered = {id: index for id, index in ids.items() if index != first}
    picked = choose(
        t("class_select.other"),
        (NO_CLASS, *offered),
        key=OTHER_KEY,
        name=({NO_CLASS: t("class_select.none")} | names).__getitem__,
        draw="select",
        in_url=True,
    )
    return offered.get(picked)


def chosen_class(result: Result) -> int:
    """The class that the visitor chose, without asking for it: its index."""
    ids, _ = _offered(result)
    return ids[chosen(CLASS_KEY, tuple(ids))]


def _offered(result: Result) -> tuple[dict[str, int], dict[str, str]]:
    """Index and name of each class by its id, the likeliest first, with their probabilities; no two names are alike."""
    labels = result.loaded.info.labels
    best = {found.index: f" · {percent(found.probability, 1)} %" for found in result.predictions}
    order = [*best, *(index for index in range(len(labels)) if index not in best)]
    names = [class_name(label) for label in labels]
    uses = Counter(names)  # ImageNet has two cranes, and the box tells its options apart by what they are called
    ids = {class_id(labels[index], index): index for index in order}
    told = {
        id: names[index] + (f" ({index})" if uses[names[index]] > 1 else "") + best.get(index, "")
        for id, index in ids.items()
    }
    return ids, told
