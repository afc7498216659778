"""Tries an address as every user, with every method, on own and others' objects."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.api.views import Resource
from innovation.web.pages import Page
from tests.access.factories import key_pair
from tests.access.kept_statements import RowComparison
from tests.access.routes import Route
from tests.access.scenario import PUBLIC, Scenario
from tests.access.url_params import OPEN_TO_WHOLE_ROLE, OTHER_PARAMS, factory_name
from tests.api.api_client import token_for

SAFE_METHODS = ("get", "head", "options")
OPENING_METHODS = ("get", "post")
UNKNOWN_KEYS = ("00000000-0000-4000-8000-000000000000",) * 2
UNSUPPORTED_METHODS = ("put", "patch", "delete")
ALLOWED, REFUSED, NO_METHOD = "in", "out", "no method"
# What is written about every request, whoever asks: never a fact about a case.
REQUEST_TABLES = {"django_session", "shared_cache", "core_quota"}
_WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|(?<!DO )UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)"
    r'\s+(?:ONLY\s+)?"?(\w+)"?',
    re.IGNORECASE,
)


class UnexpectedWrite(AssertionError):
    """A request that must not write has sent a statement that does."""


class Walker:
    """Has a client for each user, signed in once. Every kept statement that runs on
    the way finds what its query would find.
    """

    def __init__(self, stage: Scenario) -> None:
        self.stage = stage
        self.clients: dict[tuple[User | None, bool], Client] = {}
        self.compare_rows = RowComparison()

    def client(self, user: User | None, route: Route) -> Client:
        kind = (user, route.is_api)
        if kind not in self.clients:
            self.clients[kind] = self._client(user, route.is_api)
        return self.clients[kind]

    def _client(self, user: User | None, api: bool) -> Client:
        if user is None:
            return Client()
        if api:
            if not user.may(Permission.USE_API):
                return Client()
            return Client(headers={"authorization": f"Bearer {token_for(user)}"})
        client = Client()
        client.force_login(user)
        return client

    def table_value(self, route: Route, column: str) -> str:
        """What the table says: yes, read only, own only, own, read only, no."""
        client = self.client(self.stage.people.get(column), route)
        addresses = self._addresses(route, column)
        outcomes = [
            self._try_all(client, route, address, _methods(route, column))
            for address in addresses
        ]
        value = _table_value(outcomes)
        if not value.startswith("own") or not self._opens_for_outsider(
            route, column, addresses[0]
        ):
            return value
        noun = factory_name(route)
        assert noun in OPEN_TO_WHOLE_ROLE, (
            f"Somebody else in the column {column} opens {addresses[0]} too, so it is "
            f"not their “own only”. Say in OPEN_TO_WHOLE_ROLE of "
            f"tests/access/url_params.py what the table says of “{noun}”"
        )
        return OPEN_TO_WHOLE_ROLE[noun]

    def _opens_for_outsider(self, route: Route, column: str, address: str) -> bool:
        client = self.client(self.stage.outsiders.get(column), route)
        return any(
            self._outcome(client, method, address) == ALLOWED
            for method in OPENING_METHODS
        )

    def own_address(self, route: Route, column: str) -> str:
        """The address of what is in the user's reach."""
        return self._addresses(route, column)[0]

    def _addresses(self, route: Route, column: str) -> list[str]:
        kind = factory_name(route)
        if kind is None:
            return ["/" + route.address]
        keys = key_pair(self.stage, kind, column) if kind else UNKNOWN_KEYS
        first = route.parameters[0]
        others = route.address.replace(f"<{first}>", "{}")
        others = re.sub(
            r"<(\w+)>", lambda match: OTHER_PARAMS.get(match[1], "1"), others
        )
        return ["/" + others.format(key) for key in keys]

    def _try_all(
        self, client: Client, route: Route, address: str, methods: Sequence[str]
    ) -> tuple[str, str]:
        """How reading and acting end; asserts what holds for every method."""
        ends = {method: self._outcome(client, method, address) for method in methods}
        assert ends.get("head", ends["get"]) == ends["get"], f"HEAD {address}"
        if route.is_ours:
            others = {ends[method] for method in UNSUPPORTED_METHODS if method in ends}
            assert ALLOWED not in others, f"{address} answers PUT, PATCH or DELETE"
        return ends["get"], ends["post"]

    def _outcome(self, client: Client, method: str, address: str) -> str:
        with (
            _rollback(client),
            connection.execute_wrapper(self.compare_rows),
            _forbid_writes(address) if method in SAFE_METHODS else nullcontext(),
        ):
            response = getattr(client, method)(address)
        status = response.status_code
        # Too late is said before the method is looked at.
        if status == 405 or (status == 409 and method in UNSUPPORTED_METHODS):
            return NO_METHOD
        if status in {401, 403, 404} or _asks_to_sign_in(response):
            return REFUSED
        assert status != 500, f"{method} {address} broke"
        return ALLOWED


def _methods(route: Route, column: str) -> Sequence[str]:
    """All of them; but where a view’s class answers the other methods alike for
    everybody, trying those as two people is enough.
    """
    if column in {PUBLIC, "official"} or not _has_plain_methods(route):
        return (*SAFE_METHODS, "post", *UNSUPPORTED_METHODS)
    return OPENING_METHODS


def _has_plain_methods(route: Route) -> bool:
    """Whether HEAD is GET, OPTIONS are Django’s or the framework’s, and there is no
    PUT, PATCH or DELETE. The views of libraries are not ours to hold to it.
    """
    if not route.is_ours:
        return True
    if route.view is None or not issubclass(route.view, Page | Resource):
        return False
    names = set(route.view.http_method_names)
    assert names <= {"get", "head", "post", "options"}, route.address
    assert not {"head", "options"} & vars(route.view).keys(), route.address
    return True


def _table_value(outcomes: list[tuple[str, str]]) -> str:
    reads = [get for get, _ in outcomes]
    acts = [post for _, post in outcomes]
    main = acts if all(end == NO_METHOD for end in reads) else reads
    if ALLOWED not in main:
        assert ALLOWED not in acts, "refuses to show what it lets be done"
        return "no"
    own = "own only" if main == [ALLOWED, REFUSED] else "yes"
    assert main != [REFUSED, ALLOWED], "opens another's and not one's own"
    refused = any(read == ALLOWED and act == REFUSED for read, act in outcomes)
    return {"yes": "read only", "own only": "own, read only"}[own] if refused else own


def _asks_to_sign_in(response: Any) -> bool:
    place = response.headers.get("Location", "")
    return bool(place.startswith(reverse(settings.LOGIN_URL) + "?"))


@contextmanager
def _rollback(client: Client) -> Iterator[None]:
    """The next request finds everything as it was, signed in as before."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)


@contextmanager
def _forbid_writes(address: str) -> Iterator[None]:
    def refuse(
        execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        for table in _WRITES.findall(str(sql)):
            if table.lower() not in REQUEST_TABLES:
                raise UnexpectedWrite(f"reading {address} writes to {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
