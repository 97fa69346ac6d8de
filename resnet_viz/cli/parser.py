"""What the command line understands, and in which language it answers."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from resnet_viz.cli.help import LocalHelp
from resnet_viz.cli.streams import write
from resnet_viz.cli.usage import COMMAND, usage_error
from resnet_viz.lang import LANGUAGES, Language, guess, text
from resnet_viz.records import NETWORK

FORMATS = ("table", "csv", "json")


class _Parser(ArgumentParser):
    """argparse with its words in `language`, and an exception in the place of its two lines on stderr."""

    def __init__(self, language: Language, **how: Any) -> None:
        # No abbreviations: `--la zh` would be understood here and not by `chosen_language`.
        super().__init__(formatter_class=partial(LocalHelp, language), add_help=False, allow_abbrev=False, **how)
        self._positionals.title = text(language, "cli.arguments")
        self._optionals.title = text(language, "cli.options")
        self.add_argument("-h", "--help", action="help", help=text(language, "cli.help"))
        self.add_argument("--lang", choices=LANGUAGES, help=text(language, "cli.lang"))

    def error(self, message: str) -> NoReturn:
        raise usage_error(message, self.prog)

    def print_help(self, file: object = None) -> None:
        write(self.format_help())


def chosen_language(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang` on the command line, else what the locale of the shell says: needed before the rest is parsed."""
    for word, following in reversed([*pairwise([*words, ""])]):
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

    top = _Parser(language, prog="python -m resnet_viz", description=say("about"))
    commands = top.add_subparsers(dest="command", required=True, metavar=COMMAND)

    def command(name: str) -> ArgumentParser:
        about = say(f"{name}.about")
        made = commands.add_parser(name, language=language, help=about, description=about)
        made.add_argument("--size", type=int, metavar="N", help=say("size"))
        return made

    def through(command: ArgumentParser) -> None:
        command.add_argument("--network", default="resnet50", help=say("network"))
        command.add_argument("--weights", default="auto", help=say("inspect.weights"))
        command.add_argument("--download", action="store_true", help=say("inspect.download"))

    layers = command("layers")
    layers.add_argument("network", metavar="NETWORK", help=say("network"))
    layers.add_argument("--format", choices=FORMATS, default="table", help=say("layers.format"))

    diagram = command("diagram")
    diagram.add_argument("network", metavar="NETWORK", help=say("network"))
    diagram.add_argument("--view", default="overview", help=say("diagram.view"))
    diagram.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("diagram.output"))

    inspect = command("inspect")
    inspect.add_argument("image", type=Path, nargs="+", metavar="IMAGE", help=say("inspect.image"))
    through(inspect)
    inspect.add_argument("--layer", default=NETWORK, metavar="PLACE", help=say("inspect.layer"))
    inspect.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help=say("inspect.output"))

    report = command("report")
    report.add_argument("image", type=Path, metavar="IMAGE", help=say("report.image"))
    through(report)
    report.add_argument("--layer", default=NETWORK, metavar="PLACE", help=say("report.layer"))
    report.add_argument("--class", metavar="CLASS", help=say("report.class"))
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("report.output"))
    return top
