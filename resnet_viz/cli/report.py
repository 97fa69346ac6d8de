"""`report`: what a network makes of one image, as one HTML file."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from resnet_viz.analysis.answers import class_index
from resnet_viz.cli.inspection import Request, check_request, make_ready, read, tell_answer, tell_weights, write_file
from resnet_viz.cli.streams import write
from resnet_viz.cli.usage import UsageError
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import forward, predictions
from resnet_viz.forward.samples import Sample, samples
from resnet_viz.lang import Language, text
from resnet_viz.records import WeightsInfo
from resnet_viz.report.ask import Choices, Subject
from resnet_viz.report.session import session_report


def write_report(request: Request, image: Path, asked: str | None, file: Path, language: Language) -> None:
    """Write the report on an image to a file; `asked` names the class to explain, None for the likeliest.

    All is computed before anything is written. Raises NetworkError, WeightsError, ImageError, UsageError for a class
    that the network does not have, and OSError.
    """
    check_request(request)
    data = read(image)
    picture = decode(data, image.name)
    ready = make_ready(request, language)
    info, plan = ready.info, ready.plan
    chosen = None if asked is None else _class(info, asked)
    prepared = prepare(picture, info.transforms, plan.size, "crop", plan.input_shape[0])
    kept = forward(ready.program, prepared.tensor)
    best = predictions(kept, info)[0]
    subject = Subject(image.name, picture, prepared, plan, info, ready.program, kept, _sample(data))
    choices = Choices(request.place, best.index if chosen is None else chosen)
    made = session_report(subject, choices, language, datetime.now().astimezone())
    write_file(file, str(made).encode("utf-8"))
    tell_weights(ready, language)
    tell_answer(best, language)
    write(text(language, "cli.inspect.written_line", files=(str(file),)) + "\n")


def _class(info: WeightsInfo, asked: str) -> int:
    found = class_index(info.labels, asked)
    if found is None:
        raise UsageError("class_unknown", asked=asked, count=len(info.labels), example=info.labels[0].id)
    return found


def _sample(data: bytes) -> Sample | None:
    """The project's own picture of which these are the bytes."""
    digest = sha256(data).digest()
    return next((sample for sample in samples() if sha256(sample.path.read_bytes()).digest() == digest), None)
