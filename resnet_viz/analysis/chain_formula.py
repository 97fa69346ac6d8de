"""The chain rule of the four sigmoid layers as LaTeX, beside each factor its symbol and its live number."""

from __future__ import annotations

from itertools import pairwise

from resnet_viz.analysis.chain import Derivation, Link

MODEL = (
    r"\begin{gathered}z_l = w_l\,a_{l-1} + b_l, \quad a_l = \sigma(z_l), \\"
    r"a_0 = x, \quad C = \tfrac{1}{2}(a_4 - y)^2\end{gathered}"
)
"""What the chain computes; two lines, for the same reason as below."""


def worked(found: Derivation) -> str:
    r"""dC/db_1 as LaTeX: rows of a weight and the slope before it, by the rule, as symbols, in numbers; last their product.

    Each row is narrow, so that the formula fits the screen of a phone.
    """
    first, *_, last = found.links
    rows = [
        rf"{_leaf('C', 'b_1')} & &",
        *(_factor(before, link) for before, link in pairwise(found.links)),
        _row(r"\cdot", _leaf(f"a_{last.number}", f"z_{last.number}"), rf"\sigma'(z_{last.number})", number(last.slope)),
        _row(r"\cdot", _leaf("C", "a_4"), "(a_4 - y)", number(found.cost_slope)),
        _row("", "", "", rf"\mathbf{{{number(first.gradient)}}}"),
    ]
    return r"\begin{array}{lll}" + r"\\[11pt]".join(rows) + r"\end{array}"


def number(value: float) -> str:
    r"""Three digits as LaTeX, `0.197`, `-12.5`, trailing zeros left out; two with a power of ten, `1.3\times 10^{-7}`."""
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.3g}" if abs(value) < 1e3 else f"{value:.0f}"
    digits, power = f"{value:.1e}".split("e")
    return rf"{digits}\times 10^{{{int(power)}}}"


def _factor(before: Link, link: Link) -> str:
    here, there = before.number, link.number
    rule = rf"{_leaf(f'z_{there}', f'a_{here}')}\,{_leaf(f'a_{here}', f'z_{here}')}"
    weight = number(link.weight) if link.weight >= 0 else f"({number(link.weight)})"
    sign = "=" if here == 1 else r"\cdot"
    return _row(sign, rule, rf"w_{there}\,\sigma'(z_{here})", rf"{weight} \cdot {number(before.slope)}")


def _leaf(above: str, below: str) -> str:
    return rf"\dfrac{{\partial {above}}}{{\partial {below}}}"


def _row(sign: str, rule: str, symbol: str, value: str) -> str:
    return f"{sign} {rule} & {symbol} & = {value}"
