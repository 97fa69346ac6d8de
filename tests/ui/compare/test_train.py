"""The view Train without a mouse: choices, a job from start to end, and sentences that follow from the numbers."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.training.lab.jobs import Job, Run
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.settings import KINDS, Kind, Norm, Settings, plan
from resnet_viz.training.lab.train import train
from resnet_viz.ui.cache import laboratory
from resnet_viz.ui.compare.train_names import mark_of, size, variant_of

WAIT = 120


def view() -> None:
    """What AppTest runs: the view alone, and what says the address."""
    from resnet_viz.ui.address import arrive
    from resnet_viz.ui.compare.train import lab

    arrive()
    lab()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    laboratory.clear()


def start(lang: str = "en", *jobs: Job, **wishes: str) -> AppTest:
    app = AppTest.from_function(view, default_timeout=WAIT)
    app.query_params["lang"] = lang
    app.session_state["train_jobs"] = jobs
    for name, value in wishes.items():
        app.query_params[f"train_{name}"] = value
    app.run()
    assert not app.exception
    return app


def small(lang: str = "en") -> AppTest:
    """A visit in which one small network is chosen."""
    return start(lang, which="plain", width="8", epochs="1", depths="8")


def said(app: AppTest) -> str:
    return "\n".join(str(found.value) for kind in ("markdown", "caption", "info", "warning") for found in app.get(kind))


def has(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def ended(kind: Kind, depth: int, loss: float, seed: int = 0) -> Job:
    job = Job("", [Settings(kind, depth, epochs=1, seed=seed)])
    add(job.runs[0], loss)
    job.state = "done"
    return job


def add(run: Run, loss: float) -> None:
    run.add(Step(1, loss, 2.0, 1.0))
    run.add(Epoch(1, 1, loss, 0.9, loss, 0.8, 2.5))


def test_a_visit_starts_with_both_kinds_at_two_depths() -> None:
    app = start()
    assert app.button(key="train_start").label == "Train 4 networks"
    assert "1,347 handwritten digits" in said(app) and "450 others" in said(app)
    assert "Nothing has been trained yet" in said(app)
    assert "About 20 seconds of computing" in said(app)
    assert not app.get("plotly_chart")


def test_choices_are_part_of_the_url() -> None:
    app = start("en", which="plain", depths="56-8", seeds="3", width="32", norm="none", lr="0.3", epochs="12")
    app.button(key="train_start").click().run()
    (job,) = app.session_state["train_jobs"]
    laboratory().cancel(job)
    made = {run.settings for run in job.runs}
    assert made == {*plan(("plain",), [8, 56], 3, Settings("plain", width=32, norm="none", lr=0.3, epochs=12))}
    app.pills(key="train_depths").set_value([56, 14]).run()
    app.slider(key="train_epochs").set_value(3.0).run()
    assert app.query_params["train_depths"] == "14-56" and app.query_params["train_epochs"] == "3"
    app.pills(key="train_depths").set_value([]).run()
    assert app.query_params["train_depths"] == "none" and app.button(key="train_start").disabled
    app.pills(key="train_depths").set_value([8, 20]).run()
    assert "train_depths" not in app.query_params


@pytest.mark.parametrize("depths", ["10", "8-x", "", "8--20"])
def test_depths_that_are_not_offered_are_not_taken_from_the_url(depths: str) -> None:
    app = start("en", depths=depths, epochs="99")
    assert app.pills(key="train_depths").value == [8, 20] and app.slider(key="train_epochs").value == 8


def test_depths_are_one_to_three() -> None:
    app = start()
    for depths in ([], [8, 14, 20, 26]):
        app.pills(key="train_depths").set_value(depths).run()
        assert app.button(key="train_start").disabled
        assert "Choose one to 3 depths" in said(app)
    app.pills(key="train_depths").set_value([8, 20, 56])
    app.segmented_control(key="train_seeds").set_value("3").run()
    assert app.button(key="train_start").label == "Train 18 networks"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_job_from_start_to_end(lang: str) -> None:
    app = small(lang)
    app.button(key="train_start").click().run()
    (job,) = app.session_state["train_jobs"]
    assert app.button(key="train_start").disabled and has(app, "train_cancel")
    assert [run.settings for run in job.runs] == [Settings("plain", 8, 8, epochs=1)]
    assert job.ended.wait(WAIT) and job.state == "done"
    app.run()
    assert not app.exception and not app.button(key="train_start").disabled
    assert len(app.get("plotly_chart")) == 4
    assert app.dataframe[0].value["loss"][0] == pytest.approx(job.runs[0].epochs[-1].train_loss)
    app.button(key="train_forget").click().run()
    assert not app.get("plotly_chart")


def test_pause_go_on_and_cancel() -> None:
    app = small()
    app.slider(key="train_epochs").set_value(24.0).run()
    app.button(key="train_start").click().run()
    (job,) = app.session_state["train_jobs"]
    ends = time.monotonic() + WAIT
    while not job.runs[0].steps and time.monotonic() < ends:
        time.sleep(0.01)
    app.run()
    app.button(key="train_pause").click().run()
    assert job.state == "paused" and "others have their turn" in said(app)
    app.button(key="train_go_on").click().run()
    assert job.state in {"waiting", "running"}
    app.button(key="train_cancel").click().run()
    assert job.state == "cancelled" and not has(app, "train_cancel")
    assert not app.button(key="train_start").disabled


def test_who_comes_second_is_told_the_place() -> None:
    first = laboratory().submit("another", [Settings("plain", 56, epochs=24)])
    app = small()
    app.button(key="train_start").click().run()
    assert "Your training waits" in said(app) and "Ahead of yours: 1." in said(app)
    assert "Nothing has been trained yet" not in said(app) and "The curves appear here" in said(app)
    assert "Reloading this one in the browser" in said(app)
    laboratory().cancel(first)


def test_degradation_is_told_from_the_numbers() -> None:
    jobs = [ended("plain", 8, 0.07), ended("plain", 56, 1.47), ended("residual", 8, 0.06), ended("residual", 56, 0.04)]
    text = said(start("en", *jobs))
    assert (
        "**More layers, worse:** plain, 56 layers ended at a training loss of **1.47**, 21.0 times the **0.07**" in text
    )
    assert "**More layers, no clear difference:** residual, 56 layers ended at a training loss of 0.04" in text
    assert "**With shortcuts better:** residual, 56 layers" in text and "36.8 times that" in text
    assert "rests on a single seed" in text


def test_the_opposite_would_be_told_too() -> None:
    jobs = [
        ended("plain", 8, 1.0, 0),
        ended("plain", 56, 0.1, 0),
        ended("residual", 8, 2.5),
        ended("residual", 56, 0.11),
    ]
    text = said(start("en", *jobs))
    assert "**More layers, better:** plain, 56 layers" in text
    assert "**With shortcuts worse:** residual, 8 layers" in text
    assert "**With shortcuts, no clear difference:** residual, 56 layers" in text
    assert "More layers, worse" not in text


def test_what_diverged_is_told() -> None:
    job = Job("", [Settings("residual", 8, epochs=1, seed=seed) for seed in range(2)])
    add(job.runs[0], 0.5)
    job.runs[1].add(Step(1, float("nan"), float("inf"), 0.0))
    job.state = "done"
    app = start("en", job)
    assert "1 of 2 runs ended early because the loss became infinite" in said(app)
    alone = Job("", [Settings("residual", 8, epochs=1)])
    alone.runs[0].add(Step(1, float("nan"), float("inf"), 0.0))
    alone.state = "done"
    assert "1 of 1 runs" in said(start("en", alone))


def alike(loss: float, *, norm: Norm = "batch", lr: float = 0.1, depth: int = 8) -> Job:
    """A job of twins that both end at this loss."""
    job = Job("", [Settings(kind, depth, norm=norm, lr=lr, epochs=1) for kind in KINDS])
    for run in job.runs:
        add(run, loss)
    job.state = "done"
    return job


@pytest.mark.parametrize(
    ("norm", "lr", "advice"),
    [
        ("none", 0.3, "Try a smaller learning rate, or batch norm."),
        ("none", 0.03, "Try batch norm, or more epochs."),
        ("batch", 0.3, "Try a smaller learning rate or more epochs."),
        ("batch", 0.01, "Try more epochs."),
    ],
)
def test_that_nothing_was_learned_is_told_instead_of_no_difference(norm: Norm, lr: float, advice: str) -> None:
    text = said(start("en", *(alike(2.31, norm=norm, lr=lr, depth=depth) for depth in (8, 20))))
    assert "**Next to nothing learned:** **residual, 8 layers**, **residual, 20 layers**, **plain, 8 layers**" in text
    assert "at a training loss of 2.31, hardly better than guessing or not at all (ln 10 = 2.30)" in text
    assert f"Nothing can be said of shortcuts or depth from that. {advice}" in text
    assert "no clear difference" not in text


def test_losses_of_what_learned_nothing_are_ordered_as_numbers() -> None:
    assert "at a training loss of 2.31 to 12.50" in said(start("en", alike(12.5), alike(2.31, depth=20)))


def test_one_that_learned_nothing_beside_others_that_did_gets_no_advice() -> None:
    text = said(start("en", ended("plain", 8, 0.1), ended("plain", 56, 2.3), ended("residual", 56, 0.1)))
    assert "**Next to nothing learned:** **plain, 56 layers** ended" in text
    assert "More layers, worse" in text and "With shortcuts better" in text and "Try " not in text


def test_batch_norms_statistics_are_spoken_of_where_there_is_batch_norm() -> None:
    assert "statistics are computed again" not in said(start("en", alike(1.0, norm="none")))
    assert "statistics are computed again" in said(start("en", alike(1.0, norm="none"), alike(1.0)))


def test_a_gradient_that_has_become_nothing_is_told() -> None:
    job = Job("", [Settings("plain", 8, epochs=1)])
    job.runs[0].add(Step(1, 2.3, 2.0, 0.0))
    job.runs[0].add(Epoch(1, 1, 2.3, 0.1, 2.3, 0.1, 2.5))
    text = said(start("en", job))
    assert text.count("the gradient of **plain, 8 layers** has become 0") == 1
    assert "Last point of plain, 8 layers: 0." in text


@pytest.mark.parametrize(("state", "words"), [("failed", "before its time"), ("abandoned", "paused for too long")])
def test_an_end_before_the_time_is_told(state: str, words: str) -> None:
    job = ended("plain", 8, 1.0)
    job.state = state  # type: ignore[assignment]
    app = start("en", job)
    assert words in said(app) + "\n".join(error.value for error in app.error)


def test_networks_are_told_apart_by_what_differs() -> None:
    job = Job("", [Settings("plain", 8, epochs=1, lr=lr) for lr in (0.1, 0.3)])
    for run in job.runs:
        add(run, 1.0)
    names = list(start("en", job).dataframe[0].value["name"])
    assert names == ["plain, 8 layers · rate 0.1", "plain, 8 layers · rate 0.3"]


def test_marks_say_no_more_than_what_tells_variants_apart() -> None:
    one, other = Settings("plain", 8), Settings("residual", 56, norm="none", lr=0.3)
    third = Settings("plain", 8, lr=0.3)
    assert marks(one) == ["8"]
    assert marks(one, other) == ["8 norm", "56 no norm"]  # the rate differs too, and need not be told
    assert marks(one, other, third) == ["8 norm rate 0.1", "56 no norm rate 0.3", "8 norm rate 0.3"]
    assert [variant_of(which, (one, other, third)) for which in (one, other, third)] == [0, 1, 2]
    assert variant_of(Settings("residual", 56), (one, other)) == 0


def marks(*among: Settings) -> list[str]:
    return [mark_of(one, among) for one in among]


def test_a_chart_and_the_table_say_the_same_of_the_end() -> None:
    job = Job("", [Settings("plain", 8, 8, epochs=2)])
    for reading in train(job.runs[0].settings):
        job.runs[0].add(reading)
    app = start("en", job)
    assert f"Last point of plain, 8 layers: {size(app.dataframe[0].value['loss'][0])}." in said(app)


def test_plots_name_the_networks_that_learned_most_and_least() -> None:
    text = said(start("en", ended("plain", 56, 1.47), ended("residual", 8, 0.06), ended("plain", 8, 0.3)))
    worst, best = "highest training loss, plain, 56 layers", "of the lowest, residual, 8 layers"
    assert f"{worst}: 1.47; {best}: 0.06." in text
    assert f"{worst}: 80.0 %; {best}: 80.0 %." in text
    assert "Last point of residual, 8 layers: 0.06." in said(start("en", ended("residual", 8, 0.06)))
