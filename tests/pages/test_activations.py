"""The activations page as a visitor has it: picture, answer, maps; and bad files, after which the last result stays."""

from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

from resnet_viz.errors import WeightsError
from resnet_viz.forward.images import MAX_BYTES, MAX_PIXELS, samples
from resnet_viz.forward.signatures import READABLE
from resnet_viz.lang import text
from resnet_viz.networks.catalog import build
from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.report.words import measured_near
from resnet_viz.ui.cache import _program
from resnet_viz.ui.session_store import SessionStore

APP = Path(__file__).parents[2] / "app.py"
SMALL = {"network": "resnet18", "size": "64", "weights": "none"}
"""A network and a size that answer fast."""


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    """No ImageNet weights on this machine, whatever its own cache holds."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in ({"lang": "en"} | query).items():
        app.query_params[name] = value
    app.run()
    app.switch_page("resnet_viz/pages/activations.py").run()
    assert not app.exception
    return app


def picture(size=(80, 60), color="red", format="PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", size, color).save(file, format)
    return file.getvalue()


def upload(app: AppTest, name: str, data: bytes, kind: str = "image/png") -> None:
    if app.segmented_control(key="source").value != "upload":
        app.segmented_control(key="source").select("Upload").run()
    app.file_uploader(key="upload").upload(name, data, kind).run()
    assert not app.exception


def state_dict(network: str, classes: int, **more: torch.Tensor) -> bytes:
    file = BytesIO()
    torch.save(build(network, classes=classes, seed=1).state_dict() | more, file)
    return file.getvalue()


def all_text(app: AppTest) -> str:
    kinds = ("markdown", "caption", "html", "subheader", "info", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def result(app: AppTest):
    return app.session_state["activations_result"]


def test_a_sample_is_answered_at_once():
    app = start(**SMALL)
    assert result(app).picture.source == "sample"
    assert app.selectbox(key="sample").value == samples()[0].name
    assert all_text(app).count('class="number') == 5
    assert "random" in all_text(app) and "means nothing" in all_text(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bundled_weights_show_their_ten_classes_in_both_languages(lang):
    app = start(weights="bundled", lang=lang)
    text = all_text(app)
    for label in IMAGENETTE:
        assert label.en in text and label.zh in text
    assert "Imagenette" in text
    info = result(app).loaded.info
    size, top1 = measured_near(info, 224)
    assert f"{top1:.1f} %" in text and f"{size}" in text
    assert len(app.info) == 1 and "10" in app.info[0].value


def test_a_sample_that_is_none_of_the_ten_is_not_answered_proudly():
    app = start(weights="bundled")
    assert "none of its 10 classes" in all_text(app)


def test_automatic_takes_the_bundled_weights():
    assert result(start()).loaded.info.source == "bundled"


def test_every_format_is_read_whatever_the_file_is_called():
    app = start(**SMALL)
    for format in ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"):
        upload(app, "mine.txt", picture(format=format))
        assert not app.error
        assert result(app).picture.name == "mine.txt"
        assert f"mine.txt: {format}, 80 x 60 pixels." in all_text(app)


def test_a_broken_picture_is_a_sentence_and_the_last_result_stays():
    app = start(**SMALL)
    upload(app, "good.png", picture())
    before = result(app)
    for data in (b"", b"not a picture", picture()[:60], b"<svg></svg>"):
        upload(app, "bad.png", data)
        assert len(app.error) == 1
        assert result(app) is before
        assert "good.png" in all_text(app)
        assert len(app.get("image")) == 4, "the upload, what the network sees, the map over it, the map alone"


def test_a_picture_stays_while_another_source_is_empty():
    app = start(**SMALL)
    before = result(app)
    app.segmented_control(key="source").select("Camera").run()
    assert result(app) is before
    assert app.get("camera_input")
    app.segmented_control(key="source").select("Samples").run()
    assert not app.get("camera_input"), "the camera is off unless asked for"


def test_what_the_network_sees_is_cropped_or_squashed():
    app = start(**SMALL)
    upload(app, "wide.png", picture((300, 100)))
    assert result(app).prepared.fit == "crop"
    app.segmented_control(key="fit").select("Squash").run()
    assert result(app).prepared.fit == "squash"
    assert app.query_params["fit"] == "squash"


def test_every_kind_of_place_has_a_picture():
    app = start(**SMALL)
    for place in ("network", "input", "stage0", "stage4", "layer2.0", "layer2.0.add", "layer2.0.bn1", "fc", "avgpool"):
        app.selectbox(key="place").set_value(place).run()
        assert not app.exception and not app.error
        assert len(app.get("image")) == (2 if place in ("fc", "avgpool") else 3)


def test_every_map_on_every_scale():
    app = start(**SMALL, place="layer1.0.conv2")
    for how in ("Mean", "Max", "Norm", "Channel"):
        app.segmented_control(key="how").select(how).run()
        for scale in ("This map", "Layer", "Network"):
            app.segmented_control(key="scale").select(scale).run()
            assert not app.exception
            assert "Values of this map" in all_text(app)


def test_a_channel_is_chosen_and_clamped_where_there_are_fewer():
    app = start(**SMALL, place="layer4.0")
    app.segmented_control(key="how").select("Channel").run()
    app.number_input(key="channel").set_value(500).run()
    assert app.number_input(key="channel").value == 500
    app.selectbox(key="place").set_value("layer1.0").run()
    assert app.number_input(key="channel").value == 63
    app.button(key="strongest").click().run()
    assert f"Strongest: {app.number_input(key='channel').value}" == app.button(key="strongest").label


def test_the_value_under_the_pointer_is_a_chart():
    app = start(**SMALL)
    assert not app.get("plotly_chart")
    app.toggle(key="pointer").set_value(True).run()
    assert len(app.get("plotly_chart")) == 1
    assert text("en", "activations.maps.cells") in all_text(app)


def test_a_file_with_three_classes_answers_with_numbers():
    app = start(**SMALL | {"weights": "file"})
    app.file_uploader(key="weights_file").upload(
        "three.pt", state_dict("resnet18", 3), "application/octet-stream"
    ).run()
    assert not app.exception and not app.error
    assert sorted(p.label.en for p in result(app).predictions) == ["class 0", "class 1", "class 2"]
    assert "training unknown" in all_text(app)


def test_weights_of_a_file_are_read_again_where_the_store_gave_them_back(monkeypatch):
    monkeypatch.setattr(SessionStore, "get", lambda self, key, make, size: make())  # keeps nothing
    app = start(**SMALL | {"weights": "file"})
    data = state_dict("resnet18", 3)
    app.file_uploader(key="weights_file").upload("three.pt", data, "application/octet-stream").run()
    app.selectbox(key="place").set_value("layer2.0").run()
    assert not app.exception and not app.error
    assert result(app).loaded.info.origin == "three.pt"
    app.switch_page("resnet_viz/pages/blocks.py").run()
    app.switch_page("resnet_viz/pages/activations.py").run()  # Streamlit gives the upload back
    assert not app.exception
    assert [error.value for error in app.error] == [text("en", "errors.weights_gone", file="three.pt")]


def test_the_way_lasts_as_long_as_the_caches_of_all_visitors():
    app = start(**SMALL)
    _program.clear()
    app.selectbox(key="place").set_value("layer2.0").run()
    assert not app.exception and not app.error


def test_what_is_accepted_is_said_in_one_place():
    app = start(**SMALL)
    app.segmented_control(key="source").select("Upload").run()
    label = app.file_uploader(key="upload").label
    for said in (*READABLE, f"{MAX_BYTES / 1e6:.0f} MB", f"{MAX_PIXELS / 1e6:.0f} million pixels"):
        assert said.lower() in label.lower()


def test_a_turned_photo_is_told_of_as_it_is_seen():
    app = start(**SMALL)
    exif = Image.Exif()
    exif[0x0112] = 6
    file = BytesIO()
    Image.new("RGB", (80, 60), "red").save(file, "JPEG", exif=exif)
    upload(app, "turned.jpg", file.getvalue(), "image/jpeg")
    assert "turned.jpg: JPEG, 60 x 80 pixels. Turned upright" in all_text(app)


def test_a_file_with_wrong_keys_names_them_and_the_last_result_stays():
    app = start(**SMALL)
    before = result(app)
    app.selectbox(key="weights").select("A file of mine").run()
    data = state_dict("resnet18", 10, **{"surplus.weight": torch.zeros(1)})
    app.file_uploader(key="weights_file").upload("wrong.pt", data, "application/octet-stream").run()
    assert not app.exception
    assert "surplus.weight" in app.error[0].value
    assert result(app) is before
    assert "Until the chosen weights are there" in all_text(app)


def test_a_file_of_something_else_is_a_sentence():
    app = start(**SMALL | {"weights": "file"})
    for data in (b"", b"PK\x03\x04 no zip", b"\x80\x02pickle"):
        app.file_uploader(key="weights_file").upload("bad.pt", data, "application/octet-stream").run()
        assert not app.exception
        assert len(app.error) == 1


def test_a_size_that_is_refused_leaves_the_last_result():
    app = start(network="alexnet", size="64", weights="none")
    before = result(app)
    app.number_input(key="size").set_value(32).run()
    assert not app.exception
    assert len(app.error) == 1
    assert result(app) is before


@pytest.mark.parametrize("network", ["resnet50-v1", "plain18", "vgg16", "alexnet", "googlenet", "lenet5"])
def test_every_family_runs(network):
    app = start(network=network, size="64", weights="none")
    assert not app.error
    assert result(app).plan.network == network


def test_the_selection_is_the_one_of_the_architecture_page():
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in SMALL.items():
        app.query_params[name] = value
    app.run()
    app.selectbox(key="place").set_value("layer3.1.conv2").run()
    app.switch_page("resnet_viz/pages/activations.py").run()
    assert app.selectbox(key="place").value == "layer3.1.conv2"


def test_a_switch_of_language_changes_words_alone():
    app = start(**SMALL)
    upload(app, "mine.png", picture())
    before = result(app)
    app.segmented_control(key="lang").select("中文").run()
    assert app.title[0].value == "激活"
    assert app.segmented_control(key="source").value == "upload"
    assert result(app) is before


def test_a_download_is_offered_and_not_begun():
    app = start(network="resnet18", size="64", weights="imagenet-v1")
    assert app.button(key="download_start").label == "Download"
    assert "MB" in all_text(app)
    assert result(app).loaded.info.source in ("none", "bundled")


def test_a_download_that_fails_says_why_and_may_be_tried_again(monkeypatch):
    def fetch(network, version, progress, cancelled):
        raise WeightsError("weights_download_failed", url="http://127.0.0.1/", reason="no route")

    monkeypatch.setattr("resnet_viz.ui.download_job.DownloadJob.__init__.__defaults__", (fetch,))
    app = start(network="resnet18", size="64", weights="imagenet-v1")
    app.button(key="download_start").click().run()
    app.session_state["activations_download"].wait(10)
    app.run()
    assert "no route" in app.error[0].value
    assert app.button(key="download_start")


def test_a_running_download_can_be_cancelled(monkeypatch):
    def fetch(network, version, progress, cancelled):
        progress(25_000_000, 50_000_000)
        while not cancelled():
            pass
        raise WeightsError("weights_download_cancelled", url="http://127.0.0.1/")

    monkeypatch.setattr("resnet_viz.ui.download_job.DownloadJob.__init__.__defaults__", (fetch,))
    app = start(network="resnet18", size="64", weights="imagenet-v1")
    app.button(key="download_start").click().run()
    assert app.session_state["activations_download"].running
    app.button(key="download_cancel").click().run()
    app.session_state["activations_download"].wait(10)
    app.run()
    assert not app.error
    assert "cancelled" in all_text(app)
