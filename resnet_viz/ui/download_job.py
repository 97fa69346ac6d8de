"""A download of ImageNet weights in a thread of its own, so that neither its visitor nor any other waits for it.

Reading from a socket leaves the interpreter to others; the page that asked looks at the numbers here from time to time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from resnet_viz.networks.pretrained import Version
from resnet_viz.networks.weights import download
from resnet_viz.ui.jobs import Job


class Fetch(Protocol):
    """What fetches: `weights.download`, or something like it in a test."""

    def __call__(
        self, network: str, version: Version, progress: Callable[[int, int], None], cancelled: Callable[[], bool], /
    ) -> Path: ...


class DownloadJob(Job[Path]):
    """One download of ImageNet weights: `done` and `total` are bytes, 0 in all while unknown.

    It waits for nobody's turn, for it computes nothing. Stopped, it ends at the next chunk and leaves nothing behind.
    """

    def __init__(self, network: str, version: Version, fetch: Fetch = download) -> None:
        self.network = network
        self.version = version
        super().__init__(f"download {network}", partial(fetch, network, version), turn=None)
