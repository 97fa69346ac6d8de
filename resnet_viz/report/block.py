"""The inside of a block in a report: its equation in numbers and maps, and what every block adds to the class's logit."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.block_summary import summary
from resnet_viz.analysis.dissection import block_around, dissect, dissected_blocks
from resnet_viz.analysis.growth import BlockNorm, growth
from resnet_viz.analysis.logit_shares import LogitShare, logit_shares
from resnet_viz.analysis.step_maps import CELLS, SHORTCUT, Steps, X, all_steps, step_name
from resnet_viz.figures.bars import Bar
from resnet_viz.figures.overlays import number
from resnet_viz.figures.palette import RESIDUAL
from resnet_viz.lang import prose
from resnet_viz.records import BlockRecord
from resnet_viz.report import block_words
from resnet_viz.report.ask import Ask
from resnet_viz.report.maps import cells
from resnet_viz.report.parts import Bars, Columns, Facts, Groups, Part, Pictures, Section, Table, Text

_WIDTH = 104


def block(ask: Ask) -> tuple[Section, ...]:
    """The block at or around the chosen place; one sentence where the network has no block to take apart."""
    plan = ask.subject.plan
    blocks = dissected_blocks(plan)
    if not blocks:
        none = Text(ask.t("report.block.none", network=ask.title), "note")
        return (Section(ask.t("report.block.heading"), (none,)),)
    name = block_around(plan, blocks, ask.place)
    residual = plan.block(name).shortcut != "none"
    said = [] if residual else [Text(ask.t("inside_block.plain"), "note")]
    title = ask.t("report.block.title", block=name, label=plan.block(name).label)
    inside = Section(title, (*said, *_inside(ask, name)))
    return (inside, *_all_blocks(ask, name)) if residual else (inside,)


def _inside(ask: Ask, name: str) -> tuple[Part, ...]:
    """Numbers and maps of one block, whose tensors are let go then: in a large picture they are many megabytes."""
    found = dissect(ask.subject.program, ask.subject.plan, ask.subject.kept, name)
    numbers = summary(ask.subject.plan, found)
    words = [*block_words.meaning(ask.language, numbers), block_words.check(ask.language, numbers)]
    look = "report.block.look_plain" if numbers.norms is None else "report.block.look"
    steps = all_steps(found, "mean", 0)
    return (
        Facts(tuple(block_words.equation(ask.language, numbers))),
        Text(prose(ask.language, words)),
        Groups(_steps(ask, found.block, steps)),
        Text(ask.t(look), "small"),
    )


def _steps(ask: Ask, block: BlockRecord, steps: Steps) -> tuple[Pictures, ...]:
    """The maps in the order of the equation."""
    rest = tuple(name for name in block.layers if name not in {*block.branch, *block.projection})
    shortcut = (SHORTCUT,) if block.shortcut == "identity" else block.projection
    groups = (
        ("x", (X,)),
        ("branch", block.branch),
        (block.shortcut, shortcut),
        ("output" if block.shortcut == "none" else "sum", rest),
        ("cells", CELLS),
    )
    return tuple(
        Pictures(
            tuple(
                cells(steps[id].heatmap, steps[id].limits, alt=step_name(block, id), caption=step_name(block, id))
                for id in ids
                if id in steps
            ),
            _WIDTH,
            ask.t(f"inside_block.steps.{title}"),
        )
        for title, ids in groups
        if any(id in steps for id in ids)
    )


def _all_blocks(ask: Ask, name: str) -> tuple[Section, ...]:
    """Every block's F(x) beside its shortcut, and its first-order share of the class's logit."""
    subject = ask.subject
    norms = growth(subject.program, subject.plan, subject.kept, ask.go_on)
    shares = logit_shares(subject.program, subject.plan, subject.kept, ask.choices.class_index, ask.go_on)
    if shares is None:
        return ()
    logit = float(subject.kept.logits[ask.choices.class_index])
    charts = Columns((_ratios(ask, norms, name), _shares(ask, shares, name)))
    words = [
        ask.t("report.block.ratio_look"),
        *block_words.shares(ask.language, shares, name, ask.class_name, logit),
        ask.t("inside_block.logit.first_order"),
    ]
    parts = (charts, Text(prose(ask.language, words)), _table(ask, norms, shares, name))
    return (Section(ask.t("report.block.all", count=len(norms)), parts),)


def _ratios(ask: Ask, norms: Sequence[BlockNorm], name: str) -> Bars:
    rows = tuple(Bar(row.block, row.share or 0.0, _or_none(row.share), row.block == name) for row in norms)
    return Bars(rows, RESIDUAL, ask.t("inside_block.norms.ratio_title"))


def _shares(ask: Ask, shares: Sequence[LogitShare], name: str) -> Bars:
    rows = tuple(Bar(row.block, row.branch, block_words.plus(row.branch), row.block == name) for row in shares)
    return Bars(rows, RESIDUAL, ask.t("report.block.shares", name=ask.class_name))


def _table(ask: Ask, norms: Sequence[BlockNorm], shares: Sequence[LogitShare], name: str) -> Table:
    columns = ("block", "branch", "shortcut", "ratio", "cosine", "logit_branch", "logit_shortcut")
    rows = tuple(
        (
            norm.block,
            number(norm.branch),
            _or_none(norm.shortcut),
            _or_none(norm.share),
            _or_none(norm.cosine),
            block_words.plus(share.branch),
            block_words.plus(share.shortcut),
        )
        for norm, share in zip(norms, shares, strict=True)
    )
    return Table(
        tuple(ask.t(f"report.block.column_{column}") for column in columns),
        rows,
        ask.t("report.block.table", name=ask.class_name),
        marked=[norm.block for norm in norms].index(name),
    )


def _or_none(value: float | None) -> str:
    return block_words.number_or_none(float("nan") if value is None else value)
