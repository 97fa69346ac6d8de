"""Channels by mouse and keyboard: a small map enlarged, a kernel, and the window that moves over a convolution."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.chromium import open_page, settle

SMALL = "/activations?lang=en&network=resnet18&size=64&weights=none&look=channels"


def worked_out(page: Page) -> list[tuple[float, float]]:
    """What each step comes to in the browser, and what the network has there."""
    steps = page.locator(".stepper .step")
    return steps.evaluate_all("all => all.map(s => [Number(s.dataset.value), Number(s.dataset.has)])")


def holds(page: Page) -> bool:
    found = worked_out(page)
    return bool(found) and all(abs(value - has) <= 1e-5 * max(1, abs(has)) for value, has in found)


def test_a_small_map_is_enlarged_and_its_kernel_seen(page: Page) -> None:
    open_page(page, f"{SMALL}&place=layer2.0.conv2")
    tiles = page.locator(".st-key-channel_tiles button.tile")
    expect(tiles).to_have_count(64)
    expect(tiles.first).to_have_attribute("aria-pressed", "true")
    channel = tiles.nth(5).get_attribute("data-tile")
    tiles.nth(5).click()
    expect(page).to_have_url(re.compile(rf"[?&]channel={channel}(&|$)"))
    settle(page)
    expect(page.locator(".st-key-channel input")).to_have_value(str(channel))
    page.locator(".st-key-channels button", has_text="Kernels").click()
    settle(page)
    expect(page.get_by_text(f"What output channel {channel} reads")).to_be_visible()
    page.locator(".st-key-kernel_tiles button.tile").nth(3).click()
    expect(page).to_have_url(re.compile(r"[?&]kernel=\d"))
    settle(page)


def test_the_window_moves_with_the_pointer_and_every_cell_holds(page: Page) -> None:
    sent: list[int] = []

    def note(frame: str | bytes) -> None:
        sent.append(len(frame))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    open_page(page, f"{SMALL}&channels=step&place=layer2.0.conv2&channel=7&cell=3,4")
    position = page.locator(".stepper .position")
    expect(position).to_have_text("Row 3, column 4")
    assert len(worked_out(page)) == 4 and holds(page)
    output = page.locator(".stepper .picture.output")
    box = output.bounding_box()
    assert box is not None
    before = len(sent)
    assert before > 0
    output.hover(position={"x": box["width"] * 0.99, "y": box["height"] * 0.01})
    expect(position).to_have_text("Row 0, column 7")
    assert holds(page)
    expect(page.locator(".stepper .cell.outside").first).to_be_visible()  # the padding around the picture
    assert len(sent) == before  # the server is not asked
    output.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.8})
    expect(page).to_have_url(re.compile(r"[?&]cell=6(,|%2C)2(&|$)"))
    settle(page)
    expect(position).to_have_text("Row 6, column 2")
    output.focus()
    output.press("ArrowUp")
    output.press("ArrowRight")
    expect(position).to_have_text("Row 5, column 3")
    assert holds(page)
    page.locator(".stepper button.row").nth(2).click()
    expect(page.locator(".stepper button.row").nth(2)).to_have_attribute("aria-pressed", "true")
