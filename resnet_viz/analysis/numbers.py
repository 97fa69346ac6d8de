"""Numbers as app and lessons write them: every one with its unit and its counting."""

from __future__ import annotations

STEPS = ((10**9, "G"), (10**6, "M"))
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def count(value: int) -> str:
    """All digits, in groups of three: `25,557,032`."""
    return f"{value:,}"


def short(value: int) -> str:
    """All digits below a million, then three and a letter for millions or billions: `36,864`, `25.6 M`."""
    for size, letter in STEPS:
        if value >= size:
            return f"{_three_digits(value / size)} {letter}"
    return count(value)


def megabytes(nbytes: int) -> str:
    """Memory in MB of 10^6 bytes, kB below one: `3.21 MB`."""
    if nbytes >= 10**6:
        return f"{_three_digits(nbytes / 10**6)} MB"
    return f"{_three_digits(nbytes / 10**3)} kB"


def minus(text: str) -> str:
    """A number as typeset: with the sign that is as wide as a plus, `−7,680`."""
    return text.replace("-", "−")


def percent(part: float, whole: float) -> str:
    """A share in percent, `0.06 %`; nothing of nothing is `0 %`."""
    if not part or not whole:
        return "0 %"
    share = 100 * part / whole
    return f"{share:.2g} %" if share < 1 else f"{share:.1f} %"


def magnitude(value: float) -> str:
    """A positive number to two or three digits: `1.18`, `120`, `3,660`, `7.6 × 10⁶`, `2.8 × 10⁻¹³`."""
    if 1e-2 <= value < 1e5:
        return f"{float(f'{value:.3g}'):,.10g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits} × 10{str(int(power)).translate(_RAISED)}"


def _three_digits(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
