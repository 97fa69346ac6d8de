"""What the command line understands, and in which language it answers."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn, get_args

from resnet_viz.errors import VizError
from resnet_viz.lang import LANGUAGES, Language, guess, text
from resnet_viz.records import NETWORK

FORMATS = ("table", "csv", "json")


class UsageError(VizError):
    """A command line that cannot be read."""


class _Parser(ArgumentParser):
    """argparse, with an exception in the place of its two lines on stderr."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("usage", message=message, command=self.prog)


def chosen_language(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang` on the command line, else what the locale of the shell says: needed before the rest is parsed."""
    for word, following in pairwise([*words, ""]):
        name, _, value = word.partition("=")
        for language in LANGUAGES:
            if name == "--lang" and language == (value or following):
                return language
    locale = next((environment[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(n)), None)
    return guess(locale)


def parser(language: Language) -> ArgumentParser:
    """The parser of all commands, its help in `language`. Raises UsageError where argparse would exit."""

    def say(key: str) -> str:
        return text(language, f"cli.{key}")

    shared = _Parser(add_help=False)
    shared.add_argument("--lang", choices=get_args(Language), help=say("lang"))
    sized = _Parser(add_help=False)
    sized.add_argument("--size", type=int, metavar="N", help=say("size"))

    top = _Parser(prog="python -m resnet_viz", description=say("about"))
    commands = top.add_subparsers(dest="command", required=True, metavar="layers|diagram|inspect")

    def command(name: str) -> ArgumentParser:
        about = say(f"{name}.about")
        return commands.add_parser(
            name, parents=[sized, shared], help=about, description=about, formatter_class=RawDescriptionHelpFormatter
        )

    layers = command("layers")
    layers.add_argument("network", metavar="NETWORK", help=say("network"))
    layers.add_argument("--format", choices=FORMATS, default="table", help=say("layers.format"))

    diagram = command("diagram")
    diagram.add_argument("network", metavar="NETWORK", help=say("network"))
    diagram.add_argument("--view", default="overview", help=say("diagram.view"))
    diagram.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("diagram.output"))

    inspect = command("inspect")
    inspect.add_argument("image", type=Path, metavar="IMAGE", help=say("inspect.image"))
    inspect.add_argument("--network", default="resnet50", help=say("network"))
    inspect.add_argument("--weights", default="auto", help=say("inspect.weights"))
    inspect.add_argument("--download", action="store_true", help=say("inspect.download"))
    inspect.add_argument("--layer", default=NETWORK, metavar="PLACE", help=say("inspect.layer"))
    inspect.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help=say("inspect.output"))
    return top
