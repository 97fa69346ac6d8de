"""Typed errors: what a user caused, as a code and values, without a sentence in them."""

from __future__ import annotations


class VizError(Exception):
    """Something that a user caused: a code, which `lang/` turns into a sentence, and the values that it names."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NetworkError(VizError):
    """A network's name, input size or place that does not exist."""


class BlockError(VizError):
    """Numbers from which no block can be built."""


class ImageError(VizError):
    """Bytes that are no image that this project reads."""


class WeightsError(VizError):
    """Weights that cannot be found, downloaded, read or loaded."""
