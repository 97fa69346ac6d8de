"""Choices keep their ids: across languages, page switches and the URL."""

from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from resnet_viz.ui.address import arrive
    from resnet_viz.ui.choices import choose, remember

    arrive()
    options = tuple(st.session_state.get("options", ("a", "b", "c")))
    names = st.session_state.get("names", {"a": "Apple", "b": "Banana", "c": "Cherry"})
    if st.session_state.get("hidden"):
        st.stop()
    picked = choose("Fruit", options, key="fruit", name=names.__getitem__, draw="select", in_url=True)
    st.button("Cherry", key="cherry", on_click=remember, args=("fruit", "c"))
    st.text(picked)


def start(**query: str) -> AppTest:
    app = AppTest.from_function(script)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_first_option_until_one_is_chosen():
    app = start()
    assert app.text[0].value == "a"
    assert "fruit" not in app.query_params


def test_a_choice_is_in_the_url_as_an_id():
    app = start()
    app.selectbox(key="fruit").select("Banana").run()
    assert app.text[0].value == "b"
    assert app.query_params["fruit"] == "b"
    app.selectbox(key="fruit").select("Apple").run()
    assert "fruit" not in app.query_params


def test_the_url_chooses():
    assert start(fruit="c").text[0].value == "c"
    assert start(fruit="turnip").text[0].value == "a"


def test_other_names_leave_the_choice():
    app = start(fruit="b")
    app.session_state["names"] = {"a": "苹果", "b": "香蕉", "c": "樱桃"}
    app.run()
    assert app.text[0].value == "b"
    assert app.selectbox(key="fruit").value == "b"


def test_a_choice_outlives_a_rerun_without_its_widget():
    app = start()
    app.selectbox(key="fruit").select("Cherry").run()
    app.session_state["hidden"] = True
    app.run()
    app.session_state["hidden"] = False
    app.run()
    assert app.text[0].value == "c"


def test_a_choice_that_is_gone_falls_back_and_comes_back():
    app = start()
    app.selectbox(key="fruit").select("Cherry").run()
    app.session_state["options"] = ["a", "b"]
    app.run()
    assert app.text[0].value == "a"
    app.session_state["options"] = ["a", "b", "c"]
    app.run()
    assert app.text[0].value == "c"


def test_a_callback_chooses():
    app = start()
    app.button(key="cherry").click().run()
    assert app.text[0].value == "c"
    assert app.selectbox(key="fruit").value == "c"
