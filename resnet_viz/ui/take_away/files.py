"""Files to keep: raw numbers as NumPy arrays, tables as CSV, maps as PNG. Made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from resnet_viz.ui.state import t

Arrays = Mapping[str, npt.NDArray[np.generic]]


def download_npz(arrays: Arrays | Callable[[], Arrays], name: str, key: str, label: str | None = None) -> None:
    """A button for arrays as they were computed, by name, as `<name>.npz`; a function is called on the click."""
    download(
        label or t("take_away.npz"),
        lambda: npz(arrays() if callable(arrays) else arrays),
        f"{name}.npz",
        "application/octet-stream",
        key,
    )


def download_csv(
    table: pd.DataFrame | str | Callable[[], pd.DataFrame | str], name: str, key: str, label: str | None = None
) -> None:
    """A button for a table, or CSV text, as `<name>.csv`, every digit kept; a function is called on the click."""

    def file() -> bytes:
        found = table() if callable(table) else table
        text = found if isinstance(found, str) else found.to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8")

    download(label or t("take_away.csv"), file, f"{name}.csv", "text/csv", key)


def download_png(picture: bytes | Callable[[], bytes], name: str, key: str, label: str | None = None) -> None:
    """A button for a picture as `<name>.png`; a function is called on the click."""
    download(label or t("take_away.png"), picture, f"{name}.png", "image/png", key)


def npz(arrays: Arrays) -> bytes:
    """Arrays by name as a file that `numpy.load` opens. Not compressed: random floats hardly shrink, and it is slow."""
    file = BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # NumPy's stub takes a second keyword for the arrays
    return file.getvalue()


def download(label: str, data: str | bytes | Callable[[], bytes], file_name: str, mime: str, key: str) -> None:
    """A button for any file; it draws nothing again. A function is called on the click."""
    st.download_button(
        label, data, file_name=file_name, mime=mime, icon=":material/download:", on_click="ignore", key=key
    )
