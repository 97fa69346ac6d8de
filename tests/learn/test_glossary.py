"""The glossary: the same terms in code and catalogues, each with a place that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from resnet_viz.lang import LANGUAGES, Language, catalogue
from resnet_viz.learn.glossary import TERMS
from resnet_viz.learn.links import links
from resnet_viz.learn.plans import plan

PAGES = Path(__file__).parents[2] / "resnet_viz" / "pages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_explained_and_nothing_else(language: Language) -> None:
    entries = {key.split(".")[1] for key in catalogue(language) if key.startswith("glossary.") and key.count(".") == 2}
    assert entries == {term.key for term in TERMS.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_have_one_name(language: Language) -> None:
    names = [catalogue(language)[f"glossary.{term.key}.name"] for term in TERMS.values()]
    assert len(set(names)) == len(names)


def test_every_term_can_be_seen() -> None:
    for term in TERMS.values():
        (link,) = links(f"[see]({term.see})")
        assert (PAGES / f"{link.page}.py").is_file(), term.id
        place = link.choices.get("place")
        if place is not None:
            assert place in plan(link.choices.get("network", "resnet50")).places, term.id
