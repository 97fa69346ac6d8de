"""The terms of the field as this project uses them, each with the place where it can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Term:
    """A term; its name and what it means are texts of a language."""

    id: str
    """What a link of a lesson calls it: `receptive-field`."""
    see: str
    """The link, as lessons write them, to where it can be seen."""

    @property
    def key(self) -> str:
        """What the catalogues call it: `receptive_field`."""
        return self.id.replace("-", "_")


_TERMS = (
    Term("activation", "page:activations?place=layer2.0"),
    Term("backbone", "page:networks?family=outputs"),
    Term("basic-block", "page:architecture?network=resnet18&place=layer1.0"),
    Term("batch-norm", "place:layer1.0.bn1"),
    Term("block", "place:layer2.1"),
    Term("bottleneck", "page:blocks?block_view=build"),
    Term("btnk", "page:blocks?block_view=table"),
    Term("channel", "page:activations?look=channels&place=layer1.0"),
    Term("class-map", "page:activations?look=why&place=layer4.2"),
    Term("convolution", "place:conv1"),
    Term("degradation", "page:compare?view=side&part=curves"),
    Term("depth", "page:networks?family=history"),
    Term("exploding-gradient", "page:compare?view=depth&part=stack"),
    Term("feature-map", "page:activations?place=layer3.0"),
    Term("flops", "page:architecture"),
    Term("global-pooling", "place:avgpool"),
    Term("gradient", "page:compare?view=depth&part=signal"),
    Term("heatmap", "page:activations?look=maps"),
    Term("identity", "place:layer1.1.add"),
    Term("inception", "page:architecture?network=googlenet&place=inception3a"),
    Term("initialisation", "page:compare?view=depth&part=stack"),
    Term("kernel", "page:activations?look=channels&channels=weights&place=conv1"),
    Term("landscape", "page:compare?view=paths&part=landscape"),
    Term("lesion", "page:activations?look=lesions"),
    Term("linear", "place:fc"),
    Term("logit", "page:activations?place=fc"),
    Term("macs", "page:architecture"),
    Term("overfitting", "page:compare?view=side&part=curves"),
    Term("padding", "place:layer1.0.conv2"),
    Term("parameter", "page:architecture"),
    Term("path", "page:compare?view=paths&part=unravelled"),
    Term("plain", "page:compare?view=side&part=blueprints"),
    Term("pooling", "place:maxpool"),
    Term("projection", "place:layer2.0.downsample.0"),
    Term("receptive-field", "page:activations?look=maps&place=layer3.1"),
    Term("regularisation", "page:compare?view=train"),
    Term("relu", "place:relu"),
    Term("residual", "page:activations?look=block&place=layer3.2"),
    Term("residual-branch", "place:layer2.1.conv2"),
    Term("resnet", "place:network"),
    Term("shattered", "page:compare?view=depth&part=shattered"),
    Term("shortcut", "place:layer1.0"),
    Term("side-output", "page:networks?family=outputs"),
    Term("softmax", "page:activations?place=fc"),
    Term("stage", "place:stage2"),
    Term("stem", "place:stage0"),
    Term("step", "page:architecture?place=layer4.2"),
    Term("stride", "place:layer2.0.conv2"),
    Term("top-k", "page:networks?family=history"),
    Term("v1", "page:compare?view=side&part=blueprints&left=resnet50&right=resnet50-v1"),
    Term("vanishing-gradient", "page:compare?view=depth&part=chain"),
    Term("weight", "page:activations?look=channels&channels=weights&place=layer1.0.conv2"),
)

TERMS: Mapping[str, Term] = MappingProxyType({term.id: term for term in _TERMS})
"""All terms by id, in the order of the English alphabet."""
