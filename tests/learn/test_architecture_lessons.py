"""Answers and numbers of the lessons on the network, its stages, their cost and code, against arithmetic by hand."""

import pytest

from resnet_viz.learn.forgotten import without_projection
from resnet_viz.learn.numbers import value
from resnet_viz.learn.questions_architecture import QUESTIONS, true_of_resnet50


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("network-101", 1 + 3 * (3 + 4 + 23 + 3) + 4),
        ("stem-300", (64, 75, 75)),
        ("stages-360", (1024, 23, 23)),
        ("cost-weights", 512 * 128 + 9 * 128 * 128 + 128 * 512),
        ("code-forgotten", 2),
        ("myths-true", 2),
    ],
)
def test_answers(question: str, answer: object) -> None:
    assert QUESTIONS[question].answer() == answer


def test_one_sentence_alone_is_true() -> None:
    assert true_of_resnet50().count(True) == 1


def test_pytorch_says_what_does_not_fit() -> None:
    found = without_projection()
    assert found.outcome == "addition"
    assert "28" in found.message and "56" in found.message


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("resnet50.main_path", 49),
        ("resnet50.stage_blocks", "3 + 4 + 6 + 3"),
        ("resnet50.conv1.kernel", 7),
        ("resnet50.maxpool.padding", 1),
        ("resnet50.flops_short", "8.18 G"),
        ("pair3x3.macs_short", f"{18 * 256 * 256 * 56 * 56 / 1e9:.2f} G"),
        ("pair3x3.channels", 62),
        ("versions.macs", 231211008),
        ("costs.layer2_1_weights", "65,536 + 147,456 + 65,536"),
        ("resnet50.layer1.0.conv2.field", 1 + (7 - 1) * 1 + (3 - 1) * 2 + (3 - 1) * 4),
        ("code.strides", "((1, 1), (2, 2))"),
    ],
)
def test_numbers(key: str, number: object) -> None:
    assert value(key) == number
