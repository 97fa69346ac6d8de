"""A document's frame: complete, escaped, in both languages, and nothing in it that is fetched from elsewhere."""

from __future__ import annotations

import platform
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
import torch

from resnet_viz.figures.bars import Bar
from resnet_viz.lang import LANGUAGES, Language
from resnet_viz.report.document import HTML_LANG, html, set_in_type
from resnet_viz.report.parts import (
    Bars,
    Code,
    Columns,
    Document,
    Facts,
    Part,
    Picture,
    Pictures,
    Scale,
    Section,
    Table,
    Text,
)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & {{ 7 * 7 }} `</code>`"
MADE = datetime(2026, 1, 2, 3, 4)
PIXEL = b"\x89PNG\r\n\x1a\n"


def every_part(words: str) -> tuple[Part, ...]:
    picture = Picture(PIXEL, "image/png", words, words, Scale("linear-gradient(red, blue)", ("0", words)), crisp=True)
    return (
        Text(words),
        Text(words, "note"),
        Facts(((words, words),)),
        Table((words, words), ((words, words),), words, marked=0),
        Pictures((picture,), title=words),
        Bars((Bar(words, 0.5, words),), "#3b78c2", words),
        Columns((Text(words), Code(words))),
    )


def a_document(words: str) -> Document:
    return Document(words, words, (Section(words, every_part(words), new_page=True),))


class Seen(HTMLParser):
    """The tags of a document, and all of its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_names_from_strangers_are_words_and_nothing_else() -> None:
    harmless, hostile = (Seen(html(a_document(words), "en", MADE)) for words in ("plain `x`", HOSTILE))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in harmless.tags]
    names = {name for _, attributes in hostile.tags for name in attributes}
    assert names == {name for _, attributes in harmless.tags for name in attributes}
    assert "49" not in "".join(hostile.words)
    title, *_ = (words for words in hostile.words if "alert" in words)
    assert title == HOSTILE


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_made_it_and_when(language: Language) -> None:
    seen = Seen(html(a_document("x"), language, MADE))
    assert ("html", {"lang": HTML_LANG[language]}) in seen.tags
    said = "".join(seen.words)
    for part in ("2026-01-02 03:04", f"PyTorch {torch.__version__}", platform.python_version()):
        assert part in said


def test_nothing_is_fetched() -> None:
    markup = html(a_document("x"), "en", MADE)
    sources = [value for _, attributes in Seen(markup).tags for name, value in attributes.items() if name == "src"]
    assert sources and all(str(source).startswith("data:") for source in sources)
    assert not re.search(r"https?:|@import|url\(", markup)
    assert "default-src 'none'" in markup


def test_a_name_that_is_no_unicode_can_be_written() -> None:
    assert "\\udcff" in html(a_document("\udcff"), "en", MADE)


def test_what_is_set_is_escaped_first() -> None:
    assert set_in_type("**a < b**: `<i>` *x*") == "<strong>a &lt; b</strong>: <code>&lt;i&gt;</code> *x*"
