"""Feature maps as boxes, true to scale: as high and deep as the map is, as wide as it has channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from resnet_viz.figures.overlays import data_uri
from resnet_viz.figures.palette import stage_color

_TALLEST = 78.0
"""Pixels of a map as large as the picture."""
_WIDEST = 56.0
"""Pixels of 2048 channels."""
_LEAN = 0.42, 0.3
"""How far the rear edge of a map is moved to the right and up, as shares of its side."""

_STYLE = """<style>
.maps { display: grid; grid-template-columns: repeat(var(--levels), minmax(0, 1fr)); gap: 0 .4rem; margin: 0; padding: 0 }
.maps figure { margin: 0 0 .8rem; display: grid; grid-row: span 2; grid-template-rows: subgrid; justify-items: center;
  text-align: center; font-size: .85rem; line-height: 1.35; min-width: 0 }
.maps img { max-width: 100%; align-self: end; margin-bottom: .3rem }
.maps b { font-weight: 600 }
.maps .taps { display: flex; flex-wrap: wrap; gap: .2rem; justify-content: center; min-height: 1.6em; margin-top: .2rem }
.maps .taps span { border: 1px solid currentColor; border-radius: 4px; padding: 0 .35em; font-size: .78rem }
@media (max-width: 700px) {
  .maps { grid-template-columns: repeat(3, minmax(0, 1fr)) }
  .maps .none { display: none }
}
</style>"""


@dataclass(frozen=True, slots=True)
class MapBox:
    """One feature map."""

    title: str
    lines: tuple[str, ...]
    """What stands below the title."""
    channels: int
    share: float
    """Its side as a share of the picture's."""
    stage: int | None
    taps: tuple[str, ...] = ()
    """Who takes this map."""


def feature_maps(columns: Sequence[MapBox | None], name: str) -> str:
    """The boxes in a row that wraps on phones; None leaves a column empty. `name` is for screen readers. HTML."""
    cells = "".join('<figure class="none"></figure>' if box is None else _cell(box) for box in columns)
    return f'{_STYLE}<div class="maps" role="group" aria-label="{escape(name)}" style="--levels:{len(columns)}">{cells}</div>'


def _cell(box: MapBox) -> str:
    lines = "".join(f"<br>{escape(line)}" for line in box.lines)
    taps = "".join(f"<span>{escape(tap)}</span>" for tap in box.taps)
    # As an image: drawings inside of HTML are taken out of it on its way to the page.
    picture = data_uri(box_svg(box).encode(), "image/svg+xml")
    drawn = f'<img alt="" src="{picture}">'
    caption = f'<figcaption><b>{escape(box.title)}</b>{lines}<div class="taps">{taps}</div></figcaption>'
    return f"<figure>{drawn}{caption}</figure>"


def box_svg(box: MapBox) -> str:
    """A box as SVG. In front channels by height; to the right, leaning back, the map itself."""
    side, wide = max(_TALLEST * box.share, 1.5), max(_WIDEST * box.channels / 2048, 1.5)
    right, up = (side * lean for lean in _LEAN)
    width, height = wide + right + 2, side + up + 2
    x, y = 1.0, up + 1
    front = ((x, y), (x + wide, y), (x + wide, y + side), (x, y + side))
    top = ((x, y), (x + right, y - up), (x + right + wide, y - up), (x + wide, y))
    face = ((x + wide, y), (x + wide + right, y - up), (x + wide + right, y - up + side), (x + wide, y + side))
    colour = stage_color(box.stage)
    faces = "".join(
        f'<polygon points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}" fill="{colour}" fill-opacity="{opacity}"/>'
        for points, opacity in ((front, 0.85), (top, 0.6), (face, 0.3))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" '
        f'stroke="{colour}" stroke-linejoin="round">{faces}</svg>'
    )
