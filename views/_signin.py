"""Who is at the page, whether they may write, and the control to sign in where sign-in is configured."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from loaders.store import LOCAL_USER, NotAnEditor
from views._store import open_store
from views._text import Translator, plain

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def sign_in_configured() -> bool:
    """Whether ``[auth]`` stands in the secrets (OIDC through ``st.login``)."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def author() -> str:
    """The signed-in address; without sign-in the one local user; nobody for anyone else, who may read but not write.

    A server that answers beyond localhost, directly or behind a proxy, has no local user: it needs sign-in.
    """
    if sign_in_configured():
        verified = st.user.get("is_logged_in") and st.user.get("email_verified", True)
        return str(st.user.get("email") or "") if verified else ""
    local = st.get_option("server.address") in _LOOPBACK and "X-Forwarded-For" not in st.context.headers
    return LOCAL_USER if local else ""


def may_write() -> bool:
    """Whether the person at the page is an editor. For drawing only: the store asks again at every write."""
    try:
        open_store().editors.admit(author())
    except NotAnEditor:
        return False
    return True


def show_sign_in(t: Translator) -> None:
    """Sign in, or who is signed in and the way out; nothing where sign-in is not configured."""
    if not sign_in_configured():
        return
    with st.container(key="sign-in", horizontal=True, vertical_alignment="center", width="content"):
        if st.user.get("is_logged_in"):
            st.caption(plain(st.user.get("email") or ""), width="content")
            st.button(t("header.sign_out"), on_click=st.logout, type="tertiary", icon=":material/logout:")
            return
        named = [name for name, value in st.secrets["auth"].items() if hasattr(value, "keys")]
        for name in named or [None]:
            label = t("header.sign_in_with", name=name) if name and len(named) > 1 else t("header.sign_in")
            st.button(
                plain(label), key=f"sign-in-{name}", on_click=st.login, args=(name,) if name else (), type="tertiary",
                icon=":material/login:",
            )  # fmt: skip
