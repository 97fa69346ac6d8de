"""Render each page at two widths, light and dark, in both languages, and check what came out.

    python -m tests.browser.render [--only SCENE] [-o renders]

writes `renders/SCENE-WIDTH-THEME-LANGUAGE.png` and exits with 1 where a page is wider than its window, text has a
contrast under 4.5, or the console says an error. `--screenshots` takes the pictures of the README instead.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import get_args

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from resnet_viz.lang import LANGUAGES, Language
from tests.browser.chromium import HEIGHT, PATIENCE_MS, Theme, Visitor, launch, open_page, settle, visit
from tests.browser.server import ROOT, Server, serve

WIDTHS = (1440, 390)
THEMES: tuple[Theme, ...] = get_args(Theme)
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (level AA), asked of large text too."""

TALLEST = 12_000
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Scene:
    """A page in a state that is worth a look."""

    name: str
    address: str


SCENES = (
    Scene("architecture", "/?network=resnet50&place=layer1.0"),
    Scene("architecture-operation", "/?network=resnet50-v1&place=layer3.0.conv2&size=352"),
    Scene("architecture-vgg16", "/?network=vgg16&place=stage3"),
    Scene("blocks", "/blocks?block_view=build"),
    Scene("blocks-table", "/blocks?block_view=table"),
    Scene("blocks-code", "/blocks?block_view=code"),
    Scene("blocks-why", "/blocks?block_view=why"),
    Scene("activations", "/activations?network=resnet50&place=layer2.0"),
    Scene("activations-vector", "/activations?network=resnet50&place=fc&sample=rocket"),
    Scene("activations-block", "/activations?look=block&place=layer3.2&sample=astronaut"),
    Scene("activations-block-class", "/activations?look=block&inside=logit&place=layer4.0"),
    Scene("activations-block-layers", "/activations?look=block&inside=layers&place=layer1.0.relu"),
    Scene("activations-channels", "/activations?look=channels&place=stage4&order=influence"),
    Scene("activations-filters", "/activations?look=channels&channels=weights&place=conv1"),
    Scene("activations-kernels", "/activations?look=channels&channels=weights&place=layer2.0.conv2"),
    Scene("activations-cell", "/activations?look=channels&channels=step&place=layer2.0.conv2"),
    Scene("activations-why", "/activations?look=why&place=layer3.1&method=hires-cam&other_class=n03394916"),
    Scene("activations-fields", "/activations?look=why&why=cell&place=layer3.1&field=104-120&pixel=100-120"),
    Scene("activations-pixels", "/activations?look=why&method=saliency&sample=rocket"),
    Scene("activations-lesions", "/activations?look=lesions&cut=layer2.1.branch-layer4.1.shortcut&place=layer4.2"),
    Scene("activations-lesions-picture", "/activations?look=lesions&lesion=picture&place=layer3.5"),
    Scene("activations-lesions-random", "/activations?look=lesions&lesion=random&network=resnet18&size=32"),
    Scene("activations-several", "/activations?look=several&network=resnet18&size=64&several_map=grad-cam"),
    Scene("compare", "/compare?view=side"),
    Scene("compare-picture", "/compare?view=side&part=picture&place=layer2.0"),
    Scene("compare-curves", "/compare?view=side&part=curves"),
    Scene("compare-unlike", "/compare?left=lenet5&right=vgg16&level=network"),
    Scene("compare-depth", "/compare?view=depth"),
    Scene("compare-depth-trained", "/compare?view=depth&depth_state=trained"),
    Scene("compare-shattered", "/compare?view=depth&part=shattered"),
    Scene("compare-chain", "/compare?view=depth&part=chain"),
    Scene("compare-stack", "/compare?view=depth&part=stack"),
    Scene("compare-paths", "/compare?view=paths"),
    Scene("compare-landscape", "/compare?view=paths&part=landscape"),
    Scene("compare-train", "/compare?view=train"),
    Scene("networks", "/networks?counted=googlenet"),
    Scene("networks-outputs", "/networks?family=outputs"),
    Scene("learn", "/learn?lesson=network&done=depth.unit"),
    Scene("learn-lecture", "/learn?lesson=stem&step=2"),
    Scene("learn-quiz", "/learn?learn=quiz&seed=2&question=10"),
)


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture of the README."""

    name: str
    address: str
    height: int
    theme: Theme = "light"
    locale: str = "en-US"
    top: str = ""
    """CSS selector of what stands at the top of the picture; the page itself otherwise."""


LOOK = ".st-key-look"
BELOW_THE_HEADER = "element => { element.style.scrollMarginTop = '4.5rem'; element.scrollIntoView() }"
SCREENSHOTS = (
    Screenshot("architecture", "/?place=layer2.0.conv2", 1180),
    Screenshot("blocks", "/blocks?block_view=code&lang=zh", 1180, locale="zh-CN"),
    Screenshot("activations", "/activations?place=layer2.1", 1560, theme="dark"),
    Screenshot("block", "/activations?look=block&place=layer3.2&sample=astronaut", 1440, top=LOOK),
    Screenshot("channels", "/activations?look=channels&channels=step&place=layer1.1.conv2", 1440, "dark", top=LOOK),
    Screenshot("why", "/activations?look=why&place=layer3.5&sample=rocket&lang=zh", 1440, locale="zh-CN", top=LOOK),
    Screenshot("lesions", "/activations?look=lesions&cut=layer3.1.shortcut&sample=rocket", 1440, "dark", top=LOOK),
    Screenshot("compare", "/compare?view=side&part=picture&place=layer3.2", 1440, top="h3:has-text('Answers')"),
    Screenshot("depth", "/compare?view=depth&lang=zh", 1440, "dark", locale="zh-CN"),
    Screenshot("curves", "/compare?view=side&part=curves", 1180),
    Screenshot("learn", "/learn?lesson=stages&lang=zh", 1180, locale="zh-CN"),
)


@dataclass(frozen=True, slots=True)
class View:
    """How a scene is looked at: in both themes, for the page follows the system's as it changes."""

    scene: Scene
    width: int
    language: Language

    @property
    def name(self) -> str:
        """`architecture-1440-en`."""
        return f"{self.scene.name}-{self.width}-{self.language}"

    def picture(self, theme: Theme) -> str:
        """`architecture-1440-light-en.png`."""
        return f"{self.scene.name}-{self.width}-{theme}-{self.language}.png"


def views() -> list[View]:
    """Every scene at every width and in every language."""
    return [View(*choice) for choice in itertools.product(SCENES, WIDTHS, LANGUAGES)]


Visitors = Mapping[int, Visitor]


@contextmanager
def visitors(browser: Browser, server: Server) -> Iterator[Visitors]:
    """A visitor at each width, who goes from view to view: a page that has loaded the app once loads it in a third."""
    with ExitStack() as stack:
        yield {width: stack.enter_context(visit(browser, server, width=width, touch=width < 600)) for width in WIDTHS}


def render(visitors: Visitors, view: View, folder: Path | None) -> list[str]:
    """Open a view, take its picture in each theme into `folder`, and say what is wrong with it."""
    page, watch = visitors[view.width]
    watch.problems.clear()
    page.set_viewport_size({"width": view.width, "height": HEIGHT})
    page.emulate_media(color_scheme=THEMES[0])
    open_page(page, f"{view.scene.address}&lang={view.language}")
    unroll(page, view.width)
    found = []
    for theme in THEMES:
        dress(page, theme)
        if folder is not None:
            page.screenshot(path=folder / view.picture(theme))
        exceptions = page.locator("[data-testid=stException]").all_inner_texts()
        found += [f"{theme}: {problem}" for problem in (*exceptions, *problems_of_layout(page))]
    return [*found, *watch.problems]


def dress(page: Page, theme: Theme) -> None:
    """Change the system's theme, and wait until the page has followed."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === '{theme}'")
    settle(page)


def problems_of_layout(page: Page) -> list[str]:
    """What is wrong with a page as it stands: overflow and contrast."""
    found = page.evaluate(f"({AUDIT})({LEAST_CONTRAST})")
    nothing = [] if found["texts"] else ["no text found on the page"]
    contrast = [f"contrast {line}" for line in found["contrast"]]
    return [*nothing, *(f"overflow {line}" for line in found["overflow"]), *contrast]


def unroll(page: Page, width: int) -> None:
    """Make the window as high as the page, so that one picture shows it all and what is drawn late is drawn."""
    for _ in range(3):
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = page.viewport_size
        if size is not None and size["height"] >= min(height, TALLEST):
            return
        page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
        settle(page)


def take_screenshots(browser: Browser, server: Server, folder: Path) -> None:
    """The pictures of the README: one window of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SCREENSHOTS:
        with visit(browser, server, height=shot.height, theme=shot.theme, locale=shot.locale) as (page, _):
            open_page(page, shot.address)
            expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=PATIENCE_MS)
            settle(page)
            if shot.top:
                page.locator(shot.top).evaluate(BELOW_THE_HEADER)
                settle(page)
            (folder / f"{shot.name}.png").write_bytes(fewer_colours(page.screenshot()))


def fewer_colours(png: bytes) -> bytes:
    """A picture in the 256 colours that suit it: a third of the size, and little that the eye misses."""
    file = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(256, kmeans=3).save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> int:
    """Render all views, or those of one scene; 1 where something is wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=[scene.name for scene in SCENES], metavar="SCENE")
    options.add_argument("-o", "--output", type=Path, default=ROOT / "renders")
    options.add_argument("--screenshots", action="store_true", help="take the README's pictures instead")
    chosen = options.parse_args()
    wrong = 0
    with serve() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        if chosen.screenshots:
            take_screenshots(browser, server, ROOT / "assets" / "screenshots")
            return 0
        chosen.output.mkdir(parents=True, exist_ok=True)
        with visitors(browser, server) as all_widths:
            for view in views():
                if chosen.only in {None, view.scene.name}:
                    found = render(all_widths, view, chosen.output)
                    wrong += len(found)
                    print("\n  ".join([view.name, *found]) if found else f"{view.name}: fine", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
