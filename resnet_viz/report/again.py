"""How to have the same again: the address that opens the app with the same choices, and the command for the report."""

from __future__ import annotations

import shlex
from urllib.parse import urlencode

from resnet_viz.analysis.answers import class_id
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK
from resnet_viz.report.ask import Ask

SERVED = "http://localhost:8501"
"""Where `streamlit run app.py` serves the app unless it is told otherwise."""


def address(ask: Ask) -> str:
    """The app's address with the choices, where it runs on the reader's own machine."""
    subject, choices = ask.subject, ask.choices
    chosen = {
        "lang": ask.language,
        "network": subject.plan.network,
        "weights": subject.info.source,
        "size": str(subject.plan.size),
        "place": "" if choices.place == NETWORK else choices.place,
        "class": _class(ask),
        "sample": "" if subject.sample is None else subject.sample.name,
    }
    return f"{SERVED}/activations?{urlencode({name: value for name, value in chosen.items() if value})}"


def command(ask: Ask) -> str:
    """What makes the same report in a shell; empty where no command does: after cuts, or of a squashed picture."""
    subject, choices, info = ask.subject, ask.choices, ask.subject.info
    if choices.lesions or subject.prepared.fit != "crop":
        return ""
    image = f"assets/samples/{subject.sample.path.name}" if subject.sample else subject.name
    options = {
        "--network": subject.plan.network,
        "--weights": info.origin if info.source == "file" else info.source,
        "--size": str(subject.plan.size) if subject.plan.size != spec(subject.plan.network).default_size else "",
        "--layer": "" if choices.place == NETWORK else choices.place,
        "--class": _class(ask),
        "--lang": ask.language,
    }
    words = [word for name, value in options.items() if value for word in (name, value)]
    return "python -m resnet_viz report " + shlex.join([image, *words, "-o", "report.html"])


def _class(ask: Ask) -> str:
    index = ask.choices.class_index
    return class_id(ask.subject.info.labels[index], index)
