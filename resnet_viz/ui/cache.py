"""Everything that the app keeps between reruns: the only `st.cache_*` of the project.

Shared by all sessions, and never written to: blueprints, diagrams, models. Private to one session: `SessionStore`, whose
limit is in bytes. Weights are keyed by their digest, never by a word such as `auto` that may come to mean something else.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import streamlit as st
import torch

from resnet_viz.analysis.alignment import Alignment, align
from resnet_viz.analysis.article_errors import Point, article_points
from resnet_viz.analysis.block_lab import read_block, read_rival
from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.analysis.block_steps import Step, run
from resnet_viz.analysis.fully_connected import Measured, Stack, compare_settings, measure
from resnet_viz.analysis.shattered import Correlation, Numbers, Shape, correlation, input_gradient
from resnet_viz.blueprint import blueprint as read_blueprint
from resnet_viz.figures.architecture import block_figure, figure, render
from resnet_viz.figures.graph_render import Format
from resnet_viz.forward.run import Program, compile_program
from resnet_viz.networks import weights
from resnet_viz.networks.catalog import check_size
from resnet_viz.records import Blueprint, WeightsInfo
from resnet_viz.training.lab.laboratory import Laboratory
from resnet_viz.ui.jobs import Desk
from resnet_viz.ui.presence import is_there

# One thread for a pass, unless the environment says more: sessions run side by side, and two threads on two busy cores
# were twenty times slower than one.
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))

SESSION_BUDGET = 640 * 10**6
"""What one session may keep, in bytes: one pass of ResNet-50 keeps 23 MB at 224 pixels, and 491 MB at 1024."""

T = TypeVar("T")


@st.cache_resource(max_entries=128, show_spinner=False)
def blueprint(network: str, size: int) -> Blueprint:
    """The blueprint of a network at an input size. Raises NetworkError for a size that it does not take."""
    check_size(network, size)
    return read_blueprint(network, size)


@st.cache_data(max_entries=512, show_spinner=False)
def diagram(network: str, size: int, view: str, kind: Format = "svg") -> bytes:
    """A diagram of a network as SVG, PNG or PDF: `overview`, a stage (`stage1`) or a block (`layer2.0`)."""
    return render(figure(blueprint(network, size), view), kind)


@st.cache_resource(max_entries=128, show_spinner=False)
def alignment(left: str, right: str, sizes: tuple[int, int]) -> Alignment:
    """Two networks beside each other, each at its own input size. Raises NetworkError for one that it does not take."""
    return align(blueprint(left, sizes[0]), blueprint(right, sizes[1]))


@st.cache_resource(max_entries=128, show_spinner=False)
def block_plan(numbers: BlockNumbers, stage: int, rival: bool = False) -> Blueprint:
    """The blueprint of a block of the visitor's own numbers, or of two 3x3 convolutions in its place."""
    return read_rival(numbers, stage) if rival else read_block(numbers, stage)


@st.cache_data(max_entries=128, show_spinner=False)
def block_diagram(numbers: BlockNumbers, stage: int, kind: Format = "svg", rival: bool = False) -> bytes:
    """The diagram of such a block as SVG, PNG or PDF."""
    plan = block_plan(numbers, stage, rival)
    return render(block_figure(plan, plan.blocks[0].name), kind)


@st.cache_data(max_entries=64, show_spinner=False)
def block_steps(program: str, channel: int) -> tuple[Step, ...]:
    """The steps of a block's program, with one channel of each tensor."""
    return run(program, channel)


@st.cache_resource(show_spinner=False)
def article_trials() -> tuple[Point, ...]:
    """What the article's code raises in the PyTorch that runs here."""
    return article_points()


@st.cache_data(max_entries=64, show_spinner=False)
def shattered_correlation(shape: Shape) -> Correlation:
    """How alike neighbouring input gradients of an untrained network are, over several seeds."""
    return correlation(shape)


@st.cache_data(max_entries=16, show_spinner=False)
def shattered_gradient(shape: Shape) -> Numbers:
    """The input gradient of an untrained network along a line, seed 0."""
    return input_gradient(shape)


@st.cache_data(max_entries=64, show_spinner=False)
def stack_flow(stack: Stack, first_seed: int) -> Measured:
    """Signal and gradient in a fully connected network, over several seeds: about 10 kB an entry at 100 layers."""
    return measure(stack, first_seed)


@st.cache_data(show_spinner=False)
def stack_ratios() -> Mapping[str, tuple[float, ...]]:
    """How much of the gradient comes back in each of the fully connected networks that are compared."""
    return compare_settings()


@dataclass(frozen=True)
class Loaded:
    """A network ready to run: shared by all sessions, so nothing may be written to it."""

    program: Program
    info: WeightsInfo


def program(network: str, choice: str | bytes | Path = "auto", name: str = "") -> Loaded:
    """A network with its weights, ready to run. `choice` as for `weights.resolve`, with a file's bytes and name.

    Raises WeightsError.
    """
    info = weights.resolve(network, choice, name=name)
    return Loaded(_program(network, info.digest, choice, name), info)


@st.cache_resource(max_entries=4, show_spinner=False)
def _program(network: str, digest: str, _choice: str | bytes | Path, _name: str) -> Program:
    """Shared by all who have these weights, whatever they call them: what weights say of themselves is not in here."""
    return compile_program(weights.load(network, _choice, name=_name).model, network)


@st.cache_resource(on_release=Laboratory.close, show_spinner=False)
def laboratory() -> Laboratory:
    """The lab of this server, shared by all visitors: one trains at a time, and none after he has left."""
    return Laboratory(present=is_there)


class SessionStore:
    """Results of one session, by key, the oldest given back first when they outgrow a budget in bytes."""

    def __init__(self, budget: int = SESSION_BUDGET) -> None:
        self._budget = budget
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        """What is kept, in bytes."""
        return sum(size for _, size in self._kept.values())

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value of `key`, made if it is not kept. `size` says its bytes; what alone exceeds the budget is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key][0])
        value = make()
        with self._lock:
            self._put(key, value, size(value))
        return value

    def peek(self, key: Hashable) -> object | None:
        """The value of `key` if it is kept, else None."""
        with self._lock:
            found = self._kept.get(key)
            return found[0] if found else None

    def clear(self) -> None:
        """Give everything back."""
        with self._lock:
            self._kept.clear()

    def _put(self, key: Hashable, value: object, size: int) -> None:
        self._kept.pop(key, None)
        if size > self._budget:
            return
        while self._kept and self.nbytes + size > self._budget:
            self._kept.popitem(last=False)
        self._kept[key] = (value, size)


@st.cache_resource(scope="session", on_release=SessionStore.clear, show_spinner=False)
def store() -> SessionStore:
    """The store of this session, emptied when the session ends."""
    return SessionStore()


@st.cache_resource(show_spinner=False)
def job_turn() -> threading.Lock:
    """Held by the visitor whose long work is computed: one at a time, for each takes memory and a core while it runs."""
    return threading.Lock()


@st.cache_resource(scope="session", on_release=Desk.close, show_spinner=False)
def desk() -> Desk:
    """The long work that this session has asked for; it is given up when the session ends."""
    return Desk(job_turn())
