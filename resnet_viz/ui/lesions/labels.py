"""What a picture shows, in the visitor's language."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.lesions import Lesion
from resnet_viz.records import WeightsInfo
from resnet_viz.report import words
from resnet_viz.ui.state import language


def shown(info: WeightsInfo, lesions: Sequence[Lesion] = ()) -> str:
    """One phrase for whatever stands over a picture, bars or a curve."""
    return words.shown(language(), info, lesions)


def cut_off_shortcut(lesions: Sequence[Lesion]) -> bool:
    """Whether what is shown might be taken for a plain network."""
    return any(lesion.part == "shortcut" for lesion in lesions)
