"""The passes without random blocks as long work: ordered, run in a thread, and what came out kept until the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from resnet_viz.analysis.lesions import removable
from resnet_viz.analysis.random_drops import Drops, draw, drops
from resnet_viz.figures.signal import Kind
from resnet_viz.forward.images import prepare
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import forward
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.weights import bundled_file
from resnet_viz.records import Activations, Blueprint, WeightsInfo
from resnet_viz.ui.activations_run import Result, activations
from resnet_viz.ui.cache import Loaded, blueprint, desk, program
from resnet_viz.ui.jobs import Cancelled, Progress

KIND = "drops"
"""What the desk calls this work."""

_LAST = "lesions_drops"


@dataclass(frozen=True, slots=True)
class Order:
    """What is computed."""

    picture: tuple[str, ...]
    """Key of the result: picture, network, weights, size and fit."""
    class_index: int
    repeats: int
    seed: int


@dataclass(frozen=True, slots=True)
class Network:
    """One network of the two, and what came out."""

    title: str
    kind: Kind
    info: WeightsInfo
    drops: Drops


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out of an order, the network itself first, its twin behind where both were trained."""

    order: Order
    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    loaded: Loaded
    plan: Blueprint
    kept: Callable[[], Activations]
    class_index: int

    @property
    def program(self) -> Program:
        return self.loaded.program


def start(result: Result, order: Order) -> None:
    """Begin what is ordered, and give up what runs. The tensors are taken from the session here, not in the thread."""
    kept = activations(result)
    tasks = [_Task(result.loaded, result.plan, lambda: kept, order.class_index)]
    twin = _twin(result, order.class_index)
    tasks += [twin] if twin is not None else []

    def work(progress: Progress, cancelled: Cancelled) -> Measured:
        return _measure(order, tasks, progress, cancelled)

    desk().start(KIND, order, work)


def measured(result: Result) -> Measured | None:
    """What came out last for this picture and network; what is stopped halfway counts as far as it got."""
    job = desk().job(KIND)
    if job is not None and not job.running and isinstance(job.result, Measured) and job.result.networks:
        st.session_state[_LAST] = job.result
    last: Measured | None = st.session_state.get(_LAST)
    return last if last is not None and last.order.picture == result.key else None


def _measure(order: Order, tasks: list[_Task], progress: Progress, cancelled: Cancelled) -> Measured:
    """Both networks with the same sets of blocks; the second counts on where the first has stopped."""
    networks: list[Network] = []
    draws = draw(removable(tasks[0].plan), order.repeats, order.seed)
    for number, task in enumerate(tasks):

        def step(done: int, total: int, before: int = number) -> None:
            progress(before * total + done, len(tasks) * total)

        found = drops(task.program, task.plan, task.kept(), task.class_index, draws, progress=step, cancelled=cancelled)
        if found.rows:
            family = spec(task.plan.network).family
            kind: Kind = "plain" if family == "plain" else "residual"
            networks.append(Network(spec(task.plan.network).title, kind, task.loaded.info, found))
        if cancelled():
            break
    return Measured(order, tuple(networks))


def _twin(result: Result, class_index: int) -> _Task | None:
    """The same network with or without shortcuts, if both were trained to answer the same classes."""
    own, name = result.loaded.info, spec(result.plan.network).twin
    if name is None or own.trained_on == "nothing" or not bundled_file(name).is_file():
        return None
    loaded = program(name, "bundled")
    ids = [label.id for label in loaded.info.labels]
    wanted = own.labels[class_index].id
    if wanted not in ids:
        return None
    size, fit = result.plan.size, result.prepared.fit
    picture = prepare(result.picture.decoded, loaded.info.transforms, size, fit)
    return _Task(loaded, blueprint(name, size), lambda: forward(loaded.program, picture.tensor), ids.index(wanted))
