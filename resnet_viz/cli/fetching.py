"""ImageNet weights for `inspect --download`: fetched on request, with their progress on stderr."""

from __future__ import annotations

from resnet_viz.cli.streams import tell
from resnet_viz.lang import Language, text
from resnet_viz.networks.pretrained import Version, is_cached, versions
from resnet_viz.networks.weights import download


def fetch(network: str, choice: str, language: Language) -> None:
    """Download the ImageNet weights that `choice` asks for, unless torchvision's cache has them; others need none.

    Raises WeightsError where torchvision has no such weights, and for a download that fails; nothing is left of it.
    """
    wanted: dict[str, tuple[Version, ...]] = {
        "imagenet": versions(network)[-1:],
        "imagenet-v1": ("imagenet-v1",),
        "imagenet-v2": ("imagenet-v2",),
    }
    for version in wanted.get(choice, ()):
        if not is_cached(network, version):
            download(network, version, _Progress(language), lambda: False)


class _Progress:
    """One line on stderr for each tenth of a download, and nothing that a log could not hold."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._said = -1

    def __call__(self, done: int, total: int) -> None:
        tenth = 10 * done // total if total else 0
        if tenth > self._said:
            self._said = tenth
            tell(text(self._language, "cli.inspect.download_line", percent=10 * tenth, megabytes=total / 1e6))
