"""Attributions to the pixels themselves, computed as long work, and what they come to in numbers."""

from __future__ import annotations

from typing import cast

import streamlit as st
import torch

from resnet_viz.analysis.attributions import Integrated, integrated_gradients, smooth_grad
from resnet_viz.analysis.occlusion import Occlusion, occlusion
from resnet_viz.analysis.scripts_why import integrated_script, occlusion_script, saliency_script, smooth_grad_script
from resnet_viz.figures.overlays import number
from resnet_viz.forward.images import for_channels
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.why.choice import Choice, PixelMethod, name_of
from resnet_viz.ui.why.computed_maps import KIND, each_of, saliency_of
from resnet_viz.ui.why.drawn import drawn, files, look_input

SAMPLES = ("8", "16", "32", "64")
STEPS = ("16", "32", "64", "128")
CELLS = ("7", "14")
BASELINES = ("black", "mean")
PATCHES = 7
"""A patch is as wide as the picture over this, however many cells it is moved to."""

Found = tuple[list[Heatmap], str, str]
"""A map for each class, a script, and what came out in words."""


def pixels(result: Result, choice: Choice) -> None:
    """Draw the attributions of the chosen classes."""
    find = {"saliency": _saliency, "smoothgrad": _smooth, "integrated": _integrated, "occlusion": _occlusion}
    found = find[cast("PixelMethod", choice.method)](result, choice.classes)
    if found is None:
        return
    maps, script, said = found
    titles = [name_of(result, index) for index in choice.classes]
    patches = choice.method == "occlusion"
    look = "why.look_integrated" if choice.method == "integrated" else "why.look_pixels"
    drawn(result, maps, titles, look_input(smooth=patches), "pixels")
    st.caption(said if patches else prose([said, t(look)]))
    files(result, maps, titles, "pixels")
    copy_as_pytorch(opening(result) + script, "why")


def _saliency(result: Result, classes: tuple[int, ...]) -> Found | None:
    maps = each_of(classes, lambda index: saliency_of(result, index))
    return None if maps is None else (maps, saliency_script(classes), t("why.gradient"))


def _smooth(result: Result, classes: tuple[int, ...]) -> Found | None:
    samples = int(choose(t("why.samples"), SAMPLES, key="samples", name=str, in_url=True, default="16"))
    program, x = result.loaded.program, result.prepared.tensor

    def one(index: int) -> Heatmap | None:
        task = Task(
            KIND,
            ("smoothgrad", result.key, index, samples),
            lambda progress, cancelled: smooth_grad(program, x, index, samples, go_on=going_on(progress, cancelled)),
            t("why.working_on", name=name_of(result, index)),
            2.0 * samples * result.plan.macs,
        )
        return computed(task, lambda made: made.values.nbytes)

    maps = each_of(classes, one)
    return None if maps is None else (maps, smooth_grad_script(classes, samples), t("why.gradient"))


def _integrated(result: Result, classes: tuple[int, ...]) -> Found | None:
    with st.container(horizontal=True, gap="medium"):
        start = choose(
            t("why.baseline"), BASELINES, key="baseline", name=lambda id: t(f"why.baselines.{id}"), in_url=True
        )
        steps = int(choose(t("why.steps"), STEPS, key="steps", name=str, in_url=True, default="32"))
    program, x = result.loaded.program, result.prepared.tensor
    level = _level(result, start)
    baseline = torch.tensor(level).view(1, -1, 1, 1).expand_as(x)

    def one(index: int) -> Integrated | None:
        task = Task(
            KIND,
            ("integrated", result.key, index, steps, start),
            lambda progress, cancelled: integrated_gradients(
                program, x, baseline, index, steps, go_on=going_on(progress, cancelled)
            ),
            t("why.working_on", name=name_of(result, index)),
            2.0 * steps * result.plan.macs,
        )
        return computed(task, lambda made: made.heatmap.values.nbytes)

    sums = each_of(classes, one)
    if sums is None:
        return None
    said = [_adds_up(result, index, found) for index, found in zip(classes, sums, strict=True)]
    return [found.heatmap for found in sums], integrated_script(classes, steps, level), prose(said)


def _adds_up(result: Result, index: int, found: Integrated) -> str:
    values = {"name": name_of(result, index), "total": number(found.total), "rise": number(found.rise)}
    if found.rise == 0:
        return t("why.no_rise", name=values["name"])
    return t("why.complete" if found.gap < 0.05 else "why.incomplete", gap=f"{100 * found.gap:.1f}", **values)


def _occlusion(result: Result, classes: tuple[int, ...]) -> Found | None:
    cells = int(choose(t("why.cells"), CELLS, key="cells", name=lambda id: f"{id} x {id}", in_url=True))
    patch = max(1, result.plan.size // PATCHES)
    program, x = result.loaded.program, result.prepared.tensor
    task = Task(
        KIND,
        ("occlusion", result.key, cells),
        lambda progress, cancelled: occlusion(program, x, cells, patch, go_on=going_on(progress, cancelled)),
        t("why.working"),
        float(cells**2 * result.plan.macs),
    )
    found = computed(task, lambda made: made.nbytes)
    if found is None:
        return None
    maps = [found.drop(index) for index in classes]
    said = [_worst(result, index, found) for index in classes]
    return maps, occlusion_script(classes, cells, patch), prose([t("why.patch", patch=patch), *said])


def _worst(result: Result, index: int, found: Occlusion) -> str:
    drop = found.drop(index)
    row, column = divmod(int(drop.values.argmax()), drop.values.shape[1])
    values = {"name": name_of(result, index), "logit": number(float(found.whole[index]))}
    return t("why.worst", row=row, column=column, high=number(drop.high), **values)


def _level(result: Result, start: str) -> list[float]:
    """The normalised colour of the baseline, one number for each channel."""
    channels = result.prepared.tensor.shape[1]
    transforms = result.loaded.info.transforms
    mean, std = (for_channels(numbers, channels) for numbers in (transforms.mean, transforms.std))
    return [-m / s if start == "black" else 0.0 for m, s in zip(mean, std, strict=True)]
