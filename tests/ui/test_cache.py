"""The store of a session: a budget in bytes, the oldest given back first."""

from pathlib import Path

from resnet_viz.networks.weights import resolve
from resnet_viz.ui.cache import SessionStore, program


def fill(store: SessionStore, *keys: str, size: int = 40) -> None:
    for key in keys:
        store.get(key, lambda key=key: key.upper(), lambda _: size)


def test_a_value_is_made_once() -> None:
    store, made = SessionStore(100), []
    for _ in range(3):
        assert store.get("a", lambda: made.append(1) or "value", lambda _: 10) == "value"
    assert made == [1]


def test_the_oldest_goes_first_and_a_used_one_is_young() -> None:
    store = SessionStore(100)
    fill(store, "a", "b")
    fill(store, "a")
    fill(store, "c")
    assert [store.peek(key) for key in "abc"] == ["A", None, "C"]
    assert store.nbytes == 80


def test_what_exceeds_the_budget_alone_is_not_kept_and_displaces_nothing() -> None:
    store = SessionStore(100)
    fill(store, "a")
    fill(store, "huge", size=101)
    assert store.peek("huge") is None
    assert store.peek("a") == "A"


def test_clearing_gives_everything_back() -> None:
    store = SessionStore(100)
    fill(store, "a", "b")
    store.clear()
    assert store.nbytes == 0


def test_a_file_with_the_bundled_weights_does_not_rename_them_for_others() -> None:
    file = Path(__file__).parents[2] / "assets" / "weights" / "resnet50-imagenette.safetensors"
    theirs = program("resnet50", file.read_bytes(), "mine.safetensors")
    bundled = program("resnet50", "bundled")
    assert (theirs.info.source, bundled.info.source) == ("file", "bundled")
    assert bundled.info == resolve("resnet50", "bundled")
    assert theirs.program is bundled.program
