"""The photographs that come with the project, and what their licences file says of them."""

import pytest

from resnet_viz.forward.images import decode
from resnet_viz.forward.samples import FOLDER, Sample, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_each_is_a_small_picture_whose_licence_is_named(sample: Sample) -> None:
    found = decode(sample.path.read_bytes())
    assert found.format == "JPEG" and found.notes == ()
    assert min(found.image.size) >= 224
    assert sample.path.stat().st_size < 200_000
    (row,) = [r for r in (FOLDER / "LICENSES.md").read_text("utf-8").splitlines() if f"`{sample.path.name}` |" in r]
    assert sample.author in row and sample.licence in row


def test_no_picture_lies_there_without_a_sample() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {"LICENSES.md", *(sample.path.name for sample in samples())}
