"""The blocks page as a visitor without a mouse has it: numbers, refusals, the 16 blocks, steps, comparison."""

import re
from pathlib import Path

import pytest
import torch
from streamlit.testing.v1 import AppTest
from torch import nn

APP = Path(__file__).parents[2] / "app.py"
PAGE = "resnet_viz/pages/blocks.py"


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page(PAGE)
    app.query_params["lang"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def all_text(app: AppTest) -> str:
    kinds = ("markdown", "caption", "html", "code", "info", "error", "subheader")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def metrics(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


def numbers(app: AppTest) -> dict[str, int]:
    return {key: app.number_input(key=key).value for key in ("c", "w", "c1", "s")}


def test_a_visit_starts_with_a_block_of_resnet50() -> None:
    app = start()
    assert app.title[0].value == "Blocks"
    assert numbers(app) == {"c": 256, "w": 56, "c1": 128, "s": 2}
    assert metrics(app) == ["256x56x56", "512x28x28", "379,392", "372,506,624"]
    assert "`layer2.0`" in all_text(app)


def test_shapes_and_costs_follow_the_numbers() -> None:
    app = start()
    app.number_input(key="c").set_value(48)
    app.number_input(key="w").set_value(10)
    app.number_input(key="c1").set_value(6).run()
    convs = 48 * 6 + 9 * 6 * 6 + 6 * 24 + 48 * 24
    assert metrics(app)[:3] == ["48x10x10", "24x5x5", f"{convs + 2 * (6 + 6 + 24 + 24):,}"]
    assert metrics(app)[3] == f"{48 * 6 * 100 + (9 * 6 * 6 + 6 * 24 + 48 * 24) * 25:,}"
    app.number_input(key="s").set_value(1).run()
    assert metrics(app)[1] == "24x10x10"


def test_the_version_moves_the_stride() -> None:
    app = start()
    assert app.dataframe[0].value["output"][0] == "128x56x56"
    app.segmented_control(key="version").set_value("v1").run()
    assert app.dataframe[0].value["output"][0] == "128x28x28"
    assert metrics(app)[2] == "379,392"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_impossible_identity_is_a_sentence_with_ways_out(lang: str) -> None:
    app = start(block="BTNK2", c="254", lang=lang)
    assert "254" in app.error[0].value
    assert {"en": "252, 256", "zh": "252、256"}[lang] in app.error[0].value
    assert not metrics(app)
    app.button(key="use_252").click().run()
    assert not app.error and not app.exception
    assert metrics(app)[:2] == ["252x56x56", "252x56x56"]


@pytest.mark.parametrize(("key", "value", "nearest"), [("c", 0, 1), ("w", 9999, 512), ("c1", -4, 1), ("s", 5, 4)])
def test_a_number_out_of_bounds_is_a_sentence_with_a_way_out(key: str, value: int, nearest: int) -> None:
    app = start(**{key: str(value)})
    assert f"{key.upper()} = {value}" in app.error[0].value
    app.button(key=f"use_{nearest}").click().run()
    assert not app.error
    assert app.number_input(key=key).value == nearest


@pytest.mark.parametrize(
    "query", [{"c": "much"}, {"block": "BTNK9"}, {"version": "v2"}, {"block_view": "x"}, {"step": "-3"}]
)
def test_an_address_that_means_nothing_falls_back(query: dict[str, str]) -> None:
    app = start(**query)
    assert metrics(app)[0] == "256x56x56"


def test_a_stride_larger_than_the_map_is_remarked_on() -> None:
    app = start(w="1")
    assert metrics(app)[1] == "512x1x1"
    assert "S = 2 is larger than W = 1" in app.info[0].value


def test_an_operation_is_spelled_out() -> None:
    app = start()
    app.selectbox(key="block_operation").set_value("conv2").run()
    text = all_text(app)
    assert "3x3x128x128 = 147,456" in text and "3x3x128x128 x 28x28 = 115,605,504" in text
    code = next(str(block.value) for block in app.code)
    made = eval(code, {"nn": nn})
    assert made(torch.zeros(1, 128, 56, 56)).shape == (1, 128, 28, 28)


def test_the_sixteen_blocks_and_the_two_rules() -> None:
    app = start(block_view="table")
    frame = app.dataframe[0].value
    assert len(frame) == 16
    assert list(frame["label"]).count("BTNK1") == 4
    assert list(frame["stride_rule"].dropna()) == ["✓ S = 1", "✓ S = 2", "✓ S = 2", "✓ S = 2"]
    assert list(frame["channel_rule"].dropna()) == ["✓ C = C1", "✓ C = 2 C1", "✓ C = 2 C1", "✓ C = 2 C1"]
    assert frame["params"].sum() == 25_557_032 - 9_408 - 128 - 2_049_000
    text = all_text(app)
    assert text.count("It holds for 4 of 4 BTNK1.") == 2
    assert "3 of 4 have S = 2" in text and "`layer2.0.conv2`" in text


def test_a_row_puts_its_numbers_into_the_controls() -> None:
    app = start(block_view="table")
    app.selectbox(key="block_choice").set_value("layer4.2").run()
    app.button(key="block_use").click().run()
    assert app.segmented_control(key="block").value == "BTNK2"
    assert (app.number_input(key="c").value, app.number_input(key="w").value) == (2048, 7)
    assert app.session_state["block_table"]["selection"]["rows"] == [15]
    assert app.query_params["place"] == "layer4.2"
    app.selectbox(key="block_choice").set_value("layer1.0").run()
    app.button(key="block_use").click().run()
    assert numbers(app) == {"c": 64, "w": 56, "c1": 64, "s": 1}


@pytest.mark.parametrize(
    ("network", "rows"), [("resnet101", 33), ("resnet50-v1", 16), ("resnet18", 16), ("plain50", 16)]
)
def test_the_table_is_of_the_chosen_network_where_it_has_bottlenecks(network: str, rows: int) -> None:
    app = start(block_view="table", network=network)
    assert len(app.dataframe[0].value) == rows
    stride = "`layer2.0.conv1`" if network == "resnet50-v1" else "`layer2.0.conv2`"
    assert stride in all_text(app)


def test_the_input_size_gives_w() -> None:
    app = start(block_view="table", size="352")
    assert app.dataframe[0].value["W"][0] == 88


def step(app: AppTest) -> tuple[int, int]:
    found = re.search(r"Step (\d+) of (\d+)", all_text(app))
    assert found
    return int(found[1]), int(found[2])


def test_the_code_is_stepped() -> None:
    app = start(block_view="code")
    assert step(app) == (11, 21)
    assert "(2, 128, 56, 56)" in all_text(app)
    app.button(key="step_next").click().run()
    assert step(app) == (12, 21)
    assert "mean 0 and standard deviation 1" in all_text(app)
    app.button(key="step_previous").click().run()
    app.button(key="step_previous").click().run()
    assert step(app) == (10, 21)


def test_the_first_and_the_last_step_are_ends() -> None:
    app = start(block_view="code", step="1")
    assert app.button(key="step_previous").disabled and not app.button(key="step_next").disabled
    assert "(128, 256, 1, 1)" in all_text(app) and "32,768" in all_text(app)
    app.number_input(key="step").set_value(500).run()
    assert step(app) == (21, 21)
    assert app.button(key="step_next").disabled
    assert not app.exception


def test_fewer_steps_leave_the_last_one() -> None:
    app = start(block_view="code", step="21")
    app.segmented_control(key="block").set_value("BTNK2").run()
    assert step(app) == (20, 20)
    assert not app.exception


def test_a_channel_is_chosen_and_kept_within_the_tensor() -> None:
    app = start(block_view="code", step="21")
    app.number_input(key="block_channel").set_value(400).run()
    assert "Channel 400 of the first image" in str(app.get("image")[0].proto)
    app.number_input(key="step").set_value(11).run()
    assert "Channel 127 of the first image" in str(app.get("image")[0].proto)
    assert not app.exception


def test_a_block_too_large_for_a_page_runs_smaller_and_says_so() -> None:
    app = start(block_view="code", w="512")
    assert "At W = 512" in all_text(app)


def test_the_articles_errors_are_pytorchs_own() -> None:
    app = start(block_view="code")
    with pytest.raises(AttributeError) as caught:
        nn.BatchNormalization(64)
    assert f"AttributeError: {caught.value}" in app.error[0].value
    assert len(app.error) == 4
    assert torch.__version__ in all_text(app)


def test_a_bottleneck_beside_two_3x3() -> None:
    app = start(block_view="why", block="BTNK2")
    assert metrics(app) == ["70,400", "1,180,672", "218 M", "3.70 G"]
    assert [metric.delta for metric in app.metric if metric.delta] == ["16.8 times as many", "16.9 times as many"]
    text = all_text(app)
    assert "3x3x256x256 x 56x56 = 1,849,688,064" in text
    assert "62 channels instead of 256" in text
    assert len(app.get("plotly_chart")) == 2


def test_hidden_views_are_not_computed() -> None:
    app = start()
    assert not app.get("plotly_chart") and not app.error
    assert "nn.BatchNormalization" not in all_text(app)


@pytest.mark.parametrize("view", ["build", "table", "code", "why"])
@pytest.mark.parametrize("block", ["BTNK1", "BTNK2"])
def test_every_view_speaks_chinese(view: str, block: str) -> None:
    app = start(block_view=view, block=block, lang="zh")
    assert app.title[0].value == "残差块"
    assert not [text for text in all_text(app).splitlines() if re.fullmatch(r"[A-Z][a-z]+( [a-z]+){3,}.*", text)]


def test_the_numbers_outlive_a_visit_to_another_page() -> None:
    app = start(c="320")
    app.switch_page("resnet_viz/pages/architecture.py").run()
    app.switch_page(PAGE).run()
    assert not app.exception
    assert app.number_input(key="c").value == 320


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"network": "resnet101", "size": "96"}, "the sidebar: now ResNet-101 at 96 pixels"),
        ({"network": "vgg16"}, "VGG-16 has no such blocks at that size, so they are those of ResNet-50 at 224"),
    ],
)
def test_what_network_and_size_of_the_sidebar_do_here_is_said(query: dict[str, str], said: str) -> None:
    app = start(**query)
    assert any(said in caption.value for caption in app.caption)
