"""Settings: what is offered, and the order of a plan."""

import pytest

from resnet_viz.training.lab.settings import DEPTHS, KINDS, Settings, plan


def test_depths_are_six_n_plus_two() -> None:
    assert DEPTHS == (8, 14, 20, 26, 32, 38, 44, 50, 56)


@pytest.mark.parametrize(
    "wrong", [{"depth": 10}, {"width": 64}, {"lr": 3.0}, {"epochs": 0}, {"epochs": 1000}, {"seed": -1}, {"norm": "x"}]
)
def test_what_is_not_offered_is_named(wrong: dict[str, object]) -> None:
    name, value = next(iter(wrong.items()))
    with pytest.raises(ValueError, match=rf"{name} = {value}: one of .* is expected"):
        Settings("plain", **wrong)  # type: ignore[arg-type]


def test_a_plan_takes_the_first_seed_of_all_first() -> None:
    common = Settings("plain", width=8, epochs=2)
    runs = plan(KINDS, [20, 8], 2, common)
    assert [(run.seed, run.depth, run.kind) for run in runs] == [
        (0, 8, "residual"),
        (0, 8, "plain"),
        (0, 20, "residual"),
        (0, 20, "plain"),
        (1, 8, "residual"),
        (1, 8, "plain"),
        (1, 20, "residual"),
        (1, 20, "plain"),
    ]
    assert {(run.width, run.epochs) for run in runs} == {(8, 2)}
    assert len({run.unseeded for run in runs}) == 4
    assert [run.kind for run in plan(("plain",), [8], 1, common)] == ["plain"]
