"""The command line as a user gives it, in a process of its own or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from resnet_viz.cli import main

ROOT = Path(__file__).parents[2]


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in which `resnet_viz` is the command; what it prints may be in any encoding."""
    python = f"{sys.executable} -m resnet_viz"
    return subprocess.run(
        ["bash", "-c", line.replace("resnet_viz", python, 1)],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=300,
    )


def refused(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a refused command leaves on stderr."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("resnet_viz: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    return err
