"""The same picture through both networks: that the words follow what was computed, trained pair or not."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.networks import pairing, weights
from resnet_viz.networks.catalog import build
from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.networks.quantize import quantize
from resnet_viz.training.stored import read_card, write
from resnet_viz.ui.compare import picture as compare_picture
from resnet_viz.ui.compare.pair import accuracies, common_size

WAIT = 180
RESIDUAL = weights.bundled_file("resnet50")


def section() -> None:
    """What AppTest runs: the section alone."""
    from resnet_viz.ui.compare.image import same_image

    same_image()


@pytest.fixture(scope="module")
def both_bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with weights for both: the bundled residual ones, and starting values under the plain twin's name."""
    folder = tmp_path_factory.mktemp("weights")
    shutil.copy(RESIDUAL, folder / RESIDUAL.name)
    card = read_card(RESIDUAL)
    record = {**card.record, "arch": "plain50", "precision": "float32 on CPU"}
    state = quantize(build("plain50", classes=10, seed=0).state_dict())
    write(folder / "plain50-imagenette.safetensors", state, replace(card, network="plain50", record=record))
    return folder


def use(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(weights, "BUNDLED", folder)
    assert {pairing.bundled_file, compare_picture.bundled_file} == {weights.bundled_file}


def start(lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_function(section, default_timeout=WAIT)
    app.query_params["lang"] = lang
    app.query_params["size"] = "64"
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "info", "html", "subheader")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def test_without_trained_weights_it_is_no_comparison(monkeypatch, tmp_path) -> None:
    shutil.copy(RESIDUAL, tmp_path / RESIDUAL.name)
    use(monkeypatch, tmp_path)
    text = said(start())
    assert "Plain-50: untrained, starting values of seed 0" in text
    assert "Not a controlled comparison" in text
    assert "nothing to agree on" in text
    assert "12 identities and 4 projections" in text and "2,776,576 parameters" in text
    assert "do not know the same classes" in text


@pytest.mark.parametrize(
    ("lang", "pair", "precisions"),
    [
        ("en", "Nearly a controlled pair", "bfloat16 autocast on CPU for ResNet-50, float32 on CPU for Plain-50"),
        ("zh", "接近受控的一对", "ResNet-50 为 CPU 上的 bfloat16 自动混合精度，Plain-50 为 CPU 上的 float32"),
    ],
)
def test_a_trained_pair_says_what_differs(monkeypatch, both_bundled, lang: str, pair: str, precisions: str) -> None:
    use(monkeypatch, both_bundled)
    app = start(lang)
    text = said(app)
    assert pair in text
    assert precisions in text
    assert text.count('class="number') == 10
    assert len(app.get("image")) == 5
    assert len(app.get("plotly_chart")) == 1


def test_what_came_out_is_told_where_both_were_measured() -> None:
    info = weights.resolve("resnet50", "bundled")
    better = replace(info, accuracies=((160, 79.24), (224, 77.1)), measured_on=3925)
    worse = replace(info, network="plain50", accuracies=((160, 46.4),), measured_on=3925)
    text = accuracies(better, worse)
    assert "of 3,925 validation images at 160 x 160 pixels ResNet-50 answers 79.2 % right and Plain-50 46.4 %" in text
    assert "32.8 points apart; guessing would come to 10 %" in text
    assert common_size(better, worse) == 160  # for the badges of both, too
    assert (
        accuracies(better, replace(worse, measured_on=100)) == accuracies(better, replace(worse, accuracies=())) == ""
    )


def test_a_class_and_a_place_can_be_chosen(monkeypatch, both_bundled) -> None:
    use(monkeypatch, both_bundled)
    app = start(place="layer2.0.add")
    assert "Plain-50 has no `layer2.0.add`" in said(app)
    assert "Grad-CAM at `layer2.0.add`" in said(app)
    app.selectbox(key="compare_class").select(IMAGENETTE[0].id).run()
    assert not app.exception
    assert said(app).count("tench, logit") == 2
    app.selectbox(key="place").select("fc").run()
    assert "`fc` puts out one vector; shown is `stage4`" in said(app)


def test_a_picture_too_small_for_the_last_stage(monkeypatch, both_bundled) -> None:
    use(monkeypatch, both_bundled)
    app = start(size="32")
    assert not app.error
    assert "Grad-CAM at `stage3`" in said(app)


def test_growth_is_told_in_numbers(monkeypatch, both_bundled) -> None:
    use(monkeypatch, both_bundled)
    text = said(start())
    assert "ResNet-50: from the output of block 1 to that of block 16" in text
    assert "Plain-50: from the output of block 1 to that of block 16" in text
    assert text.count("times its shortcut in the median block") == 1


def curves_section() -> None:
    """What AppTest runs: the learning curves alone, from the file that the test names."""
    from pathlib import Path

    import streamlit as st

    from resnet_viz.ui.compare import curves as compare_curves

    compare_curves.FILE = Path(st.session_state["file"])
    compare_curves.curves()


def curves(file: Path, lang: str = "en") -> AppTest:
    app = AppTest.from_function(curves_section, default_timeout=WAIT)
    app.query_params["lang"], app.session_state["file"] = lang, str(file)
    app.run()
    assert not app.exception
    return app


def stored(folder: Path) -> Path:
    def run(network: str, last: float) -> dict[str, object]:
        names = ("train_loss", "train_top1", "val_loss", "val_top1", "grad_norm")
        rows = [{"epoch": n, "size": 64} | dict.fromkeys(names, value) for n, value in ((1, 0.9), (2, last))]
        final = {"64": {"top1": last + 0.25, "loss": 1.0}}
        return {"network": network, "torch": "2.14.1", "val_images": 3925, "final": final, "rows": rows}

    ends = {"resnet18": 0.3, "resnet34": 0.2, "plain18": 0.4, "plain34": 0.5}
    file = folder / "curves.json"
    found = {"recipe": {}, "command": "python -m x", "missing": ["plain50"]}
    file.write_text(json.dumps({**found, "runs": [run(*end) for end in ends.items()]}))
    return file


def test_curves_are_drawn_where_they_are(tmp_path) -> None:
    app = curves(stored(tmp_path))
    assert len(app.get("plotly_chart")) == 2
    text = said(app)
    assert "Residual: the training loss ends lower with 34 layers than with 18, 0.200 against 0.300" in text
    assert "Plain: the training loss ends higher with 34 layers than with 18, 0.500 against 0.400" in text
    assert "plain50" in text
    app.segmented_control(key="curve_of").select("Validation accuracy").run()
    assert "50.0 % against 40.0 %" in said(app)
    assert "at 128 x 128 pixels" in said(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_twice_the_depth_did_to_accuracy_is_told_with_its_sign(tmp_path, lang: str) -> None:
    app = curves(stored(tmp_path), lang)
    accuracy, loss, *_ = (table.value for table in app.table)
    assert accuracy.to_numpy().tolist() == [["55.0 %", "65.0 %"], ["45.0 %", "75.0 %"]]
    assert loss.to_numpy().tolist() == [["0.300", "0.400"], ["0.200", "0.500"]]
    assert list(accuracy.index) == [18, 34]
    text = said(app)
    assert "3,925" in text and "−10.0" in text and "+10.0" in text
    assert "25.03" in text, "the paper's longer training is named where our deeper residual network is behind"


def test_a_deeper_residual_network_that_is_ahead_needs_no_excuse(tmp_path) -> None:
    file = stored(tmp_path)
    file.write_text(file.read_text().replace('"top1": 0.45', '"top1": 0.95'))
    text = said(curves(file))
    assert "+40.0" in text and "schedule this short" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_file_the_published_numbers_stand_alone(tmp_path, lang: str) -> None:
    app = curves(tmp_path / "nothing.json", lang)
    assert not app.get("plotly_chart")
    assert len(app.table) == 3
    assert "28.54 %" in app.table[0].value.to_string()
    assert said(app).count("https://arxiv.org/abs/") == 3
