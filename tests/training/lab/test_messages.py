"""Lines between worker and server: what is written is what is read, numbers that are none included."""

import math

import pytest

from resnet_viz.training.lab.messages import (
    read_answer,
    read_pause,
    read_plan,
    write_pause,
    write_plan,
    write_reading,
    write_sign,
)
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.settings import Settings


def test_a_plan_arrives_as_it_was() -> None:
    runs = (Settings("plain", 8, lr=0.3), Settings("residual", 56, norm="none", seed=2))
    assert read_plan(write_plan(runs)) == runs
    with pytest.raises(ValueError, match="depth = 9"):
        read_plan('{"plan": [{"kind": "plain", "depth": 9}]}')


def test_readings_and_signs_arrive_as_they_were() -> None:
    for reading in (Step(3, 0.1, 2.5, 1e-9), Epoch(1, 11, 2.3, 0.1, 2.2, 0.2, 1.5)):
        line = write_reading(4, reading)
        assert "\n" not in line and read_answer(line) == (4, reading)
    assert read_answer(write_sign("halted")) == "halted" and read_answer(write_sign("done")) == "done"
    assert read_pause(write_pause(True)) and not read_pause(write_pause(False))


def test_a_loss_that_is_no_number_arrives() -> None:
    told = read_answer(write_reading(0, Step(1, math.nan, math.inf, 0.0)))
    assert isinstance(told, tuple) and isinstance(told[1], Step)
    assert math.isnan(told[1].loss) and math.isinf(told[1].grad_norm) and told[1].diverged
