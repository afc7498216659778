"""Sends the form of an edit page, with the values that it showed."""

from typing import Any

from django.test import Client


def form_version(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the page, to be sent with the typed values. A field that is
    left out counts as unchanged.
    """
    return {"version": client.get(address).context["version"]}


def post_edit(client: Client, address: str, values: dict[str, Any]) -> Any:
    """Open the page, fill in these values and send it."""
    return client.post(address, values | form_version(client, address))
