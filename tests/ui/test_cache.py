"""Weights of a visitor's file, beside those that all visitors share."""

import subprocess
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest

from resnet_viz.networks.weights import resolve

FILE = Path(__file__).parents[2] / "assets" / "weights" / "resnet50-imagenette.safetensors"


def script(file: str) -> None:
    from pathlib import Path

    import streamlit as st

    from resnet_viz.ui.cache import program, program_of_file

    theirs = program_of_file("resnet50", Path(file).read_bytes, "mine.safetensors")
    bundled = program("resnet50", "bundled")
    st.session_state["infos"] = theirs.info, bundled.info
    st.session_state["same"] = theirs.program is theirs.program, theirs.program is bundled.program


def test_a_file_with_the_bundled_weights_is_the_visitors_own() -> None:
    app = AppTest.from_function(script, args=(str(FILE),), default_timeout=60).run()
    assert not app.exception
    theirs, bundled = app.session_state["infos"]
    assert (theirs.source, theirs.origin) == ("file", "mine.safetensors")
    assert bundled == resolve("resnet50", "bundled")
    assert app.session_state["same"] == (True, False)


def test_what_the_imports_left_is_not_looked_through_again_and_again() -> None:
    """Streamlit collects garbage after each run: of all that the app has imported, next to nothing is in its way."""
    code = "import gc, resnet_viz.ui.cache; print(gc.get_freeze_count(), len(gc.get_objects()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=FILE.parents[2], capture_output=True, text=True, check=True)
    frozen, left = map(int, done.stdout.split())
    assert frozen > 20 * left
