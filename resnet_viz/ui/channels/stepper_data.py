"""What the browser needs to work out any output cell of a channel by itself: maps, kernels and what follows."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from resnet_viz.analysis.one_cell import Link, Working
from resnet_viz.figures.overlays import gradient
from resnet_viz.figures.palette import colour_map

Data = Mapping[str, object]


def stepper_data(found: Working) -> Data:
    """Arrays as base64 of float32, row by row; names and numbers as they are."""
    conv = found.convolution
    high, wide = found.maps.shape[1:]
    return {
        "source": {
            "place": found.source,
            "height": high,
            "width": wide,
            "channels": list(found.inputs),
            "maps": _floats(found.maps),
        },
        "kernel": {
            "height": conv.size[0],
            "width": conv.size[1],
            "stride": conv.stride,
            "padding": conv.padding,
            "dilation": conv.dilation,
            "weights": _floats(found.kernels),
        },
        "rest": _floats(found.rest) if found.others else "",
        "others": found.others,
        "bias": None if conv.bias is None else found.bias,
        "place": conv.place,
        "channel": found.channel,
        "height": found.computed.shape[0],
        "width": found.computed.shape[1],
        "computed": _floats(found.computed),
        "chain": [_link(link) for link in found.chain],
        "colours": {name: _colours(signed=name == "signed") for name in ("signed", "unsigned")},
    }


def _link(link: Link) -> Data:
    norm = link.norm
    return {
        "place": link.place,
        "kind": link.kind,
        "computed": _floats(link.computed),
        "norm": None if norm is None else [norm.mean, norm.variance, norm.eps, norm.scale, norm.shift],
        "added": None if link.added is None else _floats(link.added),
        "addedPlace": link.added_place,
    }


def _colours(*, signed: bool) -> Data:
    table = colour_map(signed=signed)
    return {"table": b64encode(table.tobytes()).decode(), "gradient": gradient(table)}


def _floats(values: npt.NDArray[np.floating]) -> str:
    return b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()
