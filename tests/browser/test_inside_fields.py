"""What a cell sees, by mouse and keyboard: boxes move with the pointer, a click brings the gradient, a pixel its cells."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from resnet_viz.analysis.fields_of_cells import seen_by, spans
from resnet_viz.blueprint import blueprint
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import query

ADDRESS = "/activations?lang=en&network=resnet18&size=64&weights=none&look=why&why=cell&place=layer3.0"


def test_a_cell_and_a_pixel(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    open_page(page, ADDRESS)
    plan = blueprint("resnet18", 64)
    of_cells = spans(plan, "layer3.0").tolist()
    position = page.locator(".fields .of-cell")
    cells = page.locator(".fields .picture.map")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box is not None and box["width"] > 200
    cells.hover(position={"x": box["width"] * 0.99, "y": box["height"] * 0.01})
    (top, bottom), (left, right) = of_cells[0], of_cells[3]
    expect(position).to_have_text(
        re.compile(rf"row 0, column 3: it can see rows {top} to {bottom}, columns {left} to {right} ")
    )
    gradient = page.locator(".fields img.gradient")
    expect(gradient).to_be_hidden()  # it is another cell's

    cells.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.6})
    expect(page).to_have_url(re.compile(r"[?&]field=40-24(&|$)"))
    settle(page)
    expect(gradient).to_be_visible()
    expect(page.get_by_text("On this picture the gradient of the cell")).to_be_visible()

    photo = page.locator(".fields .picture.photo")
    photo.focus()
    photo.press("ArrowUp")  # from the middle, row and column 32
    photo.press("Shift+ArrowRight")
    expect(page.locator(".fields .of-pixel")).to_have_text(re.compile("row 31, column 48:"))
    said = page.locator(".fields .stage .said")
    for stage, text in zip(plan.stages, said.all_inner_texts(), strict=True):
        found = spans(plan, stage.name)
        rows, columns = seen_by(found, 31), seen_by(found, 48)
        assert rows is not None and columns is not None
        count = (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1)
        seen = f"rows {rows[0]} to {rows[1]}, columns {columns[0]} to {columns[1]}"
        assert text == f"{count} of {len(found) ** 2} cells: {seen}"
    photo.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]pixel=31-48(&|$)"))
    settle(page)
    assert query(page)["field"] == ["40-24"]
    expect(page.locator(".fields .stage .seeing").first).to_be_visible()
