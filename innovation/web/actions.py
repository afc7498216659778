"""What a reader can do next with what a page is about, as links."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    href: str

    @classmethod
    def on(cls, key: str, label: str, url_name: str) -> "Action":
        """On the object with this key, whose page has an address of this name."""
        return cls(label, reverse(url_name, args=[key]))
