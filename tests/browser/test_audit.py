"""The audit of rendered pages finds what it is there to find."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.render import AUDIT, LEAST_CONTRAST

FAINT = "#777777"
"""4.48 to 1 on white; #767676 is the lightest grey that passes."""


def audit(browser: Browser, body: str) -> dict[str, list[str]]:
    page = browser.new_page(viewport={"width": 400, "height": 300})
    page.set_content(f"<body style='background: white; margin: 0'>{body}</body>")
    found: dict[str, list[str]] = page.evaluate(f"({AUDIT})({LEAST_CONTRAST})")
    page.close()
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<p style='color: {FAINT}'>faint</p>",
        "<p style='color: rgba(0, 0, 0, 0.5)'>half clear</p>",
        "<div style='opacity: 0.5'><p style='color: black'>faded by its parent</p></div>",
        "<div style='background: #333'><p style='color: #666'>dark on dark</p></div>",
        "<svg width='90' height='90'><rect width='90' height='90' fill='#222'/><text x='9' y='45'>black</text></svg>",
        f"<input value='typed' style='color: {FAINT}; background: white'>",
        f"<input placeholder='hint'><style>::placeholder {{ color: {FAINT}; opacity: 1 }}</style>",
        f"<p><template shadowrootmode='open'><b style='color: {FAINT}'>in the shadow</b></template></p>",
    ],
)
def test_faint_text_is_found(browser: Browser, body: str) -> None:
    if "shadowrootmode" in body:
        page = browser.new_page()
        page.set_content("<body style='background: white'><p id='host'></p></body>")
        page.evaluate(
            f"document.getElementById('host').attachShadow({{mode: 'open'}}).innerHTML = "
            f"\"<b style='color: {FAINT}'>in the shadow</b>\""
        )
        found = page.evaluate(f"({AUDIT})({LEAST_CONTRAST})")
        page.close()
    else:
        found = audit(browser, body)
    assert len(found["contrast"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<p style='color: #767676'>just enough</p>",
        "<div style='background: #222'><p style='color: white'>white on dark</p></div>",
        "<svg width='90' height='90'><rect width='90' height='90' fill='#222'/>"
        "<text x='9' y='45' fill='white'>white</text></svg>",
        f"<button disabled style='color: {FAINT}; background: white'>off</button>",
        f"<p style='color: {FAINT}; visibility: hidden'>unseen</p>",
        "<div style='background: black; width: 9px; height: 9px; position: relative'>"
        "<p style='color: black; position: absolute; top: 60px'>beside its parent</p></div>",
    ],
)
def test_legible_text_passes(browser: Browser, body: str) -> None:
    assert audit(browser, body)["contrast"] == []


def test_half_black_is_what_arithmetic_says(browser: Browser) -> None:
    # rgb 127.5 over white: linear 0.2140, (1 + 0.05) / (0.2140 + 0.05) = 3.98
    (line,) = audit(browser, "<p style='color: rgba(0, 0, 0, 0.5)'>half</p>")["contrast"]
    assert float(line.split(":")[0]) == pytest.approx(3.98, abs=0.03)


def test_what_is_wider_than_the_page_is_found(browser: Browser) -> None:
    assert audit(browser, "<div style='width: 500px; height: 9px'></div>")["overflow"]
    assert not audit(browser, "<div style='overflow: auto'><div style='width: 500px; height: 9px'></div></div>")[
        "overflow"
    ]
