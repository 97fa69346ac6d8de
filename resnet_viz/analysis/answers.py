"""How an answer is to be read, no surer than it may be; and the answers to several pictures as one table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Literal

from resnet_viz.records import ClassLabel, Prediction, WeightsInfo

SURE_OF_FEW = 0.7
"""With the bundled weights: of 200 validation images, answers above it were right 93 times in 100, below it 54."""

CLEAR_LEAD = 2.0
"""With many classes: how many times the second class's probability the best one has before it counts as an answer."""

Verdict = Literal["untrained", "any_sure", "any_unsure", "few_sure", "few_unsure", "few_outside"]


def is_sure(info: WeightsInfo, found: Sequence[Prediction]) -> bool:
    """Whether the best class stands out enough to be called the network's answer."""
    best = found[0].probability
    if info.trained_on == "imagenette":
        return best >= SURE_OF_FEW
    return len(found) == 1 or best >= CLEAR_LEAD * found[1].probability


def verdict(info: WeightsInfo, found: Sequence[Prediction], *, sample: bool) -> Verdict:
    """What may be said of an answer, best class first; `sample` where the picture is one of the project's own."""
    if info.trained_on == "nothing":
        return "untrained"
    sure = is_sure(info, found)
    if info.trained_on != "imagenette":
        return "any_sure" if sure else "any_unsure"
    if sample:
        return "few_outside"  # none of the samples shows one of Imagenette's classes
    return "few_sure" if sure else "few_unsure"


def class_id(label: ClassLabel, index: int) -> str:
    """What URLs and the shell call a class: `n02102040`, or its index where the weights only number it."""
    return str(index) if label.id == f"class {index}" else label.id


def class_index(labels: Sequence[ClassLabel], asked: str) -> int | None:
    """The class that an id, an index or a name in either language means, the first of equals; None for none of them."""
    if asked in map(str, range(len(labels))):
        return int(asked)
    word = asked.casefold()
    known = ({label.id.casefold(), label.en.casefold(), (label.zh or label.id).casefold()} for label in labels)
    return next((index for index, names in enumerate(known) if word in names), None)


def percent(probability: float, digits: int) -> str:
    """A probability in percent, rounded but never up to certainty: 0.9996 is `> 99.9` with one digit."""
    written = f"{100 * probability:.{digits}f}"
    return written if float(written) < 100 else f"> {100 - 10**-digits:.{digits}f}"


def answers_csv(found: Sequence[tuple[str, Sequence[Prediction]]]) -> str:
    """A row for each (picture's name, its answers, best first): name, class, id, probability and logit of each answer.

    As many answers a row as the longest has; every digit is kept.
    """
    most = max((len(answers) for _, answers in found), default=0)
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = ("class", "class_zh", "id", "probability", "logit")
    writer.writerow(["image", *(f"{column}_{rank}" for rank in range(1, most + 1) for column in columns)])
    for name, answers in found:
        row: list[object] = [name]
        for answer in answers:
            label = answer.label
            row += [label.en, label.zh or "", label.id, answer.probability, answer.logit]
        writer.writerow(row)
    return file.getvalue()
