"""The files against NumPy and pandas reading them back, and the three buttons and the script on a page."""

from io import BytesIO

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from resnet_viz.ui.take_away.files import npz


def test_arrays_come_back_as_they_were():
    arrays = {"layer1.0 F": np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32), "layer1.0.x": np.arange(3)}
    found = np.load(BytesIO(npz(arrays)))
    assert set(found.files) == set(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def page() -> None:
    import numpy as np
    import pandas as pd

    from resnet_viz.ui.take_away.copy import copy_as_pytorch
    from resnet_viz.ui.take_away.files import download_csv, download_npz, download_png

    download_npz(lambda: {"a": np.zeros(2)}, "maps", "n")
    download_csv(pd.DataFrame({"a": [0.1]}), "table", "c")
    download_csv("a\n0.1\n", "text", "d")
    download_png(b"png", "map", "p")
    copy_as_pytorch("print(1)", "script")


def test_the_buttons_and_the_script_are_drawn():
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert [button.key for button in app.get("download_button")] == ["n", "c", "d", "p", "script_script"]
    assert app.code[0].value == "print(1)"


def test_a_table_keeps_every_digit():
    value = 0.1 + 0.2
    text = pd.DataFrame({"a": [value]}).to_csv(index=False)
    assert float(text.splitlines()[1]) == value
