"""Sentences on blocks that app and reports share: a block's equation, its part in a logit, and where two passes part."""

from __future__ import annotations

import math
from collections.abc import Sequence

from resnet_viz.analysis.block_summary import BlockSummary
from resnet_viz.analysis.departures import Departure, closest_after, widest
from resnet_viz.analysis.logit_shares import LogitShare
from resnet_viz.figures.overlays import number
from resnet_viz.lang import Language, prose, text
from resnet_viz.records import NETWORK

_ACROSS = 0.1
"""A cosine nearer to zero than this is an angle of 84 to 96 degrees."""


def equation(language: Language, found: BlockSummary) -> list[tuple[str, str]]:
    """What the two sides of a block's equation come to: terms with their numbers."""
    rows = []
    if found.norms is not None:
        rows = [
            ("branch", number(found.norms.branch)),
            (found.block.shortcut, number(found.norms.shortcut)),
            ("ratio", number_or_none(found.norms.ratio)),
            ("cosine", number_or_none(found.norms.cosine)),
        ]
    return [
        (text(language, f"inside_block.equation.{term}"), value)
        for term, value in (*rows, ("error", number(found.error)))
    ]


def meaning(language: Language, found: BlockSummary) -> list[str]:
    """What ratio and cosine mean; nothing for a block without a shortcut."""
    said = []
    if found.norms is not None and not math.isnan(found.norms.ratio):
        said.append("less" if found.norms.ratio < 1 else "more")
    if found.norms is not None and not math.isnan(found.norms.cosine):
        cosine = found.norms.cosine
        said.append("across" if abs(cosine) < _ACROSS else "along" if cosine > 0 else "against")
    return [text(language, f"inside_block.equation.{kind}") for kind in said]


def check(language: Language, found: BlockSummary) -> str:
    """That both sides of the equation are equal, or how far they are off."""
    return text(
        language,
        f"inside_block.equation.{'exact' if found.error == 0 else 'near'}",
        formula="relu(F(x))" if found.norms is None else "relu(F(x) + shortcut)",
        units=f"{found.output.units:,}",
        largest=number(found.largest),
        error=number(found.error),
    )


def shares(language: Language, rows: Sequence[LogitShare], block: str, name: str, logit: float) -> list[str]:
    """Which block's F(x) adds most to the logit of the class `name` and which least, and what `block` adds."""
    most, least = (end(rows, key=lambda row: row.branch) for end in (max, min))
    here = next(row for row in rows if row.block == block)
    ends = {"most": most.block, "high": plus(most.branch), "least": least.block, "low": plus(least.branch)}
    own = {"block": block, "branch": plus(here.branch), "shortcut": plus(here.shortcut)}
    return [
        text(language, "inside_block.logit.result", **ends),
        text(language, "inside_block.logit.here", **own),
        text(language, "inside_block.logit.whole", name=name, logit=number(logit)),
    ]


def departed(language: Language, found: Sequence[Departure]) -> str:
    """Where two passes are farthest apart, and where they come closest behind that; the logits stand last."""
    inside = [row for row in found if row.place != NETWORK]
    far, near, end = widest(inside), closest_after(inside), found[-1]
    if not far.relative > 0:
        return text(language, "lesions.departed.nothing")
    said = [text(language, "lesions.departed.widest", place=far.place, far=number(far.relative))]
    if near is not None and math.isfinite(near.relative) and near.relative < 0.9 * far.relative:
        said.append(text(language, "lesions.departed.meet", place=near.place, far=number(near.relative)))
    else:
        said.append(text(language, "lesions.departed.apart"))
    said.append(text(language, "lesions.departed.end", far=number(end.relative), cosine=number(end.cosine)))
    return prose(language, said)


def plus(value: float) -> str:
    """A part of a sum, with its sign."""
    return f"{value:+.3g}"


def number_or_none(value: float) -> str:
    """A number, or a dash where there is none."""
    return "–" if math.isnan(value) else number(value)
