"""The view Side by side: two blueprints, the same picture through both networks, and how both learn."""

from __future__ import annotations

from resnet_viz.ui.compare_blueprints import blueprints
from resnet_viz.ui.compare_curves import curves
from resnet_viz.ui.compare_image import same_image


def side() -> None:
    """Draw the view."""
    blueprints()
    same_image()
    curves()
