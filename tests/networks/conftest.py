"""Small published weights, a cache of their own, and a server that can misbehave: no test here leaves this machine."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
import torchvision
from torchvision.models import ResNet18_Weights, Weights, WeightsEnum

from resnet_viz.networks.catalog import build


def saved(thing: object) -> bytes:
    """What torch.save writes."""
    stream = io.BytesIO()
    torch.save(thing, stream)
    return stream.getvalue()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of torchvision: the folder of its checkpoints."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    return tmp_path / "torch" / "hub" / "checkpoints"


@pytest.fixture(scope="session")
def resnet18_bytes() -> bytes:
    """A ResNet-18 for 1,000 classes as torchvision publishes one, with starting values of seed 5."""
    return saved(build("resnet18", seed=5).state_dict())


@pytest.fixture
def published(cache: Path, resnet18_bytes: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """torchvision's ImageNet weights of ResNet-18 are these bytes now: their hash stands in the name of their file."""
    digest = hashlib.sha256(resnet18_bytes).hexdigest()[:8]
    real = ResNet18_Weights.IMAGENET1K_V1

    class Published(WeightsEnum):
        IMAGENET1K_V1 = Weights(f"https://download.invalid/resnet18-{digest}.pth", real.transforms, real.meta)

    monkeypatch.setattr(torchvision.models, "ResNet18_Weights", Published)
    return resnet18_bytes


@dataclass
class Server:
    """What a server on 127.0.0.1 answers: a body, of which it may keep back the end, and a status."""

    url: str = ""
    body: bytes = b""
    status: int = 200
    keep_back: int = 0
    says_length: bool = True
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of one file."""
    plan = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            plan.asked.append(self.path)
            self.send_response(plan.status)
            if plan.says_length:
                self.send_header("Content-Length", str(len(plan.body)))
            self.end_headers()
            # A client that cancels closes the line while this still writes.
            try:
                self.wfile.write(plan.body[: len(plan.body) - plan.keep_back])
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    plan.url = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield plan
    httpd.shutdown()
    httpd.server_close()
    thread.join()
