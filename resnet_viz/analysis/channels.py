"""What each channel of a place does on one picture, in a few numbers, and the order that one of them gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from resnet_viz.analysis.backward import logit_gradients
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.records import Activations

Numbers = npt.NDArray[np.float64]

Statistic = Literal["largest", "mean", "variance", "zeros"]
STATISTICS: tuple[Statistic, ...] = get_args(Statistic)


@dataclass(frozen=True, slots=True)
class ChannelStatistics:
    """One number a channel, (C,) each, over the cells of its map."""

    mean: Numbers
    smallest: Numbers
    largest: Numbers
    variance: Numbers
    """Mean of the squared distances from the mean."""
    zeros: Numbers
    """Share of cells that are exactly 0: how sparse it is."""

    @property
    def dead(self) -> npt.NDArray[np.bool_]:
        """Which channels are 0 in every cell."""
        return np.asarray(self.zeros == 1.0)

    def of(self, statistic: Statistic) -> Numbers:
        """The numbers of one kind."""
        found: Numbers = getattr(self, statistic)
        return found


@torch.inference_mode()
def statistics(tensor: Tensor) -> ChannelStatistics:
    """The statistics of an output (1, C, H, W), in float64."""
    cells = tensor[0].flatten(1).numpy()
    return ChannelStatistics(
        mean=cells.mean(1, dtype=np.float64),
        smallest=cells.min(1).astype(np.float64),
        largest=cells.max(1).astype(np.float64),
        variance=cells.var(1, dtype=np.float64),
        zeros=(cells == 0).mean(1, dtype=np.float64),
    )


def influence(program: Program, activations: Activations, place: str, class_index: int) -> Numbers:
    """What each channel of a place adds to the logit of a class, to first order, (C,) in units of the logit.

        influence_c = sum over cells of dy/dA_c * A_c

    A (C, H, W) is the output of `place`, y the logit. Where only a mean and a linear layer follow, it is exact, and
    with the bias of the class the influences add up to the logit. Raises NetworkError `unknown_place`.
    """
    output = value(program, activations, place)
    gradient = logit_gradients(program, activations, class_index, place, output)[place]
    product: Numbers = (gradient.double() * output.double())[0].flatten(1).sum(1).numpy()
    return product


def ranking(numbers: Numbers, *, lowest_first: bool = False) -> tuple[int, ...]:
    """Channels from the largest number to the smallest, or the other way; equal ones by their index, NaN last."""
    keys = numbers if lowest_first else -numbers
    return tuple(np.argsort(keys, kind="stable").tolist())


def as_csv(found: ChannelStatistics, influences: Numbers | None = None) -> str:
    """A line for each channel, every digit kept; the influence is empty where it was not computed."""
    lines = ["channel,mean,smallest,largest,variance,zero_share,influence"]
    for index in range(len(found.mean)):
        row = (found.mean, found.smallest, found.largest, found.variance, found.zeros)
        more = "" if influences is None else repr(float(influences[index]))
        lines.append(",".join([str(index), *(repr(float(column[index])) for column in row), more]))
    return "\n".join(lines) + "\n"
