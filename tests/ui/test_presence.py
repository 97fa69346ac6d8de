"""Who is there: without a server everyone, with one who is connected."""

import pytest
from streamlit import runtime

from resnet_viz.ui.presence import is_there, visitor


class Connected:
    """Stands in for a server with one visitor."""

    def is_active_session(self, session: str) -> bool:
        return session == "a"


def test_without_a_server_everyone_is_there() -> None:
    assert is_there("anyone")
    assert visitor() == ""


def test_with_a_server_who_is_connected_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", Connected)
    assert is_there("a") and not is_there("b")
