"""The store of a session: a budget in bytes, the oldest given back first."""

import pytest

from resnet_viz.ui.session_store import SessionStore


def fill(store: SessionStore, *keys: str, size: int = 40) -> None:
    for key in keys:
        store.get(key, lambda key=key: key.upper(), lambda _: size)


def keeps(store: SessionStore, key: str) -> bool:
    """Whether a value is there without being made."""
    return store.peek(key) == key.upper()


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
    assert [keeps(store, key) for key in "abc"] == [True, False, True]
    assert store.nbytes == 80


def test_what_exceeds_the_budget_alone_is_not_kept_and_displaces_nothing() -> None:
    store = SessionStore(100)
    fill(store, "a")
    fill(store, "huge", size=101)
    assert not keeps(store, "huge")
    assert keeps(store, "a")
    assert store.nbytes == 40


def test_two_that_make_the_same_at_once_count_it_once() -> None:
    store = SessionStore(100)

    def while_another_makes_it() -> str:
        fill(store, "a", size=30)
        return "A"

    store.get("a", while_another_makes_it, lambda _: 40)
    assert store.nbytes == 40


def test_clearing_gives_everything_back() -> None:
    store = SessionStore(100)
    fill(store, "a", "b")
    store.clear()
    assert store.nbytes == 0
    assert not keeps(store, "a")


def test_what_cannot_be_made_leaves_nothing() -> None:
    store = SessionStore(100)
    with pytest.raises(ZeroDivisionError):
        store.get("a", lambda: 1 // 0, lambda _: 10)
    assert store.nbytes == 0
