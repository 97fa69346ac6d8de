"""What a picture shows: a trained residual network, a plain one, trained weights with something cut, or untrained ones."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.lesions import Lesion
from resnet_viz.networks.catalog import spec
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.state import t

NAMED = 4
"""More blocks are counted, not named."""


def shown(info: WeightsInfo, lesions: Sequence[Lesion] = ()) -> str:
    """One phrase for whatever stands over a picture, bars or a curve."""
    title = spec(info.network).title
    if info.trained_on == "nothing":
        said = t("lesions.shown.untrained", network=title)
    else:
        family = spec(info.network).family
        kind = {"resnet": "residual", "plain": "plain"}.get(family, "other")
        said = t(
            f"lesions.shown.{kind}",
            network=title,
            weights=t(f"activations.source.{info.source.replace('-', '_')}"),
        )
    parts = [_cut(part, lesions) for part in ("branch", "shortcut")]
    return "".join([said, *parts])


def cut_off_shortcut(lesions: Sequence[Lesion]) -> bool:
    """Whether what is shown might be taken for a plain network."""
    return any(lesion.part == "shortcut" for lesion in lesions)


def _named(names: Sequence[str]) -> tuple[str, ...] | str:
    """A list of blocks, or how many where they are many."""
    return tuple(names) if len(names) <= NAMED else t("lesions.shown.count", count=len(names))


def _cut(part: str, lesions: Sequence[Lesion]) -> str:
    names = [lesion.block for lesion in lesions if lesion.part == part]
    return t(f"lesions.shown.without_{part}", blocks=_named(names)) if names else ""
