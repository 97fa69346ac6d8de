"""Words that a visitor searches the table of operations for."""

import pytest

from resnet_viz.blueprint import blueprint
from resnet_viz.ui.table import matching


def found(query: str, network: str = "resnet50", size: int = 224) -> list[str]:
    return [layer.name for layer in matching(blueprint(network, size).layers, query)]


@pytest.mark.parametrize("query", ["3x3", "3 x 3", "3×3", "3 × 3", "3X3", "3*3", "３ｘ３", " 3 x3 "])
def test_a_kernel_is_found_however_it_is_written(query: str) -> None:
    names = found(query)
    assert len(names) == 17, "a 3x3 convolution in each of 16 blocks, and the max pooling"
    assert names[0] == "maxpool" and all(name.endswith("conv2") for name in names[1:])


def test_a_shape_is_found_however_it_is_written() -> None:
    assert found("64 x 112 x 112") == found("64x112x112") == ["conv1", "bn1", "relu"]


def test_a_size_is_not_found_inside_a_longer_number() -> None:
    assert "layer4.2.bn2" not in found("1x1", size=352), "its output is 512x11x11"
    assert "layer4.2.conv3" in found("1x1", size=352)


def test_all_words_must_match_in_any_order() -> None:
    assert found("conv 1 x 1 layer4.0") == found("layer4.0 1x1 CONV")
    assert found("conv 1x1 layer4.0") == ["layer4.0.conv1", "layer4.0.conv3", "layer4.0.downsample.0"]


def test_nothing_asked_for_is_everything() -> None:
    assert len(found("")) == len(found("  ")) == 175
