"""Options of modules that may be given as a number or as a pair: kernel, stride, padding, dilation."""

from __future__ import annotations


def along_width(value: object) -> int:
    """A module's number, or the last of its pair: the one along the width. Raises TypeError for anything else."""
    number = value[-1] if isinstance(value, tuple | list) and value else value
    if not isinstance(number, int):
        raise TypeError(f"a number or a pair of them, not {value!r}")
    return number
