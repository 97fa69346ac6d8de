"""A block taken apart for the page: what is drawn is kept, while its tensors, many megabytes, go with the run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from resnet_viz.analysis.block_summary import BlockSummary, summary
from resnet_viz.analysis.dissection import Dissection, dissect, positions
from resnet_viz.analysis.heatmaps import Reduction
from resnet_viz.analysis.step_maps import Steps, all_steps
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.cache import store
from resnet_viz.ui.take_away.files import Arrays


class TakenApart:
    """One block of a result: numbers and maps out of the session's store, dissected at most once in a run for both."""

    def __init__(self, result: Result, block: str) -> None:
        self._result, self._block = result, block

    @cached_property
    def summary(self) -> BlockSummary:
        """The block in numbers."""
        key = "block_summary", self._result.key, self._block
        return store().get(key, lambda: summary(self._result.plan, self._dissection), lambda _: 0)

    def maps(self, how: Reduction, channel: int, *, own: bool) -> Steps:
        """The maps of all its steps, on one colour scale or each on its own."""
        key = "block_maps", self._result.key, self._block, how, channel if how == "channel" else 0, own
        return store().get(key, lambda: all_steps(self._dissection, how, channel, own=own), _nbytes)

    def arrays(self) -> Callable[[], Arrays]:
        """What gives its tensors by place, as they are in the network, and ratio and cosine in each cell."""
        # Called when the file is asked for, outside of a run: the session's store is not there then.
        program, plan, kept, block = (
            self._result.loaded.program,
            self._result.plan,
            activations(self._result),
            self._block,
        )
        return lambda: _arrays(dissect(program, plan, kept, block))

    @cached_property
    def _dissection(self) -> Dissection:
        result = self._result
        return dissect(result.loaded.program, result.plan, activations(result), self._block)


def _nbytes(steps: Steps) -> int:
    return sum(shown.heatmap.values.nbytes for shown in steps.values())


def _arrays(found: Dissection) -> Arrays:
    arrays = {place: tensor[0].numpy() for place, tensor in found.values.items()}
    if found.shortcut is not None:
        cells = positions(found.branch, found.shortcut)
        arrays |= {f"{found.block.name} |F(x)| / |shortcut|": cells.ratio}
        arrays |= {f"{found.block.name} cosine": cells.cosine}
    return arrays
