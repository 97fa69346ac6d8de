"""Work that takes long: had at once where it is small, else watched, stopped, begun again; its errors are the page's."""

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.lang import text


def page() -> None:
    import streamlit as st

    from resnet_viz.errors import NetworkError
    from resnet_viz.ui.cache import desk
    from resnet_viz.ui.computed import Task, computed, going_on

    ran = st.session_state.setdefault("ran", [])
    gate, key = st.session_state["gate"], st.session_state["key"]

    def work(progress, cancelled):
        ran.append(key)
        go_on = going_on(progress, cancelled)
        if not go_on(1, 2):
            return None
        gate.wait(30)
        if key == "broken":
            raise NetworkError("unknown_place", place="p", network="n")
        return "found" if go_on(2, 2) else None

    task = Task("kind", key, work, "counting", st.session_state["macs"], resumes=key == "resumes")
    try:
        st.text(f"result {computed(task)}")
    except NetworkError as error:
        st.text(f"error {error.code}")
    job = desk().job("kind")
    st.session_state["job"] = job


def start(key: str, macs: float) -> AppTest:
    from threading import Event

    app = AppTest.from_function(page)
    app.session_state["gate"], app.session_state["key"], app.session_state["macs"] = Event(), key, macs
    return app


def shown(app: AppTest) -> str:
    assert not app.exception
    return app.text[0].value


def test_what_is_small_is_had_at_once_and_once() -> None:
    app = start("small", 1e6)
    app.session_state["gate"].set()
    assert shown(app.run()) == shown(app.run()) == "result found"
    assert app.session_state["ran"] == ["small"] and app.session_state["job"] is None


def test_what_is_large_is_a_job_whose_result_stays() -> None:
    app = start("large", 1e12).run()
    assert shown(app) == "result None"
    assert [button.label for button in app.button]
    app.session_state["gate"].set()
    app.session_state["job"].wait(30)
    assert shown(app.run()) == shown(app.run()) == "result found"
    assert app.session_state["ran"] == ["large"]


@pytest.mark.parametrize(("key", "label"), [("stopped", "again"), ("resumes", "on")])
def test_what_was_stopped_is_said_and_can_be_begun_again(key: str, label: str) -> None:
    app = start(key, 1e12).run()
    app.session_state["job"].cancel()
    app.session_state["gate"].set()
    app.session_state["job"].wait(30)
    assert shown(app.run()) == "result None"
    assert "counting" in app.caption[0].value and [button.label for button in app.button] == [
        text("en", f"common.job.{label}")
    ]
    app.button[0].click().run()
    app.session_state["job"].wait(30)
    assert shown(app.run()) == "result found"
    assert app.session_state["ran"] == [key, key]


def test_an_error_of_the_work_is_raised_where_it_is_asked_for() -> None:
    app = start("broken", 1e12).run()
    app.session_state["gate"].set()
    app.session_state["job"].wait(30)
    assert shown(app.run()) == "error unknown_place"
