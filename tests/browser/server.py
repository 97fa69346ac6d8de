"""The app as a visitor meets it: `streamlit run app.py` on a free port of this machine, its output kept."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """A running app."""

    url: str
    log: Path

    def output(self) -> str:
        """What the app has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serve(root: Path = ROOT, patience: float = 120) -> Iterator[Server]:
    """Start the app, wait until it answers, and end it with the block. Raises RuntimeError with its output."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", HOST, "--server.port", str(port), "--browser.gatherUsageStats", "false"]
    command += ["--server.fileWatcherType", "none"]
    with tempfile.TemporaryDirectory(prefix="resnet_viz-") as folder:
        server = Server(f"http://{HOST}:{port}", Path(folder) / "server.log")
        with server.log.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=root,
                env={"OMP_NUM_THREADS": "1"} | os.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for_health(server, process, patience)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for_health(server: Server, process: subprocess.Popen[bytes], patience: float) -> None:
    direct = build_opener(ProxyHandler({}))  # a proxy of the environment must not be asked for this machine
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with status {process.returncode}:\n{server.output()}")
        try:
            with direct.open(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not answer within {patience:g} s:\n{server.output()}")
