"""GOV.UK components: the macros of govuk-frontend-jinja, called from Django.

The Jinja environment and its macros are loaded once per process: a component then
takes about 0.1 ms. Building the environment for each call took 30 ms.
"""

from collections.abc import Callable, Mapping
from functools import cache

import orjson
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader, Undefined

_PACKAGE = "govuk_frontend_jinja"


class _MissingParameter(Undefined):
    """Undefined macro parameters are empty, at any depth."""

    def __getattr__(self, name: str) -> "_MissingParameter":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=_MissingParameter,
    )


@cache
def _macro(name: str) -> Callable[[Mapping[str, object]], str]:
    template = _environment().get_template(f"{_PACKAGE}/components/{name}/macro.html")
    words = "".join(word.capitalize() for word in name.split("-"))
    macro: Callable[[Mapping[str, object]], str] = getattr(
        template.module, f"govuk{words}"
    )
    return macro


_KEY_OPTIONS = orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_NON_STR_KEYS
_CACHE: dict[tuple[str, bytes], SafeString] = {}
_CACHE_SIZE = 512


def cached_component(name: str, params: Mapping[str, object]) -> SafeString:
    """Like `component`, but cached: about ten times faster.

    For what many users see, such as filters. Never for what somebody typed, which would
    stay in the memory of the process.
    """
    key = name, orjson.dumps(params, default=_key_part, option=_KEY_OPTIONS)
    html = _CACHE.get(key)
    if html is None:
        html = component(name, params)
        if len(_CACHE) >= _CACHE_SIZE:
            _CACHE.clear()
        _CACHE[key] = html
    return html


def _key_part(value: object) -> object:
    """Markup and plain text are rendered differently, so their keys must differ."""
    return {"markup" if hasattr(value, "__html__") else "text": str(value) + ""}


def component(name: str, params: Mapping[str, object]) -> SafeString:
    """The HTML of one component. `params` are those of the GOV.UK Design System."""
    return mark_safe(_macro(name)(params).strip())
