"""The references: all that the project names is among them, and what they say agrees with what stands elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from resnet_viz.lang import LANGUAGES, Language, catalogue
from resnet_viz.learn.references import references

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"(?<![\d.])(\d{4}\.\d{5})(?!\d)")
"""An arXiv number since 2015; older ones are asked for by name."""
OLD = re.compile(r"arXiv\W{0,3}(\d{4}\.\d{4})(?!\d)")
DOI = re.compile(r"doi[:.]\W?(?:org/)?(10\.\d{4,9}/[\w./-]*\w)")


def texts() -> list[tuple[Path, str]]:
    folders = ((ROOT / "resnet_viz").rglob("*"), (ROOT / "assets").glob("*/*.md"), (ROOT / "assets").glob("*/*.json"))
    files = [*(file for folder in folders for file in folder), *ROOT.glob("README*.md"), ROOT / "app.py"]
    kinds = {".py", ".toml", ".md", ".json"}
    small = (file for file in files if file.suffix in kinds and file.stat().st_size < 200_000)
    return [(file, file.read_text(encoding="utf-8")) for file in small]


def test_every_paper_that_is_named_is_a_reference() -> None:
    arxiv = {reference.arxiv for reference in references().values()}
    doi = {reference.doi.lower() for reference in references().values()}
    for file, text in texts():
        papers = {*(NUMBER.findall(text) if "arxiv" in text.lower() else ()), *OLD.findall(text)}
        assert papers <= arxiv, (file, papers - arxiv)
        found = {match.lower() for match in DOI.findall(text)}
        assert found <= doi, (file, found - doi)


def test_published_tables_name_their_papers_as_the_references_do() -> None:
    by_address = {address: reference for reference in references().values() for _, address in reference.links}
    for table in json.loads((ROOT / "assets" / "results" / "published.json").read_text(encoding="utf-8")):
        reference = by_address[table["url"]]
        assert reference.title.lower() in table["source"].lower()
        assert str(reference.year) in table["source"]
        surnames = [author.split()[-1] for author in reference.authors.split(", ")]
        assert table["source"].startswith(", ".join(surnames) + ":")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reference_says_what_is_taken_from_it(language: Language) -> None:
    said = {key.split(".")[1] for key in catalogue(language) if re.fullmatch(r"references\.\w+\.takes", key)}
    assert said == {reference.key for reference in references().values()}


def test_references_are_in_the_order_of_their_years() -> None:
    found = list(references().values())
    assert [reference.year for reference in found] == sorted(reference.year for reference in found)
    assert all(reference.links for reference in found)


def test_an_entry_for_bibtex() -> None:
    assert references()["he2015"].bibtex == (
        "@misc{he2015,\n"
        "  author = {Kaiming He and Xiangyu Zhang and Shaoqing Ren and Jian Sun},\n"
        "  title = {{Deep residual learning for image recognition}},\n"
        "  year = {2015},\n"
        "  howpublished = {CVPR 2016},\n"
        "  eprint = {1512.03385},\n"
        "}\n"
    )
    assert "and others}" in references()["paszke2019"].bibtex
