"""What is on the screen at each step of a lecture."""

from resnet_viz.learn.lesson import Asked, Figure, Lesson, Section, Text
from resnet_viz.learn.steps import Step, steps

QUESTION = Asked("q", "How many?", (), "Count.", "So many.")


def lesson(*sections: Section) -> Lesson:
    return Lesson("Title", "Promise", sections, ())


def test_the_paragraph_behind_a_figure_is_shown_with_it() -> None:
    found = lesson(
        Section(
            "One", (Text("Before."), Figure("f"), Text("Look here.\n\nThen go on."), Figure("g"), Text("And here."))
        )
    )
    assert steps(found) == (
        Step("One", Text("Before.")),
        Step("One", Figure("f"), caption="Look here."),
        Step("One", Text("Then go on.")),
        Step("One", Figure("g"), caption="And here."),
    )


def test_an_answer_is_revealed_after_its_question() -> None:
    found = lesson(Section("", (Figure("f"), Text("Look."))), Section("Two", (QUESTION, Text("After."))))
    assert steps(found) == (
        Step("Title", Figure("f"), caption="Look."),
        Step("Two", QUESTION),
        Step("Two", QUESTION, revealed=True),
        Step("Two", Text("After.")),
    )
