"""The buttons a page offers: only those its reader may press now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    href: str


def available_actions(
    actions: Iterable[tuple[str, str]], thing: Any, allowed: bool = True
) -> list[Action]:
    """`actions` are labels and the names of addresses that take the thing's key."""
    if not allowed:
        return []
    return [
        Action(label, reverse(f"funding:{name}", args=[thing.key]))
        for label, name in actions
    ]
