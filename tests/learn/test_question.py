"""What is said to a student's answer: within a tolerance where there is one, and with what may be put right."""

import pytest

from resnet_viz.learn.question import Question, check


def test_a_number_may_be_off_by_its_tolerance_alone() -> None:
    question = Question("number", lambda: 200, tolerance=0.05)
    said = [check(question, typed) for typed in ("189", "190", "200", "210", "211", "many")]
    assert said == ["wrong", "right", "right", "right", "wrong", "unreadable"]
    assert check(Question("number", lambda: 200), "201") == "wrong"
    assert check(Question("number", lambda: 0.25, tolerance=0.01), "0.251") == "right"
    assert check(Question("number", lambda: 0.25), "0.251") == "wrong"


def test_a_number_without_a_tolerance_may_be_rounded() -> None:
    question = Question("number", lambda: 25_557_032)
    said = [check(question, typed) for typed in ("25,557,032", "25.6 M", "26 M", "51.1 M", "25,557,033")]
    assert said == ["right", "right", "coarse", "doubled", "wrong"]
    assert [check(Question("number", lambda: 104), typed) for typed in ("104", "100")] == ["right", "wrong"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("64x56x56", "right"),
        ("(64, 56, 56)", "right"),
        ("56x56x64", "channels_last"),
        ("64", "wrong"),
        ("", "unreadable"),
    ],
)
def test_a_shape_has_its_channels_first(typed: str, said: str) -> None:
    assert check(Question("shape", lambda: (64, 56, 56)), typed) == said


def test_a_choice_is_right_or_not() -> None:
    assert [check(Question("choice", lambda: 1), index) for index in (0, 1)] == ["wrong", "right"]
