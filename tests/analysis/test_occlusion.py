"""Occlusion against captum where patches do not overlap, and against passes of pictures painted by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from captum.attr import Occlusion

from resnet_viz.analysis import occlusion as module
from resnet_viz.analysis.occlusion import occlusion


def test_against_captum(tiny, tiny_program, images) -> None:
    found = occlusion(tiny_program, images[0], 4, 4)
    assert found is not None
    for index in range(5):
        theirs = Occlusion(tiny).attribute(images[0], (3, 4, 4), strides=(3, 4, 4), target=index)
        np.testing.assert_allclose(found.drop(index).values, theirs[0, 0, ::4, ::4].detach(), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize(("cells", "patch"), [(8, 4), (5, 3), (1, 99)])
def test_by_hand(tiny, tiny_program, images, cells: int, patch: int) -> None:
    """Patches that overlap, cells of no whole number of pixels, and one patch over everything."""
    x = images[1]
    found = occlusion(tiny_program, x, cells, patch, fill=0.5)
    assert found is not None and found.occluded.shape == (cells, cells, 5) and found.patch == patch
    row, column = cells - 1, cells // 2
    painted = x.clone()
    for i in range(16):
        for j in range(16):
            if all(
                -patch / 2 < pixel + 0.5 - (cell + 0.5) * 16 / cells <= patch / 2
                for pixel, cell in ((i, row), (j, column))
            ):
                painted[..., i, j] = 0.5
    with torch.no_grad():
        torch.testing.assert_close(found.occluded[row, column], tiny(painted)[0])
        torch.testing.assert_close(found.whole, tiny(x)[0])


def test_batches_leave_no_seams_and_say_how_far_they_are(tiny_program, images, monkeypatch) -> None:
    whole = occlusion(tiny_program, images[0], 4, 4)
    monkeypatch.setattr(module, "BATCH_PIXELS", 3 * 16 * 16)
    seen: list[tuple[int, int]] = []
    found = occlusion(tiny_program, images[0], 4, 4, go_on=lambda done, total: bool(seen.append((done, total))) or True)
    assert whole is not None and found is not None
    torch.testing.assert_close(found.occluded, whole.occluded)
    assert seen == [(3, 16), (6, 16), (9, 16), (12, 16), (15, 16), (16, 16)]


def test_it_stops_when_told_to(tiny_program, images) -> None:
    assert occlusion(tiny_program, images[0], 4, 4, go_on=lambda done, total: False) is None


def test_more_cells_than_pixels(tiny_program, images) -> None:
    with pytest.raises(ValueError, match="17"):
        occlusion(tiny_program, images[0], 17, 1)
