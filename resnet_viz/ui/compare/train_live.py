"""What the lab's runs do while they go on: curves, the table of what they came to, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.numbers import percent
from resnet_viz.figures.training_curves import TrainingCurve, training_chart
from resnet_viz.training.lab.curves import Band, over_epochs, over_steps
from resnet_viz.training.lab.digits import CLASSES
from resnet_viz.training.lab.jobs import Run
from resnet_viz.training.lab.outcome import GUESS, Outcome, as_csv, grouped, outcomes
from resnet_viz.training.lab.settings import CLIP, DEPTHS, Settings
from resnet_viz.ui.compare.train_job import forget, job_state, jobs, runs
from resnet_viz.ui.compare.train_names import mark_of, name_of, size, variant_of
from resnet_viz.ui.compare.train_words import extremes, findings, limits, vanished
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

POLL = 1.0
"""Seconds between two looks at a job that goes on."""


def live(poll: bool, *, brief: bool = False) -> None:
    """Draw the last job's state and all curves, again and again while `poll`; `brief`ly the loss, and what came out."""
    st.fragment(_draw, run_every=POLL if poll else None)(poll, brief)


def _draw(poll: bool, brief: bool) -> None:
    last = jobs()[-1] if jobs() else None
    if poll and last is not None and not last.living:
        st.rerun()  # the whole view, whose Start button is free again
    if last is not None:
        job_state(last)
    found = runs()
    if not found:
        coming = last is not None and last.living
        st.info(t("train.soon" if coming else "train.nothing_yet"), icon=":material/show_chart:")
        return
    _charts(found, brief)
    came_to = outcomes(found)
    if came_to:
        st.subheader(t("train.result.title"), anchor=False)
        st.markdown("\n".join(f"- {finding}" for finding in findings(came_to)))
        st.caption(prose(limits(came_to)))
    if brief:
        return
    if came_to:
        _table(came_to)
    _downloads(found)


def _charts(found: Sequence[Run], brief: bool) -> None:
    """Training loss first, then accuracy and gradient norms, each with what to look at and what it is at the last point."""
    groups = grouped(found)
    epochs = max(settings.epochs for settings in groups)
    loss = {settings: over_steps(group, lambda step: step.loss) for settings, group in groups.items()}
    _chart("loss", loss, epochs, guess=GUESS, height=400)
    st.caption(prose([t("train.loss.look", guess=f"{GUESS:.2f}"), extremes(loss, loss, size)]))
    if brief:
        return
    with st.grid(3, min_column_width=300):
        with st.container():
            accuracy = {
                settings: over_epochs(group, lambda epoch: epoch.val_top1) for settings, group in groups.items()
            }
            _chart("accuracy", accuracy, epochs, share=True, guess=1 / CLASSES)
            again = [t("train.accuracy.statistics")] if any(one.norm == "batch" for one in groups) else []
            at_end = extremes(loss, accuracy, lambda share: percent(share, 1))
            st.caption(prose([t("train.accuracy.look"), *again, t("train.accuracy.dotted"), at_end]))
        with st.container():
            norm = {settings: over_steps(group, lambda step: step.grad_norm) for settings, group in groups.items()}
            _chart("gradient", norm, epochs)
            st.caption(prose([t("train.gradient.look", clip=CLIP), extremes(loss, norm, size), *vanished(norm)]))
        with st.container():
            first = {settings: over_steps(group, lambda step: step.first_norm) for settings, group in groups.items()}
            _chart("first", first, epochs)
            st.caption(prose([t("train.first.look"), extremes(loss, first, size), *vanished(first)]))


def _chart(
    key: str,
    bands: Mapping[Settings, Band],
    epochs: int,
    *,
    share: bool = False,
    guess: float | None = None,
    height: int = 270,
) -> None:
    title = t(f"train.{key}.title")
    figure = training_chart(
        [_curve(settings, band, bands, in_full=key == "loss") for settings, band in bands.items()],
        title=title,
        x_title=t("train.epoch"),
        scale="share" if share else "log",
        epochs=epochs,
        guess=guess,
        height=height,
        legend=key == "loss",
    )
    st.plotly_chart(figure, key=f"train_{key}", config={"displayModeBar": False}, alt=title)


def _curve(settings: Settings, band: Band, among: Mapping[Settings, Band], *, in_full: bool) -> TrainingCurve:
    """A network's curve, marked by its depth, and `in_full` by what else differs; its symbol says that in any case."""
    return TrainingCurve(
        name=name_of(settings, list(among)),
        kind=settings.kind,
        mark=mark_of(settings, list(among)) if in_full else str(settings.depth),
        depth=(settings.depth - DEPTHS[0]) / (DEPTHS[-1] - DEPTHS[0]),
        epochs=band.epochs,
        mean=band.mean,
        low=band.low,
        high=band.high,
        variant=variant_of(settings, list(among)),
    )


def _table(came_to: Sequence[Outcome]) -> None:
    settings = [outcome.settings for outcome in came_to]
    learned = [outcome if outcome.last else None for outcome in came_to]
    frame = pd.DataFrame(
        {
            "name": [name_of(one, settings) for one in settings],
            "seeds": [outcome.seeds for outcome in came_to],
            "loss": [one and one.train_loss for one in learned],
            "low": [one and one.low for one in learned],
            "high": [one and one.high for one in learned],
            "train": [one and 100 * one.train_top1 for one in learned],
            "validation": [one and 100 * one.val_top1 for one in learned],
            "seconds": [one and one.seconds for one in learned],
        }
    )
    number = st.column_config.NumberColumn
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        alt=t("train.result.title"),
        column_config={
            "name": st.column_config.TextColumn(t("train.result.network"), pinned=True),
            "seeds": number(t("train.result.runs")),
            "loss": number(t("train.result.loss"), format="%.3f"),
            "low": number(t("train.result.low"), format="%.3f"),
            "high": number(t("train.result.high"), format="%.3f"),
            "train": number(t("train.result.train"), format="%.1f"),
            "validation": number(t("train.result.validation"), format="%.1f"),
            "seconds": number(t("train.result.seconds"), format="%.1f"),
        },
    )


def _downloads(found: Sequence[Run]) -> None:
    with st.container(horizontal=True, gap="small"):
        download_csv(lambda: as_csv(found), "training", "csv_train_live", t("train.csv"))
        if not any(job.living for job in jobs()):
            st.button(t("train.forget"), key="train_forget", icon=":material/delete:", on_click=forget)
