"""Live figures for the lessons on the network, its stages, their cost, their code, and what articles get wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from resnet_viz.analysis.block_numbers import numbers_of
from resnet_viz.learn.forgotten import PLACE
from resnet_viz.ui.blocks.steps import stepped
from resnet_viz.ui.costs import costs
from resnet_viz.ui.learn.cost import cost_arithmetic, cost_bars, cost_versions
from resnet_viz.ui.learn.myths import myths_table
from resnet_viz.ui.learn.stages import stages_pair, stages_predict
from resnet_viz.ui.learn.stem import stem_filters, stem_shapes
from resnet_viz.ui.learn.whole_network import lesson_plan, network_count, network_map

LINE_KEY = "line"
"""The step of the program on show in the URL, where `step` is the lecture's."""


def network_costs() -> None:
    """Parameters, multiply-adds and memory, stage by stage."""
    costs(lesson_plan())


def code_steps() -> None:
    """The block that begins stage 2, as a program that is run line by line."""
    stepped(numbers_of(lesson_plan().block(PLACE)), LINE_KEY)


FIGURES: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "network-map": network_map,
        "network-costs": network_costs,
        "network-count": network_count,
        "stem-shapes": stem_shapes,
        "stem-filters": stem_filters,
        "stages-pair": stages_pair,
        "stages-predict": stages_predict,
        "cost-bars": cost_bars,
        "cost-arithmetic": cost_arithmetic,
        "cost-versions": cost_versions,
        "code-steps": code_steps,
        "myths-table": myths_table,
    }
)
