"""What students type, and whether it is right."""

import pytest

from resnet_viz.learn.question import Answer, Question, is_right, read


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("25557032", 25557032),
        (" 25,557,032 ", 25557032),
        ("25 557 032", 25557032),
        ("25.6 M", 25600000),
        ("4.1G", 4100000000),
        ("0.25", 0.25),
        ("-3", -3),
        ("1e3", 1000),
        ("many", None),
        ("", None),
        ("1 2", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: Answer | None) -> None:
    assert read("number", typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("256x56x56", (256, 56, 56)),
        ("256 × 56 × 56", (256, 56, 56)),
        ("(256, 56, 56)", (256, 56, 56)),
        ("[256 56 56]", (256, 56, 56)),
        ("（256，56，56）", (256, 56, 56)),
        ("256 by 56", None),
        ("", None),
    ],
)
def test_shapes_are_read_as_people_write_them(typed: str, value: Answer | None) -> None:
    assert read("shape", typed) == value


def test_a_number_may_be_off_by_its_tolerance_alone() -> None:
    question = Question("number", lambda: 200, tolerance=0.05)
    assert [is_right(question, given) for given in (189, 190, 200, 210, 211)] == [False, True, True, True, False]
    assert not is_right(Question("number", lambda: 200), 201)


def test_shapes_and_choices_are_right_or_not() -> None:
    assert is_right(Question("shape", lambda: (64, 56, 56)), (64, 56, 56))
    assert not is_right(Question("shape", lambda: (64, 56, 56)), (56, 56, 64))
    assert is_right(Question("choice", lambda: 1), 1)
    assert not is_right(Question("choice", lambda: 1), 0)
