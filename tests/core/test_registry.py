"""Entries that apps register with a mechanism."""

import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from innovation.core.registry import Registry

OUR_APPS = {
    name
    for name in settings.INSTALLED_APPS
    if name.startswith("innovation.") or name in {"bids", "funding"}
}


def test_entries_come_in_their_order_and_each_once() -> None:
    words: Registry[str] = Registry()
    words.register("b", "a")
    words.register("b")
    assert list(words) == ["b", "a"]
    assert len(words) == 2
    assert "a" in words


def test_an_entry_is_found_by_its_key_and_no_other_takes_it() -> None:
    words: Registry[str] = Registry(key=len)
    words.register("one", "three")
    assert words.get(5) == words[5] == "three"
    assert words.get(4) is None
    with pytest.raises(ValueError, match="3 is already registered"):
        words.register("two")
    assert list(words) == ["one", "three"]


def test_what_a_module_registers_is_registered_by_its_app() -> None:
    """Each of an app's own modules that has a function `register`."""
    own_configs = [
        config for config in apps.get_app_configs() if config.name in OUR_APPS
    ]
    unimported = [
        path
        for config in own_configs
        for path in Path(config.path).glob("*.py")
        if "\ndef register() -> None:" in path.read_text()
        if f" {path.stem}.register()" not in inspect.getsource(config.ready)
    ]
    assert unimported == []
    assert len(own_configs) == len(OUR_APPS)
