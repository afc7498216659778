"""The entries of the service navigation, each registered by the app it leads to.

An app's `navigation.py` is read when the service starts and calls `register`, so that
this package knows none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from innovation.web.page_access import Policy


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url_name: str
    policy: Policy
    order: int = 100
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool
    personal: bool


_ENTRIES: list[Entry] = []


def register(
    label: str,
    url_name: str,
    policy: Policy,
    *,
    order: int = 100,
    personal: bool = False,
) -> None:
    """Show `label` to whoever the policy allows; smaller `order` comes first.

    What is `personal` stands beside the way out, apart from the work.
    """
    entry = Entry(label, url_name, policy, order, personal)
    if entry not in _ENTRIES:
        _ENTRIES.append(entry)
        _ENTRIES.sort(key=lambda one: (one.order, one.label))


def links(user: object, path: str) -> Sequence[Link]:
    """What this user may open; the entry the address lies under is current."""
    shown = [
        (entry, reverse(entry.url_name))
        for entry in _ENTRIES
        if entry.policy.allows(user)
    ]
    under = [
        href
        for _, href in shown
        if path == href or path.startswith(f"{href.rstrip('/')}/")
    ]
    nearest = max(under, key=len, default="")
    return [
        Link(entry.label, href, href == nearest, entry.personal)
        for entry, href in shown
    ]
