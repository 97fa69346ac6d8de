"""Estimates of time: against what was measured, and as coarse as they are known."""

from __future__ import annotations

import pytest

from resnet_viz.training.lab.duration import LAYER_SECONDS, about, expected
from resnet_viz.training.lab.settings import KINDS, NORMS, WIDTHS, Settings, plan


@pytest.mark.parametrize(("depth", "seconds"), [(8, 1.9), (20, 5.0), (56, 15.0)])
def test_an_estimate_is_near_what_the_readme_says_was_measured(depth: int, seconds: float) -> None:
    assert expected(Settings("plain", depth)) == pytest.approx(seconds, rel=0.15)


def test_every_choice_has_an_estimate_and_more_costs_more() -> None:
    assert set(LAYER_SECONDS) == {(norm, width) for norm in NORMS for width in WIDTHS}
    for norm in NORMS:
        by_width = [expected(Settings("plain", width=width, norm=norm)) for width in WIDTHS]
        assert by_width == sorted(by_width)
    for width in WIDTHS:
        assert expected(Settings("plain", width=width, norm="none")) < expected(Settings("plain", width=width))
    assert expected(Settings("plain", epochs=24)) == pytest.approx(3 * expected(Settings("plain", epochs=8)))


@pytest.mark.parametrize(
    ("depths", "seeds", "common", "said"),
    [
        ([8], 1, Settings("plain", epochs=1), (10, "seconds")),  # 0.5 s
        ([8, 20], 1, Settings("plain"), (20, "seconds")),  # 13.4 s
        ([56], 2, Settings("plain"), (1, "minute")),  # 53.8 s
        ([8, 20, 56], 3, Settings("plain"), (2, "minutes")),  # 121 s
        ([44, 50, 56], 5, Settings("plain", width=32, epochs=24), (45, "minutes")),  # 2,700 s
    ],
)
def test_a_job_is_told_in_round_numbers(depths: list[int], seeds: int, common: Settings, said: tuple[int, str]) -> None:
    assert about(plan(KINDS, depths, seeds, common)) == said
