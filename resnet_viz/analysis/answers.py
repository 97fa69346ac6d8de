"""The answers to several pictures as one table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from resnet_viz.records import Prediction


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
