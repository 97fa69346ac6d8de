"""Answers as students write them."""

from __future__ import annotations

import pytest

from resnet_viz.learn.typed import Verdict, judge, read_number, read_shape
from resnet_viz.records import Shape


@pytest.mark.parametrize(
    "typed",
    [
        "64x56x56",
        "64 × 56 × 56",
        "64*56*56",
        "64,56,56",
        "64, 56, 56",
        "64，56，56",
        "64 56 56",
        "(64, 56, 56)",
        "[64,56,56]",
        "（64、56、56）",
        "torch.Size([64, 56, 56])",
        "torch.Size([1, 64, 56, 56])",
        "(1, 64, 56, 56)",
        "６４x５６x５６",
        " 64X56X56 ",
    ],
)
def test_a_shape_in_many_ways(typed: str) -> None:
    assert read_shape(typed) == (64, 56, 56)
    assert judge((64, 56, 56), typed) == "right"


@pytest.mark.parametrize(("typed", "shape"), [("1000", (1000,)), ("(1000,)", (1000,)), ("2048x1x1", (2048, 1, 1))])
def test_shapes_of_other_lengths(typed: str, shape: Shape) -> None:
    assert read_shape(typed) == shape


@pytest.mark.parametrize("typed", ["", "x", "64x", "64.5x56x56", "C x H x W", "-64x56x56", "64x56x56 px"])
def test_what_is_no_shape(typed: str) -> None:
    assert (read_shape(typed) is None) == (typed != "64x"), "a sign at the end, as in (1000,), says nothing"


@pytest.mark.parametrize(
    "typed",
    [
        "2359296",
        "2,359,296",
        "2 359 296",
        "2\u202f359\u202f296",
        "2.359.296",
        "2'359'296",
        "2_359_296",
        "2，359，296",
        "2.359296e6",
        "2.36M",
        "2.36 M",
        "2.36 million",
        "2.35M",
        "2.36e6",
        "2.36 x 10^6",
        "2.36 × 10^6",
        "2.36*10**6",
        "2360000",
        "2,360,000",
        "2359k",
        "235.9万",
        "2359296 parameters",
        "2.36 M params",
    ],
)
def test_a_number_in_many_ways(typed: str) -> None:
    assert judge(2_359_296, typed) == "right"


@pytest.mark.parametrize(
    ("answer", "typed", "verdict"),
    [
        (2_359_296, "2.4M", "coarse"),
        (2_359_296, "2M", "coarse"),
        (2_359_296, "2.37M", "wrong"),
        (2_359_296, "2.38M", "wrong"),
        (2_359_296, "2,359,297", "wrong"),
        (2_359_296, "2,359,300", "right"),
        (36_864, "36,992", "wrong"),  # with biases that the convolution does not have
        (36_864, "36.9k", "right"),
        (427, "427 px", "right"),
        (427, "427像素", "right"),
        (427, "428", "wrong"),
        (427, "430", "coarse"),
        (90, "90", "right"),
        (1000, "1000", "right"),
        (1000, "1K", "right"),
        (231_211_008, "462M", "doubled"),
        (231_211_008, "462,422,016", "doubled"),
        (4_089_184_256, "4.09 GMACs", "right"),
        (4_089_184_256, "40.9亿", "right"),
        (427, "", "unreadable"),
        (427, "about 427", "unreadable"),
        (427, "-427", "unreadable"),
        (427, "4,27", "unreadable"),
        (427, "1e999999999", "unreadable"),
        ((64, 56, 56), "56x56x64", "channels_last"),
        ((64, 56, 56), "64x56", "wrong"),
        ((56, 56, 56), "56x56x56", "right"),
        ((64, 56, 56), "sixty-four", "unreadable"),
    ],
)
def test_what_is_said_of_an_answer(answer: int | Shape, typed: str, verdict: Verdict) -> None:
    assert judge(answer, typed) == verdict


def test_digits_of_a_rounded_number() -> None:
    found = read_number("0.0360 G")
    assert found is not None
    assert (found.value, found.digits, found.last) == (36_000_000, 3, 100_000)
