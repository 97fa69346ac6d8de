"""The second front: `python -m resnet_viz layers|diagram|inspect|report`, on the same layers as the app."""

from __future__ import annotations

import os
import sys
import warnings
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_viz.cli.parser import chosen_language, parser
from resnet_viz.cli.streams import STDOUT, escape_what_cannot_be_written, tell
from resnet_viz.errors import VizError
from resnet_viz.lang import Language, sentence, text

if TYPE_CHECKING:
    from resnet_viz.cli.inspection import Request

__all__ = ["main"]

FAILED = 2
"""Exit status of a usage error and of a file that cannot be read or written."""
INTERRUPTED = 130
"""Exit status after Ctrl+C, as shells have it: 128 and the number of the signal."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 after one line on stderr about what the user gave."""
    words = list(sys.argv[1:] if argv is None else argv)
    language = chosen_language(words, os.environ)
    escape_what_cannot_be_written()
    # Torch warns of a file's pickle protocol before it refuses the file: our one line says what to do instead.
    warnings.filterwarnings("ignore", message="Detected pickle protocol")
    try:
        return 0 if _run(words, language) else FAILED
    except VizError as error:
        return _fail(sentence(language, error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if isinstance(error, BrokenPipeError) and error.filename == STDOUT:
            return 0  # the reader (`| head`) has all that it wants
        file = text(language, "cli.stdout") if error.filename == STDOUT else error.filename
        return _fail(text(language, "cli.file_failed", file=file, reason=error))


def _run(words: Sequence[str], language: Language) -> bool:
    """Run a command. Returns whether all that it was given could be read."""
    try:
        options = parser(language).parse_args(words)
    except SystemExit:  # argparse's way to end after `--help`
        return True
    # Torch takes seconds to import: a usage error and `--help` need not wait for it.
    match options.command:
        case "layers":
            from resnet_viz.cli.layers import list_layers

            list_layers(options.network, options.size, options.format)
        case "diagram":
            from resnet_viz.cli.diagram import write_diagram

            write_diagram(options.network, options.size, options.view, options.output)
        case "inspect":
            return _inspect(options, language)
        case "report":
            _report(options, language)
    return True


def _inspect(options: Namespace, language: Language) -> bool:
    from resnet_viz.cli.inspection import inspect_image
    from resnet_viz.cli.several import inspect_several

    request = _request(options)
    images: list[Path] = options.image
    if len(images) > 1 or images[0].is_dir():
        return inspect_several(request, images, options.output, language)
    inspect_image(request, images[0], options.output, language)
    return True


def _report(options: Namespace, language: Language) -> None:
    from resnet_viz.cli.report import write_report

    write_report(_request(options), options.image, getattr(options, "class"), options.output, language)


def _request(options: Namespace) -> Request:
    from resnet_viz.cli.inspection import Request

    return Request(options.network, options.weights, options.download, options.layer, options.size)


def _fail(message: str) -> int:
    tell(f"resnet_viz: {' '.join(message.split())}")
    return FAILED
