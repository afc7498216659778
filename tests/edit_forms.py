"""Sends a form that shows what is saved as its page does: with what it showed."""

from typing import Any

from django.test import Client


def form_version(client: Client, address: str) -> dict[str, str]:
    """What the page carries: send it along with what is typed. A field that is left
    out counts as left alone.
    """
    return {"version": client.get(address).context["version"]}


def post_edit(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Open the page, type this and send it."""
    return client.post(address, typed | form_version(client, address))
