"""The entries of the service navigation. Each app registers its own in its
`navigation.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from innovation.core.access import Policy
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """A link shown to users whom the policy allows, ordered by `order`. Personal
    entries are beside “Sign out”.
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


_href = cache(reverse)


def links(user: object, path: str) -> Sequence[Link]:
    """The links this user may open, with the current one marked."""
    items = [
        (entry, _href(entry.url_name))
        for entry in sorted(entries, key=lambda item: (item.order, item.label))
        if entry.policy.allows(user)
    ]
    under = [
        href
        for _, href in items
        if path == href or path.startswith(f"{href.rstrip('/')}/")
    ]
    nearest = max(under, key=len, default="")
    return [
        Link(entry.label, href, href == nearest, entry.personal)
        for entry, href in items
    ]
