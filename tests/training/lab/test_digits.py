"""The digits: the file is the one that its README names, the split leaves nothing out and uses nothing twice."""

import hashlib

import torch

from resnet_viz.training.lab.digits import FILE, digits


def test_the_file_is_the_one_whose_source_and_licence_are_told() -> None:
    told = (FILE.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in told
    assert "creativecommons.org/licenses/by/4.0" in told


def test_images_are_of_one_channel_from_zero_to_one() -> None:
    for part, size in zip(digits(), (1347, 450), strict=True):
        assert part.images.shape == (size, 1, 8, 8) and part.targets.shape == (size,) and len(part) == size
        assert part.images.min() == 0 and part.images.max() == 1
        assert (part.images * 16 == (part.images * 16).round()).all()


def test_every_digit_is_in_one_part_alone() -> None:
    both = torch.cat([part.images.flatten(1) for part in digits()])
    assert len(both) == 1797 == len(torch.unique(both, dim=0))  # no two pictures are the same
    counts = torch.cat([part.targets for part in digits()]).bincount()
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # UCI, optdigits.tes
