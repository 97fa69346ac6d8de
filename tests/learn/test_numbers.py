"""Live numbers in texts, against what papers and torchvision's documentation say of the same networks."""

import pytest

from resnet_viz.learn.numbers import Value, fill, keys, value


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("resnet50.parameters", 25557032),
        ("resnet50.macs", 4089184256),
        ("resnet50.macs_short", "4.09 G"),
        ("resnet50.parameters_short", "25.6 M"),
        ("resnet50.depth", 50),
        ("resnet50.convolutions", 53),
        ("resnet50.projections", 4),
        ("resnet50.blocks", 16),
        ("resnet50-v1.macs", 3857973248),
        ("resnet50.stage1.shape", (256, 56, 56)),
        ("resnet50.stage0.input", (3, 224, 224)),
        ("resnet50.stage4.field", 427),
        ("resnet50.layer4.2.step", 32),
        ("resnet50.conv1.parameters", 9408),
        ("resnet50@352.stage4.shape", (2048, 11, 11)),
    ],
)
def test_a_key_is_read_off_the_live_model(key: str, number: Value) -> None:
    assert value(key) == number


@pytest.mark.parametrize("key", ["resnet51.depth", "resnet50.beauty", "resnet50.layer9.depth", "resnet50.stage1.depth"])
def test_an_unknown_key_is_refused(key: str) -> None:
    with pytest.raises(KeyError):
        value(key)


def test_numbers_are_set_for_text_and_for_formulas() -> None:
    text = r"{resnet50.parameters}, {resnet50.stage1.shape}; $n = {resnet50.parameters}$, $\frac{a}{b} {resnet50.stage1.shape}$"
    assert keys(text).count("resnet50.parameters") == 2
    assert fill(text) == (r"25,557,032, 256x56x56; $n = 25{,}557{,}032$, $\frac{a}{b} 256 \times 56 \times 56$")
    assert fill("{answer} {x}") == "{answer} {x}"
