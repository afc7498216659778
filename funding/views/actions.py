"""The buttons of a page that its user may use now."""

from collections.abc import Iterable

from innovation.web.actions import Action


def available_actions(
    actions: Iterable[tuple[str, str]], key: str, allowed: bool = True
) -> list[Action]:
    """`actions` are labels and URL names that take the key."""
    if not allowed:
        return []
    return [Action.on(key, label, f"funding:{name}") for label, name in actions]
