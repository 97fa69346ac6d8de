"""The report on a session: its numbers are the analysis's, and what a network does not have is left out and said."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from datetime import datetime
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest

from resnet_viz.analysis.block_summary import summary
from resnet_viz.analysis.class_maps import class_map
from resnet_viz.analysis.dissection import dissect
from resnet_viz.analysis.growth import growth
from resnet_viz.analysis.lesions import lesioned, read
from resnet_viz.analysis.logit_shares import logit_shares
from resnet_viz.blueprint import blueprint
from resnet_viz.cli.parser import parser
from resnet_viz.figures.overlays import number
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.forward.run import compile_program, forward, predictions
from resnet_viz.lang import LANGUAGES, Language, text
from resnet_viz.networks.weights import load
from resnet_viz.records import NETWORK
from resnet_viz.report.ask import Ask, Choices, Subject
from resnet_viz.report.block import block
from resnet_viz.report.cuts import cuts
from resnet_viz.report.parts import Bars, Code, Columns, Facts, Part, Section, Table, Text
from resnet_viz.report.session import choices_made, session_report
from resnet_viz.report.why import class_maps_over

MADE = datetime(2026, 1, 2, 3, 4)


@cache
def subject(network: str = "resnet18", weights: str = "none", size: int = 64) -> Subject:
    loaded, plan = load(network, weights), blueprint(network, size)
    program = compile_program(loaded.model, network)
    sample = samples()[0]
    picture = decode(sample.path.read_bytes(), "cat.jpg")
    prepared = prepare(picture, loaded.info.transforms, size, "crop", plan.input_shape[0])
    kept = forward(program, prepared.tensor)
    return Subject("cat.jpg", picture, prepared, plan, loaded.info, program, kept, sample)


def parts_of(sections: tuple[Section, ...], kind: type) -> list[Part]:
    flat = [part for section in sections for part in section.parts]
    flat += [inner for part in flat if isinstance(part, Columns) for inner in part.parts]
    return [part for part in flat if isinstance(part, kind)]


def test_the_answer_is_that_of_the_pass() -> None:
    one = subject("resnet50", "bundled")
    made = session_report(one, Choices(NETWORK, 3), "en", MADE)
    assert made is not None
    for answer in predictions(one.kept, one.info):
        row = rf"{answer.label.en}</th><td>{answer.label.id}</td><td[^>]*>{100 * answer.probability:.2f}</td>"
        assert re.search(row + rf"<td[^>]*>{re.escape(number(answer.logit))}</td>", made)
    for fact in (one.info.digest, one.info.origin, one.info.licence, f"{one.plan.params:,}"):
        assert fact in made


def test_a_blocks_numbers_are_those_of_the_dissection() -> None:
    one = subject()
    sections = block(Ask(one, Choices("layer2.1.conv2", 5), "en"))
    assert "layer2.1" in sections[0].title
    numbers = summary(one.plan, dissect(one.program, one.plan, one.kept, "layer2.1"))
    assert numbers.norms is not None
    values = dict(parts_of(sections, Facts)[0].rows).values()
    norms = numbers.norms
    assert [*values] == [number(n) for n in (norms.branch, norms.shortcut, norms.ratio, norms.cosine, numbers.error)]
    (table,) = parts_of(sections, Table)
    shares = logit_shares(one.program, one.plan, one.kept, 5)
    assert shares is not None
    for row, norm, share in zip(table.rows, growth(one.program, one.plan, one.kept), shares, strict=True):
        expected = (norm.branch, norm.shortcut, norm.share, norm.cosine)
        assert row == (norm.block, *map(number, expected), f"{share.branch:+.3g}", f"{share.shortcut:+.3g}")
    ratios, added = parts_of(sections, Bars)
    assert [bar.value for bar in added.rows] == [share.branch for share in shares]
    assert [bar.label for bar in ratios.rows if bar.strong] == ["layer2.1"]


def test_class_maps_are_those_of_the_class_and_the_place() -> None:
    one = subject()
    (section,) = class_maps_over(Ask(one, Choices("layer3.0", 7), "en"))
    pictures = next(part for part in section.parts if hasattr(part, "pictures")).pictures
    for picture, method in zip(pictures, ("grad-cam", "grad-cam-pp", "hires-cam", "layer-cam"), strict=False):
        found = class_map(one.program, one.kept, "layer3.0", 7, method)
        assert picture.alt.endswith(f"{found.low:.3g} – {found.high:.3g}")
    (elsewhere,) = class_maps_over(Ask(one, Choices("fc", 7), "en"))
    assert any("`stage4`" in part.text for part in elsewhere.parts if isinstance(part, Text))


def test_cuts_before_and_after() -> None:
    one = subject("resnet50", "bundled")
    lesions = read(one.plan, ("layer2.1.branch", "layer4.1.shortcut"))
    sections = cuts(Ask(one, Choices(NETWORK, 2, lesions), "en"))
    _, after = lesioned(one.program, one.plan, one.kept, lesions)
    for bars, kept in zip(parts_of(sections, Bars), (one.kept, after), strict=True):
        assert [bar.value for bar in bars.rows] == [answer.probability for answer in predictions(kept, one.info)]
    said = " ".join(part.text for part in parts_of(sections, Text))
    assert f"{100 * float(after.logits.double().softmax(0)[2]):.1f} % after" in said
    assert cuts(Ask(one, Choices(NETWORK, 2), "en")) == ()


@pytest.mark.parametrize("network", ["vgg16", "googlenet", "alexnet", "lenet5"])
def test_what_a_network_does_not_have_is_left_out_and_said(network: str) -> None:
    one = subject(network, size=32 if network == "lenet5" else 64)
    made = session_report(one, Choices(NETWORK, 0), "en", MADE)
    assert made is not None
    assert "has no residual block" in made
    assert text("en", "inside_block.steps.branch") not in made


def test_a_plain_block_has_no_ratio() -> None:
    sections = block(Ask(subject("plain18"), Choices("layer3.1", 0), "zh"))
    assert len(sections) == 1
    assert text("zh", "inside_block.plain") in [part.text for part in parts_of(sections, Text)]
    assert [term for term, _ in parts_of(sections, Facts)[0].rows] == [text("zh", "inside_block.equation.error")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_and_the_command_bring_the_same_back(language: Language) -> None:
    one = subject("resnet50", "bundled")
    address, command = (part.text for part in parts_of(choices_made(Ask(one, Choices("layer3.2", 4), language)), Code))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    wanted = {"network": "resnet50", "weights": "bundled", "size": "64", "place": "layer3.2", "sample": "cat"}
    assert asked == wanted | {"class": one.info.labels[4].id, "lang": language}
    options = parser("en").parse_args(shlex.split(command)[3:])
    assert (options.command, options.size, options.layer, options.lang) == ("report", 64, "layer3.2", language)
    assert (getattr(options, "class"), options.weights) == (one.info.labels[4].id, "bundled")


def test_an_own_picture_is_in_no_link_and_a_hostile_name_is_quoted() -> None:
    own = replace(subject(), sample=None, name="a; rm -rf '~'.png")
    address, command = (part.text for part in parts_of(choices_made(Ask(own, Choices(NETWORK, 0), "en")), Code))
    assert "sample" not in address and "rm" not in address
    assert own.name in shlex.split(command)
    squashed = replace(own, prepared=replace(own.prepared, fit="squash"))
    assert len(parts_of(choices_made(Ask(squashed, Choices(NETWORK, 0), "en")), Code)) == 1


def test_it_can_be_stopped_anywhere() -> None:
    asked: list[tuple[int, int]] = []
    assert session_report(subject(), Choices(NETWORK, 0), "en", MADE, lambda *step: bool(asked.append(step)) or True)
    steps = len(asked)
    assert asked[0] == (0, asked[0][1]) and asked[-1] == (asked[0][1],) * 2
    for stop in (1, steps // 2, steps):
        count = iter(range(1, steps + 1))
        assert (
            session_report(subject(), Choices(NETWORK, 0), "en", MADE, lambda *_, c=count, s=stop: next(c) < s) is None
        )
