"""Links of the lessons: where each leads, and that all others are left alone."""

from resnet_viz.learn.links import Link, links, rewrite

TEXT = (
    "[a](place:layer1.1.conv2) [b](page:compare?view=depth&part=chain), [c](page:blocks) [d](lesson:unit)"
    " [e](ref:he2016) [f](term:residual) [g](https://example.org) not(place:x)"
)


def test_each_kind_opens_its_page_with_its_choices() -> None:
    assert [(link.page, link.choices) for link in links(TEXT)] == [
        ("architecture", {"place": "layer1.1.conv2"}),
        ("compare", {"view": "depth", "part": "chain"}),
        ("blocks", {}),
        ("learn", {"lesson": "unit", "learn": "lessons"}),
        ("learn", {"ref": "he2016", "learn": "references"}),
        ("learn", {"term": "residual", "learn": "glossary"}),
    ]


def test_only_links_of_the_app_are_rewritten() -> None:
    assert rewrite("[a](term:x), [g](https://example.org)", lambda link: f"/{link.page}?{link.target}") == (
        "[a](/learn?x), [g](https://example.org)"
    )
    assert links("[g](https://example.org)") == ()
    assert links("[a [b]](term:x)") == (Link("term", "x"),)
