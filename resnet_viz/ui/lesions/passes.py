"""The second pass, of a network that was cut or of a picture that was changed, and what it is held against the first for.

The large tensors are in the session's store, and what comes out of them beside: they are made again only if that is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.departures import Departure, Pass, departures, gap_map, route
from resnet_viz.analysis.heatmaps import Reduction, reduce
from resnet_viz.analysis.lesions import Lesion, cut, lesioned
from resnet_viz.analysis.perturbations import Change, perturb
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import forward, predictions, value
from resnet_viz.records import Activations, Heatmap, Prediction, Prepared
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.cache import store


@dataclass(frozen=True, slots=True)
class Second:
    """A second pass, without the activations behind it."""

    key: tuple[object, ...]
    """Names picture, network, weights, size, fit, and what is done to it."""
    program: Program
    prepared: Prepared
    lesions: tuple[Lesion, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pass answers: the likeliest classes, and the probability of the one that is watched."""

    predictions: tuple[Prediction, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Maps:
    """A place's map in the first pass and in the second, and what differs."""

    before: Heatmap
    after: Heatmap
    gap: Heatmap

    @property
    def nbytes(self) -> int:
        """Memory of the three, in bytes."""
        return sum(one.values.nbytes for one in (self.before, self.after, self.gap))


def cut_pass(result: Result, lesions: tuple[Lesion, ...]) -> Second:
    """The pass of the network after these cuts."""
    # Made anew each time, in under a millisecond: a session keeps no networks.
    program = cut(result.loaded.program, result.plan, lesions)
    return Second((result.key, *lesions), program, result.prepared, lesions)


def changed_pass(result: Result, change: Change) -> Second:
    """The pass of the changed picture."""
    key, transforms = (result.key, change), result.loaded.info.transforms
    prepared = store().get(
        ("changed", key), lambda: perturb(result.prepared, change, transforms), lambda made: 2 * made.tensor.nbytes
    )
    return Second(key, result.loaded.program, prepared)


def second_kept(result: Result, second: Second) -> Activations:
    """What the second pass kept; a cut network is run from its first cut on."""
    first = activations(result)

    def make() -> Activations:
        if second.lesions:
            return lesioned(result.loaded.program, result.plan, first, second.lesions)[1]
        return forward(second.program, second.prepared.tensor)

    def own(kept: Activations) -> int:
        return sum(tensor.nbytes for name, tensor in kept.kept.items() if first.kept.get(name) is not tensor)

    return store().get(("second", second.key), make, own)


def answers(result: Result, second: Second, class_index: int) -> tuple[Answer, Answer]:
    """Both answers, the first pass's first."""

    def one(kept: Activations) -> Answer:
        probability = float(kept.logits.double().softmax(0)[class_index])
        return Answer(predictions(kept, result.loaded.info, k=5), probability)

    return store().get(
        ("answers", second.key, class_index),
        lambda: (one(activations(result)), one(second_kept(result, second))),
        lambda _: 2000,
    )


def departed(result: Result, second: Second) -> tuple[Departure, ...]:
    """How far the second pass lies from the first, at all places that are compared."""
    return store().get(
        ("departed", second.key), lambda: departures(*_both(result, second), route(result.plan)), lambda _: 5000
    )


def feature_maps(result: Result, second: Second, place: str, how: Reduction) -> Maps:
    """One kind of map of a place in both passes, and the norm of what differs."""

    def make() -> Maps:
        first, other = _both(result, second)
        before, after = (reduce(value(*one, place), place, how) for one in (first, other))
        return Maps(before, after, gap_map(first, other, place))

    return store().get(("maps", second.key, place, how), make, lambda made: made.nbytes)


def class_maps(result: Result, second: Second, place: str, class_index: int) -> tuple[Heatmap, Heatmap]:
    """Grad-CAM for a class at a place, in both passes."""
    return store().get(
        ("class maps", second.key, place, class_index),
        lambda: (
            grad_cam(result.loaded.program, activations(result), place, class_index),
            grad_cam(second.program, second_kept(result, second), place, class_index),
        ),
        lambda made: sum(one.values.nbytes for one in made),
    )


def _both(result: Result, second: Second) -> tuple[Pass, Pass]:
    return (result.loaded.program, activations(result)), (second.program, second_kept(result, second))
