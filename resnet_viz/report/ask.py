"""What a report is asked for: a pass of one picture, and what was chosen to be looked at in it."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_viz.analysis.heatmaps import with_cells
from resnet_viz.analysis.lesions import Lesion
from resnet_viz.forward.program import Program
from resnet_viz.forward.samples import Sample
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.lang import Language, class_name, text
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK, Activations, Blueprint, DecodedImage, Prepared, WeightsInfo


@dataclass(frozen=True, slots=True)
class Subject:
    """One picture in one network."""

    name: str
    """The picture's, as its owner calls it."""
    decoded: DecodedImage
    prepared: Prepared
    plan: Blueprint
    info: WeightsInfo
    program: Program
    kept: Activations
    sample: Sample | None = None
    """Which of the project's own pictures it is."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is looked at."""

    place: str
    """NETWORK where nothing in particular is selected."""
    class_index: int
    lesions: tuple[Lesion, ...] = ()
    link: str = ""
    """The address that opens the app with the same choices; empty where nobody knows where it runs."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A subject, what to look at, and in which language."""

    subject: Subject
    choices: Choices
    language: Language
    go_on: GoOn = to_the_end
    """Asked in the midst of what takes long; where it says no, what comes of it is thrown away."""

    def t(self, key: str, **values: object) -> str:
        """A sentence in the report's language."""
        return text(self.language, key, **values)

    @property
    def title(self) -> str:
        """The network as sentences call it."""
        return spec(self.subject.plan.network).title

    @property
    def class_name(self) -> str:
        """The chosen class."""
        return class_name(self.language, self.subject.info.labels[self.choices.class_index])

    @property
    def place(self) -> str:
        """The place that is shown: the chosen one, or the end of the last stage."""
        chosen = self.choices.place
        return self.subject.plan.stages[-1].name if chosen == NETWORK else chosen

    @property
    def place_with_map(self) -> str:
        """The same where it has height and width; else the last stage that has them."""
        return with_cells(self.subject.plan, self.place)
