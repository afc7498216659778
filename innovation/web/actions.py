"""Links to what the user can do next with the object of a page."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    href: str

    @classmethod
    def on(cls, key: str, label: str, url_name: str) -> "Action":
        """An action on the object with this key, at the URL of this name."""
        return cls(label, reverse(url_name, args=[key]))
