"""The address bar: it says what the visitor chose, on every page, and each of their steps is one entry of its history.

The session holds what was asked for; the URL decides when a session begins and when the browser goes back or forward.
Widgets are not bound to the URL by Streamlit: that takes a page's parameters away with the page, writes every parameter
as an entry of its own, and a visitor's own change as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.scriptrunner import get_script_run_ctx

WISHES = "wishes"
"""Session key of what was asked for, by parameter: also what the network or page of the moment does not have."""
_ADDRESS = "address"
"""Session key of the parameters that the address bar has, or gets with the next thing that is drawn."""

_JOURNEY = "journey"
"""Session key of the page that a link leads to, with what it chooses there, until the app goes there."""

_ON_THE_WAY = "on_the_way"
"""Session key that says that the page of the journey has been opened."""

_REPLACE = """{
const said = new URLSearchParams("%s"), address = "%s";
if (String(new URLSearchParams(location.search)) === String(said))
  history.replaceState(history.state, "", location.pathname + (address && "?" + address));
}"""
"""Where the address bar still says one thing, say another: the browser may run this again when it draws a page anew.

Both are encoded as queries: letters, digits and %, nothing that ends a string or a script.
"""


def arrive() -> None:
    """Read the URL where it decides, else say what it must be. Call it first in a run of the app, before `st.navigation`.

    A page link of Streamlit's brings no parameters along. Said again, the same ones as before are no entry of their own:
    they become part of the new page's. Said in every run, because a run that another one overtakes may not be heard.
    """
    context = get_script_run_ctx()
    if _ADDRESS not in st.session_state or (context is not None and context.is_history_navigation):
        _read()
    else:
        st.query_params.from_dict(_kept(_ADDRESS))


def settle() -> None:
    """Put right in the address bar what this run showed differently. Call it last in a run of the app.

    Such a correction is no step of the visitor's. Streamlit writes entries only, so the browser is asked to replace one.
    """
    said, address = st.query_params.to_dict(), _kept(_ADDRESS)
    if list(said.items()) != list(address.items()):
        st.html(f"<script>{_REPLACE % (urlencode(said), urlencode(address))}</script>", unsafe_allow_javascript=True)


def wish(parameter: str) -> str | None:
    """What was last asked for, by the visitor or by the URL."""
    return _kept(WISHES).get(parameter)


def ask(parameter: str, value: str | None) -> None:
    """The visitor asks for a value, or with None for the default. Call it from a callback."""
    _put(WISHES, parameter, value)
    _put(_ADDRESS, parameter, value)


def show(parameter: str, value: str | None) -> None:
    """The value that is drawn for a parameter, None for the default: what the address bar must say."""
    _put(_ADDRESS, parameter, value)
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run and st.query_params.to_dict() != _kept(_ADDRESS):
        st.query_params.from_dict(_kept(_ADDRESS))  # no run of the app began with it


def address_of(page: str, choices: Mapping[str, str | None]) -> str:
    """Where a browser finds a page with these choices, None for a default, and all others as they are."""
    said = {name: value for name, value in {**_kept(_ADDRESS), **choices}.items() if value is not None}
    return page + (f"?{urlencode(said)}" if said else "")


def leave_for(page: str, choices: Mapping[str, str | None]) -> None:
    """The visitor follows a link of the app's own. Call it from a callback: `travel` goes there."""
    st.session_state[_JOURNEY] = page, choices


def travel(pages: Mapping[str, Page], here: Page) -> None:
    """Go where a link leads, as one entry of the history. Call it before a page is run.

    A page is opened with the parameters as they are, and chooses when it is there: changed ones would be said for the
    page that is left, as an entry of their own.
    """
    page, choices = st.session_state.get(_JOURNEY, ("", {}))
    if page not in pages:
        return
    if pages[page] != here:
        st.session_state[_ON_THE_WAY] = True
        st.switch_page(pages[page], query_params=_kept(_ADDRESS))
    del st.session_state[_JOURNEY]
    for parameter, value in choices.items():
        ask(parameter, value)
    if not st.session_state.pop(_ON_THE_WAY, False):
        st.query_params.from_dict(_kept(_ADDRESS))


def parameters() -> dict[str, str]:
    """All that the address bar says, by parameter."""
    return dict(_kept(_ADDRESS))


def _read() -> None:
    st.session_state[WISHES] = st.query_params.to_dict()
    st.session_state[_ADDRESS] = st.query_params.to_dict()


def _kept(key: str) -> dict[str, str]:
    if key not in st.session_state:
        _read()
    return cast("dict[str, str]", st.session_state[key])


def _put(key: str, parameter: str, value: str | None) -> None:
    if value is None:
        _kept(key).pop(parameter, None)
    else:
        _kept(key)[parameter] = value
