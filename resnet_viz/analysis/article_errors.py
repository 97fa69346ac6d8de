"""What the article's printed block gets wrong: each point tried out in the PyTorch that runs here.

The article (on ResNet-50's structure) prints a block that mixes PyTorch with Keras. The fragments under test are its
own; what is around them is the least that makes them run. The errors are those that were raised, in their own words.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

SNIPPET_NAME = "<article>"

Code = Literal["batch_norm", "in_channels", "add", "expansion", "normalisation"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a snippet: the value of its last line, or the error that ended it."""

    value: str = ""
    """`repr` of the last line."""
    error: str = ""
    """Name of the error's type, empty where none was raised."""
    message: str = ""
    """The error's own words."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A snippet and what came of it."""

    snippet: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the article's code gets wrong."""

    code: Code
    """Names the sentence about it."""
    printed: tuple[Trial, ...]
    """As printed; empty where the mistake is in a comment or a word, which raise nothing."""
    mended: Trial
    """What to write instead, or what shows how it is."""


_IN_CHANNELS_NAMED = "nn.Conv2d(out_channels=64, kernel_size=1)"
_IN_CHANNELS_PLACED = "nn.Conv2d(64, kernel_size=1)"
_ADD = """class Block(nn.Module):
    def forward(self, out, identity):
        return {line}

Block()(torch.ones(3), torch.ones(3))"""
_EXPANSION = """block = Bottleneck(256, 64)
block.conv2.out_channels, block.conv3.out_channels, block.conv3.kernel_size, block.expansion"""
_NORMALISATION = """x = torch.arange(96.0).reshape(2, 3, 4, 4)
y = nn.BatchNorm2d(3)(x)
[(round(c.mean().item(), 3), round(c.std(correction=0).item(), 3)) for c in y.unbind(1)]"""

_POINTS: tuple[tuple[Code, tuple[str, ...], str], ...] = (
    ("batch_norm", ("nn.BatchNormalization(64)",), "nn.BatchNorm2d(64)"),
    ("in_channels", (_IN_CHANNELS_NAMED, _IN_CHANNELS_PLACED), "nn.Conv2d(256, 64, kernel_size=1, bias=False)"),
    ("add", (_ADD.format(line="self.add([out, identity])"),), _ADD.format(line="out + identity")),
    ("expansion", (), _EXPANSION),
    ("normalisation", (), _NORMALISATION),
)
"""Code, what was printed, what to write instead."""

_PRELUDE = "import torch\nfrom torch import nn\nfrom torchvision.models.resnet import Bottleneck"


def article_points() -> tuple[Point, ...]:
    """Run every snippet, wrong and right, and return what came of them, in the order of the article's code."""
    return tuple(
        Point(code, tuple(_trial(snippet) for snippet in printed), _trial(mended)) for code, printed, mended in _POINTS
    )


def try_out(snippet: str) -> Outcome:
    """Run a snippet whose last line is an expression, with `torch`, `nn` and torchvision's `Bottleneck` at hand."""
    tree = ast.parse(snippet)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    namespace: dict[str, object] = {"__name__": SNIPPET_NAME}
    exec(_PRELUDE, namespace)
    try:
        exec(compile(tree, SNIPPET_NAME, "exec"), namespace)
        value = eval(compile(ast.Expression(last.value), SNIPPET_NAME, "eval"), namespace)  # noqa: S307, snippets of this file
    except (AttributeError, NameError, TypeError, ValueError, RuntimeError) as error:
        return Outcome(error=type(error).__name__, message=str(error))
    return Outcome(value=repr(value))


def _trial(snippet: str) -> Trial:
    return Trial(snippet, try_out(snippet))
