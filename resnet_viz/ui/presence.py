"""Who is there: the browser sessions that are connected, for work that outlives a rerun and must not outlive its visitor."""

from __future__ import annotations

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def visitor() -> str:
    """The id of the session that runs this, the same after a reconnect."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


def is_there(session: str) -> bool:
    """Whether a session is connected at this moment; always, where no server runs."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)
