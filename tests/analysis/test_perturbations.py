"""Changes of a picture, against arithmetic by hand and Pillow itself."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image, ImageFilter

from resnet_viz.analysis.perturbations import KINDS, RANGES, Change, box_of, changed_picture, fill_of, perturb
from resnet_viz.forward.images import prepare
from resnet_viz.records import TransformSpec

SPEC = TransformSpec(None, 40, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
FILL = (124, 116, 104)


def photo(size: int = 40, grey: bool = False) -> Image.Image:
    values = np.random.default_rng(1).integers(0, 256, (size, size, 3), dtype=np.uint8)
    return Image.fromarray(values).convert("L" if grey else "RGB")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channels", [1, 3])
def test_no_amount_is_no_change(kind: str, channels: int) -> None:
    prepared = prepare(photo(), SPEC, 40, channels=channels)
    assert torch.equal(perturb(prepared, Change(kind, 0), SPEC).tensor, prepared.tensor)
    changed = perturb(prepared, Change(kind, RANGES[kind].start), SPEC)
    assert changed.tensor.shape == prepared.tensor.shape and not torch.equal(changed.tensor, prepared.tensor)
    assert changed.seen.size == prepared.seen.size and changed.seen.mode == prepared.seen.mode


def test_a_patch_covers_its_square_and_nothing_else() -> None:
    change = Change("patch", 25, 0.5, 0.25)
    assert box_of((40, 40), change) == (15, 5, 25, 15)
    before, after = np.asarray(photo()), np.asarray(changed_picture(photo(), change, FILL))
    assert (after[5:15, 15:25] == FILL).all()
    inside = np.zeros((40, 40), bool)
    inside[5:15, 15:25] = True
    assert (after[~inside] == before[~inside]).all()
    assert box_of((40, 40), Change("patch", 50, 0.0, 1.0)) == (0, 30, 10, 40)
    whole = np.asarray(changed_picture(photo(), Change("patch", 100), FILL))
    assert (whole == FILL).all()


def test_a_patch_is_close_to_zero_for_the_network() -> None:
    prepared = prepare(photo(), SPEC, 40)
    assert fill_of(SPEC, 3) == FILL
    assert perturb(prepared, Change("patch", 100), SPEC).tensor.abs().max() < 0.02


def test_brightness_and_noise_by_hand() -> None:
    before = np.asarray(photo()).astype(float)
    brighter = np.asarray(changed_picture(photo(), Change("brightness", 50), FILL))
    assert (brighter == np.clip(np.round(before * 1.5), 0, 255)).all()
    assert (np.asarray(changed_picture(photo(), Change("brightness", -100), FILL)) == 0).all()
    noisy = np.asarray(changed_picture(photo(), Change("noise", 20), FILL))
    added = np.random.default_rng(0).normal(0, 20, before.shape)
    assert (noisy == np.clip(np.round(before + added), 0, 255)).all()


def test_blur_and_rotation_are_pillows() -> None:
    blurred = changed_picture(photo(), Change("blur", 3), FILL)
    assert blurred.tobytes() == photo().filter(ImageFilter.GaussianBlur(3)).tobytes()
    turned = changed_picture(photo(), Change("rotation", 90), FILL)
    assert (np.asarray(turned) == np.rot90(np.asarray(photo()))).all()
    assert changed_picture(photo(), Change("rotation", 45), FILL).getpixel((0, 0)) == FILL
    assert changed_picture(photo(grey=True), Change("rotation", 45), (7,)).getpixel((0, 0)) == 7
