"""The entries of the service navigation, each registered by the app it leads to.

Each app says its own in its `navigation.py`, so that this package knows none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from innovation.core.access import Policy
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """Shows `label` to whoever the policy allows; smaller `order` comes first. What is
    `personal` stands beside the way out, apart from the work.
    """

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


entries: Registry[Entry] = Registry()


def links(user: object, path: str) -> Sequence[Link]:
    """What this user may open; the entry the address lies under is current."""
    shown = [
        (entry, reverse(entry.url_name))
        for entry in sorted(entries, key=lambda one: (one.order, one.label))
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
