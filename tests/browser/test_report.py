"""An uploaded picture's report in two clicks, and the file as somebody opens it who has nothing else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import open_page, settle

CAT = Path(__file__).parents[2] / "assets" / "samples" / "cat.jpg"
NAME = "<b>my & cat.jpg"


def test_two_clicks_from_an_upload(page: Page, browser: Browser, tmp_path: Path) -> None:
    open_page(page, "/activations?lang=en&network=resnet18&size=64&weights=none&place=layer2.0&cut=layer3.1.branch")
    page.get_by_text("Upload", exact=True).first.click()
    own = tmp_path / NAME
    own.write_bytes(CAT.read_bytes())
    page.locator("[data-testid=stFileUploader] input[type=file]").first.set_input_files(own)
    expect(page.get_by_text(f"{NAME}: JPEG")).to_be_visible()
    settle(page)
    page.locator(".st-key-report_make button:visible").click()
    with page.expect_download() as found:
        page.locator(".st-key-report_download button:visible").click()
    file = tmp_path / found.value.suggested_filename
    found.value.save_as(file)
    assert file.name == "resnet18-report.html"
    _opens_alone(browser, file)


def _opens_alone(browser: Browser, file: Path) -> None:
    with browser.new_context(offline=True, viewport={"width": 390, "height": 844}, color_scheme="dark") as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(error.message))
        page.on(
            "request", lambda request: request.url.startswith(("data:", file.as_uri())) or problems.append(request.url)
        )
        page.goto(file.as_uri())
        expect(page.locator("h1")).to_have_text(f"{NAME} through ResNet-18")
        assert page.locator("section h2").all_inner_texts()[-2:] == ["With blocks cut", "What was chosen"]
        link = page.locator("section pre").first.inner_text()
        assert "/activations?" in link and "place=layer2.0" in link and "my" not in link
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 21, 28)"
        assert not problems, problems
