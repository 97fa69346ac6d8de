"""How the activations page words an answer."""

import pytest

from resnet_viz.ui.activations.answer import percent


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
