"""`inspect` with a folder or several images: a subfolder for each, and one table of all answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from resnet_viz.analysis.answers import answers_csv
from resnet_viz.cli.inspection import (
    Request,
    check_request,
    look_at,
    make_ready,
    read,
    save,
    tell_answer,
    tell_weights,
    write_file,
)
from resnet_viz.cli.streams import naming, tell, write
from resnet_viz.cli.usage import UsageError
from resnet_viz.errors import ImageError
from resnet_viz.forward.images import decode
from resnet_viz.lang import Language, sentence, text
from resnet_viz.records import Prediction

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"}
"""Files of a folder that are taken for images. A file that is named is read whatever it is called."""
TABLE = "predictions.csv"


def inspect_several(request: Request, given: Sequence[Path], folder: Path, language: Language) -> bool:
    """Write into a subfolder of `folder` for each image what `inspect` writes for one, and `predictions.csv` for all.

    An image that cannot be read is one line on stderr, and the others go on; whether all could be is returned. Of an
    interrupted run, the images that were done stay, in the table too. Raises NetworkError, WeightsError, UsageError for
    a folder without images, and OSError for what cannot be written.
    """
    check_request(request)
    images = _images(given)
    ready = make_ready(request, language)
    done: list[tuple[str, tuple[Prediction, ...]]] = []
    try:
        for number, (image, name) in enumerate(zip(images, subfolders(images), strict=True), 1):
            tell(text(language, "cli.inspect.several_line", number=number, count=len(images), image=image))
            try:
                picture = decode(read(image), image.name)
            except ImageError as error:
                tell(f"resnet_viz: {image}: {sentence(language, error)}")
                continue
            except OSError as error:
                tell("resnet_viz: " + text(language, "cli.file_failed", file=image, reason=error))
                continue
            look = look_at(ready, picture)
            save(ready, look, image, folder / name)
            done.append((str(image), look.answers))
    finally:
        if done:
            write_file(folder / TABLE, answers_csv(done).encode("utf-8", "backslashreplace"))
    if done:
        tell_weights(ready, language)
        for shown, answers in done:
            tell_answer(answers[0], language, shown)
        write(text(language, "cli.inspect.several_written", count=len(done), folder=folder, table=TABLE) + "\n")
    return len(done) == len(images)


def subfolders(images: Iterable[Path]) -> list[str]:
    """A folder's name for each image: its own without the ending, numbered where two would be one."""
    taken = {TABLE.casefold()}  # and so are names that differ in case alone, on some systems
    names: list[str] = []
    for image in images:
        name, number = image.stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{image.stem}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _images(given: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        with naming(path):
            inside = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
        if not inside:
            raise UsageError("folder_without_images", folder=path, known=tuple(sorted(ENDINGS)))
        found += inside
    return found
