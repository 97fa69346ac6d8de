"""A download of ImageNet weights in a thread of its own, so that neither its visitor nor any other waits for it.

Reading from a socket leaves the interpreter to others; the page that asked looks at the numbers here from time to time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from resnet_viz.errors import WeightsError
from resnet_viz.networks.pretrained import Version
from resnet_viz.networks.weights import download


class Fetch(Protocol):
    """What fetches: `weights.download`, or something like it in a test."""

    def __call__(
        self, network: str, version: Version, progress: Callable[[int, int], None], cancelled: Callable[[], bool], /
    ) -> Path: ...


class DownloadJob:
    """One download: started by making it, watched through its attributes, ended by itself or by `cancel`."""

    def __init__(self, network: str, version: Version, fetch: Fetch = download) -> None:
        self.network = network
        self.version = version
        self.done = 0
        """Bytes so far."""
        self.total = 0
        """Bytes in all, 0 while unknown."""
        self.error: WeightsError | None = None
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(fetch,), name=f"download {network}", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    @property
    def cancelled(self) -> bool:
        """Whether the visitor stopped it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to end: at the next chunk it does, and leaves nothing behind."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)

    def _run(self, fetch: Fetch) -> None:
        try:
            fetch(self.network, self.version, self._progress, self._cancelled.is_set)
        except WeightsError as error:
            self.error = error

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total
