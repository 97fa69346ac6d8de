"""The one selected place on two networks: what each of them shows for it, and a list of the places of both."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_viz.analysis.alignment import Alignment, Side
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK, Blueprint
from resnet_viz.ui.address import show
from resnet_viz.ui.choices import chosen, remember
from resnet_viz.ui.place_select import choose_place
from resnet_viz.ui.state import PLACE_KEY, nearest, select_place, t, wished_place

SIDES: tuple[Side, Side] = ("left", "right")

SIDE_KEY = "place_of"
"""Whose place is meant where unlike networks both have one of that name: a part of the URL, and the left one's if it is
not there."""

RIGHT = "right/"
"""What stands before a place of the right network that the left one does not have, or has as something else."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected place, the network that it is a place of, and what stands for it in each."""

    side: Side
    places: tuple[str, str]
    """Left and right."""

    @property
    def place(self) -> str:
        """The selected place."""
        return self.places[SIDES.index(self.side)]


def selection(found: Alignment) -> Selection:
    """The place that was last chosen, where one of the two networks has it, else the nearest that the left one has."""
    wish = wished_place()
    if wish in found.right.places and (wish not in found.left.places or _right_is_meant(found, wish)):
        return Selection("right", (beside(found, wish, "right"), wish))
    place = nearest(found.left, wish)
    return Selection("left", (place, beside(found, place, "left")))


def beside(found: Alignment, place: str, side: Side) -> str:
    """What the other network shows for a place of the network on `side`: the same place or the nearest, else what
    stands beside it; the whole network where nothing does."""
    other = plan_of(found, across(side))
    if place in (NETWORK, INPUT):
        return place
    return nearest(other, place) if found.by_place else found.counterpart(place, side)


def select(found: Alignment, place: str, side: Side) -> None:
    """Select a place of the network on `side`. Call it from a callback."""
    select_place(place)
    remember(SIDE_KEY, side if _ambiguous(found, place) else SIDES[0], default=SIDES[0])


def place_of_both(found: Alignment) -> Selection:
    """Draw the list of the places of both networks, and return what is selected."""
    now = selection(found)
    choose_place(
        options(found),
        reported(found, now.place, now.side),
        name=lambda option: _name(found, option),
        on_choose=lambda option: select(found, *read(option)),
        help=t("compare.side.place_help"),
    )
    show(PLACE_KEY, None if now.place == NETWORK else now.place)
    show(SIDE_KEY, now.side if now.side == "right" and _ambiguous(found, now.place) else None)
    return now


def options(found: Alignment) -> tuple[str, ...]:
    """The places of the left network, then those that the right one has besides, each as `reported`."""
    of_right = (reported(found, place, "right") for place in found.right.places)
    return (*found.left.places, *(option for option in of_right if option.startswith(RIGHT)))


def reported(found: Alignment, place: str, side: Side) -> str:
    """A place as lists and diagrams name it: a place that is the right network's alone carries `right/` before it."""
    alone = place not in found.left.places or _ambiguous(found, place)
    return RIGHT + place if side == "right" and alone else place


def read(option: str) -> tuple[str, Side]:
    """The place and the side that a list or a diagram has named."""
    return (option.removeprefix(RIGHT), "right") if option.startswith(RIGHT) else (option, "left")


def plan_of(found: Alignment, side: Side) -> Blueprint:
    """The network on a side."""
    return found.left if side == "left" else found.right


def across(side: Side) -> Side:
    """The other side."""
    return "right" if side == "left" else "left"


def _right_is_meant(found: Alignment, place: str) -> bool:
    return _ambiguous(found, place) and chosen(SIDE_KEY, SIDES) == "right"


def _ambiguous(found: Alignment, place: str) -> bool:
    """Whether both networks have a place of that name, and it is not the same part."""
    if found.by_place or place in (NETWORK, INPUT):
        return False
    return place in found.left.places and place in found.right.places


def _name(found: Alignment, option: str) -> str:
    """A place in the list, with its network where the other one does not have it or means something else."""
    place, side = read(option)
    if (found.by_place and place in found.left.places and place in found.right.places) or place in (NETWORK, INPUT):
        return place
    return f"{place} · {spec(plan_of(found, side).network).title}"
