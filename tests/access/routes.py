"""All addresses of the service, from the URL configuration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern


@dataclass(frozen=True)
class Route:
    """`address` as people read it: `cases/<key>/decline`."""

    name: str
    address: str
    parameters: tuple[str, ...]
    callback: Callable[..., Any]

    @property
    def view(self) -> Any:
        """The class of a class-based view."""
        return getattr(self.callback, "view_class", None) or getattr(
            self.callback, "cls", None
        )

    @property
    def is_ours(self) -> bool:
        module = (self.view or self.callback).__module__
        return module.split(".")[0] in {"innovation", "bids", "funding"}

    @property
    def is_api(self) -> bool:
        return self.address.startswith("api/v1/")


def all_routes() -> list[Route]:
    routes = list(_iter_routes(get_resolver().url_patterns, "", ""))
    return sorted(routes, key=lambda route: route.address)


def _iter_routes(patterns: list[Any], before: str, spaces: str) -> Iterator[Route]:
    for pattern in patterns:
        address = before + _readable_pattern(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _iter_routes(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern):
            parameters = tuple(re.findall(r"<(\w+)>", address))
            name = spaces + (pattern.name or "")
            yield Route(name, address, parameters, pattern.callback)


def _readable_pattern(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern))
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern))
    return text.replace("^", "").replace("$", "").replace("\\Z", "")
