"""Worksheets: the same from the same seed, answers behind a page break, and each of a bundle another one."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from resnet_viz.lang import LANGUAGES, Language
from resnet_viz.learn.formulas import equals, plain, window_side
from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import PER_SHEET, sheet
from resnet_viz.report.wording import answer, question
from resnet_viz.report.worksheet import bundle, file_name, worksheet

MADE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def made(language: Language, seed: int) -> str:
    return worksheet(language, seed, plan, f"http://127.0.0.1/learn?seed={seed}", MADE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_stand_on_pages_of_their_own(language: Language) -> None:
    text = made(language, 2)
    questions, key, worked = text.split('<section class="new-page">')
    assert questions.count("<strong>") >= PER_SHEET
    assert "http://127.0.0.1/learn?seed=2" in questions
    for found in sheet(2, plan):
        row = f'<th scope="row">{found.number}</th><td class="number">{answer(found)}</td>'
        assert row in key and row not in questions
        for line in found.given:
            assert line.replace("<", "&lt;") in questions
        assert plain(found.steps[-1].formula) in worked
        assert "{" not in question(language, found)


def test_it_asks_for_nothing_from_elsewhere_and_follows_from_its_seed() -> None:
    text = made("en", 2)
    assert "<script" not in text and "src=" not in text and "\\" not in text.split("</style>")[1]
    assert text == made("en", 2)
    assert text != made("en", 3)


def test_a_bundle_has_different_ones_and_can_be_given_up() -> None:
    asked: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        asked.append((done, total))
        return True

    file = bundle("en", (2, 3), plan, str, made=MADE, go_on=go_on)
    assert file is not None
    with zipfile.ZipFile(BytesIO(file)) as folder:
        assert folder.namelist() == [file_name(2), file_name(3)]
        first, second = (folder.read(name).decode() for name in folder.namelist())
    assert first == worksheet("en", 2, plan, "2", MADE) and first != second
    assert asked == [(0, 2), (1, 2)]
    assert bundle("en", (2, 3), plan, str, made=MADE, go_on=lambda done, total: False) is None


def test_formulas_in_plain_signs() -> None:
    assert plain(equals(window_side(56, 3, 2, 1), 28)) == "⌊(56 + 2·1 − 3) / 2⌋ + 1 = 28"
    assert plain(equals(window_side(112, 3, 2, 0, up=True), 56)) == "⌈(112 + 2·0 − 3) / 2⌉ + 1 = 56"
