"""How a lesson is read, and what it says of one that is not written as it must be."""

import re

import pytest

from resnet_viz.learn.lesson import Asked, Figure, LessonError, Section, Text, parse

SOURCE = """\
# Seven parts
> You can say what each part is for.

There are **seven**, see [the stem](place:stage0).

$$
a + b
$$

## The parts
::figure overview
Below it.
::question count
How many?

- six
- seven

::hint
Count the boxes.
::answer
There are {answer}.
::end

## The end
Last words.
::next stem, stages
"""


def test_all_parts_are_read_in_order() -> None:
    lesson = parse(SOURCE, "network.md")
    assert (lesson.title, lesson.promise) == ("Seven parts", "You can say what each part is for.")
    asked = Asked("count", "How many?", ("six", "seven"), "Count the boxes.", "There are {answer}.")
    first = Text("There are **seven**, see [the stem](place:stage0).\n\n$$\na + b\n$$")
    assert lesson.sections == (
        Section("", (first,)),
        Section("The parts", (Figure("overview"), Text("Below it."), asked)),
        Section("The end", (Text("Last words."),)),
    )
    assert lesson.next == ("stem", "stages")
    assert lesson.figures == ("overview",)
    assert lesson.question == asked


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ("# Seven", "Seven", "l.md:1: a lesson begins with"),
        ("> You", "You", "l.md:1: a lesson begins with"),
        ("::next stem, stages\n", "", "l.md:26: the last line"),
        ("::figure overview", "::figure Over view", "l.md:11: '::figure' wants an id"),
        ("::figure overview", "::picture overview", "l.md:11: '::picture' has no place here"),
        ("::hint\n", "", "l.md:13: a question goes on with"),
        ("- seven\n", "", "l.md:13: question count has no second choice"),
        ("Count the boxes.\n", "", "l.md:13: question count has no hint"),
        ("Last words.", "::", "l.md:26: '::' is no directive"),
        (re.search("::question.*::end\n", SOURCE, re.DOTALL)[0], "", "a lesson has one question, not 0"),  # type: ignore[index]
    ],
)
def test_a_mistake_is_named_with_its_line(wrong: str, instead: str, said: str) -> None:
    assert wrong in SOURCE
    with pytest.raises(LessonError, match=re.escape(said)):
        parse(SOURCE.replace(wrong, instead), "l.md")
