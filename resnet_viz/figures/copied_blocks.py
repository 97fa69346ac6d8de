"""The blocks of a deep network stage by stage: those that a shallower one has too, and those that it has besides."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from resnet_viz.figures.palette import stage_color

_STYLE = (
    "<style>"
    ".copied{display:flex;flex-wrap:wrap;gap:.6rem 1.4rem;margin:0;padding:0}"
    ".copied>div{display:flex;flex-direction:column;gap:.3rem}"
    ".copied b{font-size:.85rem;font-weight:400}"
    ".copied span{display:flex;gap:.3rem}"
    ".copied i{box-sizing:border-box;width:1.5rem;height:1.5rem;border-radius:4px;border:2px solid currentColor}"
    ".copied i.kept{background:var(--stage);border-color:var(--stage)}"
    ".copied i.added{border-style:dashed}"
    "</style>"
)


def copied_blocks(copied: Sequence[int], added: Sequence[int], *, names: Sequence[str], kept: str, more: str) -> str:
    """HTML with a square for each block, filled where it is a copy, dashed where it is `more`; each says which it is."""
    stages = "".join(
        f'<div style="--stage:{stage_color(number)}"><b>{escape(name)}</b><span>'
        f"{_squares('kept', kept, few)}{_squares('added', more, rest)}</span></div>"
        for number, (name, few, rest) in enumerate(zip(names, copied, added, strict=True), start=1)
    )
    return f'{_STYLE}<div class="copied">{stages}</div>'


def _squares(kind: str, said: str, count: int) -> str:
    words = escape(said, quote=True)
    return f'<i class="{kind}" role="img" aria-label="{words}" title="{words}"></i>' * count
