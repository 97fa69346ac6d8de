"""A training run in a folder: record, weights and what it needs to go on, written whole after each epoch."""

from __future__ import annotations

import json
import pickle
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from resnet_viz.networks.files import replacing
from resnet_viz.training.accuracy import score
from resnet_viz.training.data import Split, TrainingError
from resnet_viz.training.loop import Row, Settings, Trainee, train_epoch, validated
from resnet_viz.training.stored import Run, card_of, write


@dataclass(frozen=True, slots=True)
class Files:
    """What a run writes."""

    folder: Path
    arch: str

    @property
    def weights(self) -> Path:
        """Averaged weights, float32, torchvision's names, with their card."""
        return self.folder / f"{self.arch}.safetensors"

    @property
    def record(self) -> Path:
        """Arguments, versions and a row for each epoch."""
        return self.folder / f"{self.arch}.json"

    @property
    def resume(self) -> Path:
        """Weights, average, optimizer and progress, from which a stopped run goes on."""
        return self.folder / f"{self.arch}.resume.pt"


def train(
    settings: Settings,
    train_split: Split,
    val_split: Split,
    folder: Path,
    *,
    tell: Callable[[Mapping[str, object]], None],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Train until the schedule is done, from where an earlier run in `folder` stopped, and return the weights' file.

    `tell` gets the row of each epoch and in the end the figures on all validation images at the last input size,
    `progress` the steps of an epoch.
    Raises TrainingError `training_few_images` for less than one batch, `training_resume` where the folder holds a run
    with other arguments, or one that cannot be read.
    """
    epochs = len(settings.sizes)
    steps = len(train_split) // settings.batch
    if steps == 0 or len(val_split) == 0 or train_split.classes != val_split.classes:
        raise TrainingError("training_few_images", images=len(train_split), batch=settings.batch)
    files = Files(folder, settings.arch)
    trainee = Trainee(settings, len(train_split.classes), steps)
    record = about(settings, train_split, val_split)
    if files.resume.exists():
        resume(trainee, files)
    while len(trainee.rows) < epochs:
        row = validated(trainee, train_epoch(trainee, train_split, progress), val_split)
        trainee.rows.append(row)
        tell(row)
        save(trainee, files, {**record, "rows": trainee.rows})
    last = settings.sizes[-1]
    final = {str(last): asdict(score(trainee.mean_model, val_split, last, settings.bfloat16))}
    tell({"final": final})
    save(trainee, files, {**record, "rows": trainee.rows, "final": final})
    return files.weights


def about(settings: Settings, train_split: Split, val_split: Split) -> dict[str, object]:
    """What a run's record says before its first epoch."""
    return {
        "arch": settings.arch,
        "classes": list(train_split.classes),
        "train_images": len(train_split),
        "val_images": len(val_split),
        "side_of_files": train_split.side,
        "args": asdict(settings),
        "torch": torch.__version__,
        "python": platform.python_version(),
        "precision": "bfloat16 autocast on CPU" if settings.bfloat16 else "float32 on CPU",
        "val_top1_on": "every second image",
    }


def save(trainee: Trainee, files: Files, record: Mapping[str, object]) -> None:
    """Write weights, record and resume file, each whole or not at all, what a resume starts from last."""
    state = trainee.mean_model.state_dict()
    write(files.weights, state, card_of(Run(state, record), "float32"))
    with replacing(files.record) as part:
        part.write_text(json.dumps(record, indent=1), encoding="utf-8")
    with replacing(files.resume) as part:
        torch.save(
            {
                "model": trainee.model.state_dict(),
                "mean_model": state,
                "opt": trainee.optimizer.state_dict(),
                "epoch": len(trainee.rows),
                "step": trainee.step,
                "rows": json.dumps(trainee.rows),
            },
            part,
        )


def resume(trainee: Trainee, files: Files) -> None:
    """Put a trainee where the run in these files stopped. Raises TrainingError `training_resume`."""
    try:
        arguments = json.loads(files.record.read_text(encoding="utf-8"))["args"]
        kept = torch.load(files.resume, weights_only=True)
        if arguments != asdict(trainee.settings):
            raise TrainingError("training_resume", file=files.resume.name)
        trainee.model.load_state_dict(kept["model"])
        trainee.mean_model.load_state_dict(kept["mean_model"])
        trainee.optimizer.load_state_dict(kept["opt"])
        rows: list[Row] = json.loads(kept["rows"])
        trainee.step, trainee.rows = kept["step"], rows
    except (OSError, EOFError, ValueError, LookupError, RuntimeError, pickle.UnpicklingError) as error:
        raise TrainingError("training_resume", file=files.resume.name) from error
