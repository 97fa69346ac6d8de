"""The lines of a script that reach inside of a network: a place's output and the logits, both with their gradients."""

from __future__ import annotations

from collections.abc import Mapping

from resnet_viz.records import INPUT, NETWORK, Blueprint, LayerRecord


def operation_at(plan: Blueprint, place: str) -> str:
    """The operation whose output is the place's: the last one of a stage or a block."""
    record = plan.by_place.get(place)
    return place if record is None or isinstance(record, LayerRecord) else record.output


def extractor_lines(outputs: Mapping[str, str]) -> list[str]:
    """Lines that leave `inside`, the network that gives away these operations by the names that they are mapped to."""
    return [
        "from torchvision.models.feature_extraction import create_feature_extractor",
        "",
        f"inside = create_feature_extractor(model, {dict(outputs)!r})",
        "for node in inside.graph.nodes:  # nothing may be written over what is looked at",
        '    if "inplace" in node.kwargs:',
        '        node.update_kwarg("inplace", False)',
        "inside.recompile()",
    ]


def inside_lines(plan: Blueprint, place: str) -> list[str]:
    """Lines that leave `A`, the output of a place for `x`, and `answer`, the logits, with a gradient."""
    return [*ready_lines(plan, place), *run_lines(plan, place)]


def ready_lines(plan: Blueprint, place: str) -> list[str]:
    """What of it has to be done once."""
    here = operation_at(plan, place)
    return extractor_lines(({} if here == INPUT else {here: "place"}) | {plan.layers[-1].name: NETWORK})


def run_lines(plan: Blueprint, place: str) -> list[str]:
    """What of it has to be done for each picture `x`."""
    if operation_at(plan, place) == INPUT:
        return ["A = x.requires_grad_()", f'answer = inside(A)["{NETWORK}"][0]']
    return ["found = inside(x)", f'A, answer = found["place"], found["{NETWORK}"][0]']
