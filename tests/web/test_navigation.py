"""The navigation has the pages that a user may open, and marks the current one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from innovation.accounts.models import User
from innovation.accounts.page_access import EVERYBODY, SIGNED_IN
from innovation.core.registry import Registry
from innovation.web import navigation
from innovation.web.context import Service
from innovation.web.navigation import Entry

pytestmark = pytest.mark.urls("tests.web.gallery")


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "entries", Registry())
    navigation.entries.register(
        Entry("Rows", "rows", SIGNED_IN, order=20),
        Entry("Add", "add", SIGNED_IN, order=30),
        Entry("Every field", "everything", EVERYBODY, order=10),
    )


def test_entries_are_shown_in_order_to_whom_they_are_open() -> None:
    links = navigation.links(User(), "/")
    assert [link.label for link in links] == ["Every field", "Rows", "Add"]
    links = navigation.links(AnonymousUser(), "/")
    assert [link.label for link in links] == ["Every field"]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", []), ("/rows", ["Rows"]), ("/rows/x", ["Rows"]), ("/rows/add", ["Add"])],
)
def test_nearest_entry_above_the_address_is_current(
    path: str, current: list[str]
) -> None:
    links = navigation.links(User(), path)
    assert [link.label for link in links if link.current] == current


def test_what_is_personal_stands_apart_from_the_work(rf: RequestFactory) -> None:
    navigation.entries.register(Entry("Yours", "checked", SIGNED_IN, personal=True))
    request = rf.get("/rows")
    request.user = User()
    service = Service(request)
    assert [link.label for link in service.menu_links] == ["Every field", "Rows", "Add"]
    assert [link.label for link in service.personal_links] == ["Yours"]
