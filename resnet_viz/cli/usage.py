"""What is wrong with a command line: argparse's English messages, told apart and carried as codes."""

from __future__ import annotations

import re

from resnet_viz.errors import VizError

COMMAND = "layers|diagram|inspect|report"
"""What stands for the command in `usage:` and in argparse's messages."""

_CASES = (
    ("usage_missing", r"the following arguments are required: (?P<names>.+)"),
    ("usage_command", rf"argument {re.escape(COMMAND)}: invalid choice: (?P<value>.*) \(choose from (?P<known>.+)\)"),
    ("usage_choice", r"argument (?P<name>\S+): invalid choice: (?P<value>.*) \(choose from (?P<known>.+)\)"),
    ("usage_number", r"argument (?P<name>\S+): invalid int value: (?P<value>.*)"),
    ("usage_value", r"argument (?P<name>\S+): expected one argument"),
    ("usage_flag", r"argument (?P<name>\S+): ignored explicit argument (?P<value>.*)"),
    ("usage_unknown", r"unrecognized arguments: (?P<words>.*)"),
)
"""All that argparse can find fault with in the arguments of `parser`; the tests provoke each of them."""
_LISTS = {"names", "known"}


class UsageError(VizError):
    """A command line that cannot be read."""


def usage_error(message: str, command: str) -> UsageError:
    """The error that argparse's `message` means; one that is not known here is passed on in argparse's words."""
    for code, pattern in _CASES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return UsageError(code, command=command, **{k: _value(k, v) for k, v in found.groupdict().items()})
    return UsageError("usage", message=message, command=command)


def _value(key: str, written: str) -> str | tuple[str, ...]:
    # Python up to 3.11 quotes what can be chosen, later ones do not.
    return tuple(map(_bare, written.split(", "))) if key in _LISTS else _bare(written)


def _bare(written: str) -> str:
    quoted = re.fullmatch(r"(['\"])(.*)\1", written, re.DOTALL)
    return quoted[2] if quoted else written
