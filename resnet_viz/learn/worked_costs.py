"""Parameters and multiply-adds worked out: for an operation, for a block, for a stage."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from resnet_viz.blueprint.options import along_width
from resnet_viz.learn import formulas
from resnet_viz.learn.exercise import Step
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord, StageRecord


def params_of_operation(layer: LayerRecord) -> Iterator[Step]:
    """Weights of a convolution or a linear layer, and its biases."""
    yield Step(f"weights_{layer.kind}", formulas.equals(_weights(layer), _count(layer, "weight")))
    bias = _count(layer, "bias")
    yield Step("biases", formulas.number(bias)) if bias else Step("no_bias")
    if bias:
        yield Step("sum", formulas.equals(formulas.total((_count(layer, "weight"), bias)), layer.params))


def params_of_block(plan: Blueprint, block: BlockRecord) -> Iterator[Step]:
    """The weights of each convolution of a block, its batch norms, and their sum."""
    layers = [plan.layer(name) for name in block.layers]
    yield from _params(layers)


def params_of_stage(plan: Blueprint, stage: StageRecord) -> Iterator[Step]:
    """Equal blocks once, and the sum of all; without blocks, each convolution."""
    if not stage.blocks:
        yield from _params([plan.layer(name) for name in stage.layers])
        return
    found = [plan.block(name) for name in stage.blocks]
    terms, amount = [], 0
    for params, group in groupby(found, key=lambda block: block.params):
        alike = list(group)
        named = {"block": alike[0].name, "label": alike[0].label}
        yield Step("blocks", "", named | {"more": len(alike) - 1}) if len(alike) > 1 else Step("block", "", named)
        yield from params_of_block(plan, alike[0])
        terms.append(formulas.product(*([len(alike)] if len(alike) > 1 else []), params))
        amount += len(alike) * params
    yield Step("stage_sum", formulas.equals(" + ".join(terms), amount))


def macs_of_operation(layer: LayerRecord) -> Iterator[Step]:
    """How many numbers come out, and how many multiplications each of them takes."""
    if layer.kind == "linear":
        yield Step("macs_linear", formulas.equals(_weights(layer), layer.macs))
        return
    out, each = math.prod(layer.output_shape), layer.macs // math.prod(layer.output_shape)
    yield Step("outputs", formulas.equals(formulas.product(*layer.output_shape), out))
    yield Step("reads", formulas.equals(formulas.product(*_reads(layer)), each))
    yield Step("macs", formulas.equals(formulas.product(out, each), layer.macs))


def macs_of_block(plan: Blueprint, block: BlockRecord) -> Iterator[Step]:
    """The multiply-adds of each convolution of a block, and their sum."""
    layers = [plan.layer(name) for name in block.layers]
    counted = [layer for layer in layers if layer.macs]
    for layer in counted:
        factors = formulas.product(*layer.output_shape, *_reads(layer))
        code = "projection" if layer.name in block.projection else "convolution"
        yield convolution(code, layer, formulas.equals(factors, layer.macs))
    yield Step("macs_sum", formulas.equals(formulas.total(layer.macs for layer in counted), block.macs))


def convolution(code: str, layer: LayerRecord, formula: str) -> Step:
    """A step about a convolution, which is called by its name in its block."""
    kernel, stride = along_width(layer.options["kernel_size"]), along_width(layer.options["stride"])
    name = layer.name.removeprefix(f"{layer.block}.") if layer.block else layer.name
    return Step(code, formula, {"name": name, "kernel": kernel, "stride": stride})


def _params(layers: Sequence[LayerRecord]) -> Iterator[Step]:
    terms = []
    for layer in layers:
        if layer.kind == "conv":
            bias = _count(layer, "bias")
            formula = _weights(layer) + (f" + {formulas.number(bias)}" if bias else "")
            yield convolution("convolution", layer, formulas.equals(formula, layer.params))
            terms.append(layer.params)
    norms = [layer for layer in layers if layer.kind == "batchnorm"]
    if norms:
        channels = [layer.output_shape[0] for layer in norms]
        amount = sum(layer.params for layer in norms)
        yield Step("norms", formulas.equals(rf"2 \cdot ({formulas.total(channels)})", amount))
        terms.append(amount)
    yield Step("sum", formulas.equals(formulas.total(terms), sum(layer.params for layer in layers)))


def _reads(layer: LayerRecord) -> tuple[int, ...]:
    """What one output number of a convolution reads: a window of each input channel."""
    kernel = along_width(layer.options["kernel_size"])
    return kernel, kernel, layer.input_shapes[0][0]


def _weights(layer: LayerRecord) -> str:
    if layer.kind == "linear":
        return formulas.product(layer.input_shapes[0][0], layer.output_shape[0])
    return formulas.product(*_reads(layer), layer.output_shape[0])


def _count(layer: LayerRecord, name: str) -> int:
    return math.prod(dict(layer.param_shapes).get(name, (0,)))
