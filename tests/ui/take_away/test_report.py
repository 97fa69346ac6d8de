"""The report on the activations page: made when it is asked for, of what is chosen then."""

from __future__ import annotations

from tests.ui.activations_page import opened, said

SMALL = {"network": "resnet18", "weights": "none", "size": "32", "place": "layer2.1", "class": "7"}


def test_one_click_makes_it_and_another_choice_makes_another() -> None:
    offline = "opens offline"
    app = opened(SMALL | {"cut": "layer3.0.branch"})
    assert offline not in said(app, "caption")
    app.button(key="report_make").click().run()
    assert not app.exception
    assert offline in said(app, "caption")
    assert not [button for button in app.button if button.key == "report_make"]
    app.selectbox(key="place").select("layer1.0").run()
    assert offline not in said(app, "caption")
    assert app.button(key="report_make")
