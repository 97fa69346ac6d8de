"""The one channel on show: the same in the maps, the gallery, the kernels and the stepper, and in the URL."""

from __future__ import annotations

from torch import Tensor

from resnet_viz.ui.choices import asked_number, remember, whole_number
from resnet_viz.ui.state import t

CHANNEL_KEY = "channel"


def strongest(tensor: Tensor) -> int:
    """The channel with the largest value anywhere on its map, of an output (1, C, H, W)."""
    return int(tensor[0].flatten(1).amax(1).argmax())


def chosen_channel(tensor: Tensor) -> int:
    """The channel that the visitor chose, the last where the place has fewer; the strongest until one is chosen."""
    return min(asked_number(CHANNEL_KEY, strongest(tensor), 0), tensor.shape[1] - 1)


def channel_input(tensor: Tensor, label: str | None = None) -> int:
    """Draw the number of the channel on show. Returns it."""
    last = tensor.shape[1] - 1
    return whole_number(
        label or t("activations.maps.channel_number", last=last),
        key=CHANNEL_KEY,
        default=strongest(tensor),
        low=0,
        high=last,
        value=chosen_channel(tensor),
    )


def select_channel(channel: int | str) -> None:
    """Show a channel. Call it from a callback."""
    remember(CHANNEL_KEY, str(channel))
