"""Everything that the app keeps between reruns: the only `st.cache_*` of the project.

Shared by all sessions, and never written to: diagrams, models. (`blueprint` keeps what it has read itself.) Private to
one session: `SessionStore`, whose limit is in bytes. Weights are keyed by their digest, never by a word such as `auto`
that may come to mean something else.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

import streamlit as st
import torch

from resnet_viz.analysis.alignment import Alignment, align
from resnet_viz.analysis.article_errors import Point, article_points
from resnet_viz.analysis.block_lab import read_block, read_rival
from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.analysis.block_steps import Step, run
from resnet_viz.analysis.claims import Finding
from resnet_viz.analysis.deeper_copy import DeeperCopy, deeper_copy
from resnet_viz.analysis.fully_connected import Measured, Stack, compare_settings, measure
from resnet_viz.analysis.myths import MYTHS
from resnet_viz.analysis.shattered import Correlation, Numbers, Shape, correlation, input_gradient
from resnet_viz.blueprint import blueprint
from resnet_viz.errors import WeightsError
from resnet_viz.figures.architecture import block_figure, figure, render
from resnet_viz.figures.graph_render import Format
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import Program, compile_program
from resnet_viz.forward.samples import samples
from resnet_viz.networks import weights
from resnet_viz.records import Blueprint, WeightsInfo
from resnet_viz.training.lab.laboratory import Laboratory
from resnet_viz.ui.jobs import Desk
from resnet_viz.ui.presence import is_there
from resnet_viz.ui.session_store import SessionStore

# One thread for a pass, unless the environment says more: sessions run side by side, and two threads on two busy cores
# were twenty times slower than one.
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))

# Streamlit looks for garbage after every run of a page or a fragment, and holds the interpreter meanwhile. What the
# imports left, 400,000 objects of PyTorch and Plotly, stays anyway: to look through it took 0.3 s each time, in which no
# click was answered and no long work went on.
gc.freeze()


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
def block_diagram(numbers: BlockNumbers, stage: int, kind: Format = "svg") -> bytes:
    """The diagram of a block of the visitor's own numbers as SVG, PNG or PDF."""
    plan = block_plan(numbers, stage)
    return render(block_figure(plan, plan.blocks[0].name), kind)


@st.cache_data(max_entries=64, show_spinner=False)
def block_steps(program: str, channel: int) -> tuple[Step, ...]:
    """The steps of a block's program, with one channel of each tensor."""
    return run(program, channel)


@st.cache_resource(show_spinner=False)
def article_trials() -> tuple[Point, ...]:
    """What the article's code raises in the PyTorch that runs here."""
    return article_points()


@st.cache_data(show_spinner=False)
def finding(claim: str) -> Finding:
    """What the live model says of a claim, by its code."""
    return next(myth for myth in MYTHS if myth.code == claim).ask()


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


@st.cache_data(show_spinner=False)
def deeper_answer(shallow: str, deep: str) -> DeeperCopy:
    """A plain network and its copy inside of a deeper one, both untrained, on the first sample picture."""
    sample = samples()[0]
    transforms = weights.resolve(shallow, "none").transforms
    picture = decode(sample.path.read_bytes(), sample.name)
    return deeper_copy(shallow, deep, prepare(picture, transforms, 224, "crop").tensor)


@dataclass(frozen=True)
class Loaded:
    """What a network's weights are, and where to have it: a session keeps this, and never the network itself."""

    info: WeightsInfo
    fetch: Callable[[], Program]

    @property
    def program(self) -> Program:
        """The network ready to run, loaded again where it was given back. Shared: nothing may be written to it.

        Raises WeightsError `weights_gone` for a visitor's file that he has taken away.
        """
        return self.fetch()


def program(network: str, choice: str = "auto") -> Loaded:
    """A network with weights that the app knows, by `choice` as for `weights.resolve`. Raises WeightsError."""
    info = weights.resolve(network, choice)
    # Fetched by their source: the next time, `auto` may mean other weights.
    loaded = Loaded(info, partial(_program, network, info.digest, info.source))
    _ = loaded.program  # what cannot be loaded is found out now
    return loaded


def program_of_file(network: str, read: Callable[[], bytes | None], name: str) -> Loaded:
    """A network with the weights of a visitor's file, which his session's store keeps within its budget.

    `read` gives the file again, or None when it is not there any more. Raises WeightsError.
    """
    info = weights.resolve(network, read() or b"", name=name)
    key = "weights", network, info.digest

    def load() -> tuple[Program, int]:
        data = read()
        if data is None:
            raise WeightsError("weights_gone", file=name)
        model = weights.load(network, data, name=name).model
        return compile_program(model, network), sum(tensor.nbytes for tensor in model.state_dict().values())

    kept = store()  # the visitor's own, whoever asks
    loaded = Loaded(info, lambda: kept.get(key, load, itemgetter(1))[0])
    _ = loaded.program
    return loaded


@st.cache_resource(max_entries=4, show_spinner=False)
def _program(network: str, digest: str, _source: str) -> Program:
    """Shared by all who have these weights, whatever they call them: what weights say of themselves is not in here."""
    return compile_program(weights.load(network, _source).model, network)


@st.cache_resource(on_release=Laboratory.close, show_spinner=False)
def laboratory() -> Laboratory:
    """The lab of this server, shared by all visitors: one trains at a time, and none after he has left."""
    return Laboratory(present=is_there)


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
