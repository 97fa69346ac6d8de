"""How an answer is read, and what its classes are called."""

import pytest

from resnet_viz.analysis.answers import class_id, class_index, percent
from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.networks.provenance import numbered


@pytest.mark.parametrize(
    ("probability", "digits", "text"),
    [
        (0.298, 0, "30"),
        (0.9949, 1, "99.5"),
        (0.9996, 1, "> 99.9"),
        (1.0, 1, "> 99.9"),
        (0.999, 0, "> 99"),
        (0, 1, "0.0"),
    ],
)
def test_a_probability_is_never_rounded_up_to_certainty(probability: float, digits: int, text: str) -> None:
    assert percent(probability, digits) == text


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("n02102040", 1),
        ("1", 1),
        ("English springer", 1),
        ("CHAIN SAW", 3),
        ("教堂", 4),
        ("10", None),
        ("-1", None),
        ("", None),
    ],
)
def test_a_class_has_an_id_an_index_and_names(asked: str, index: int | None) -> None:
    assert class_index(IMAGENETTE, asked) == index


def test_what_a_class_is_called_finds_it_again() -> None:
    for labels in (IMAGENETTE, numbered(12)):
        assert [class_index(labels, class_id(label, n)) for n, label in enumerate(labels)] == [*range(len(labels))]
