"""A positive number of any size as sentences have it."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def magnitude(value: float) -> str:
    """A positive number to two or three digits: `1.18`, `120`, `3,660`, `7.6 × 10⁶`, `2.8 × 10⁻¹³`."""
    if 1e-2 <= value < 1e5:
        return f"{float(f'{value:.3g}'):,.10g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits} × 10{str(int(power)).translate(_RAISED)}"
