"""Reads everything a reader can ask for, in two worlds, and compares it byte for byte.

Only what no answer can be without is put out of sight: tokens against forgery and
against sending twice, for whom and when a form was drawn, and the references of what
was made after the worlds had parted. The time an answer takes is not compared: nothing
here can hold it still.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms as django_forms
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from innovation.accounts.roles import Permission
from innovation.api.views import Resource
from innovation.dashboard.queues import queues_of
from innovation.dashboard.views import QueuePage
from innovation.reporting import report_builder
from innovation.reporting.models import Report
from innovation.web.pages import ListPage, Page
from innovation.web.sessions import SessionStore
from tests.access import routes
from tests.access.routes import Route
from tests.access.url_params import OTHER_PARAMS
from tests.api.api_client import token_for
from tests.inference.fact_types import HiddenFact
from tests.inference.scenario import PUBLIC, Scenario

Keys = dict[str, list[str]]
"""By the label of a model, the references of its rows."""
UNKNOWN_KEY = "00000000-0000-4000-8000-000000000000"
EXPORT_PREFIXES = ("api/", "reports/")
"""Where the beginning of an address says that its answer leaves the service."""
SEARCH_WORDS = ("case", "home", "come")
NEWEST_ROWS = 3
"""Of what was there before, the newest, for each address."""
CHANGING_PREFIXES = ("health/", "accounts/2fa/totp/activate/")
"""How the machine does, and a secret just drawn: different each time they are asked."""
ROUTES = [
    route
    for route in routes.all_routes()
    if not route.address.startswith(CHANGING_PREFIXES)
]
_CHANGING_VALUES = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|submission|writer)" value="'
    rb'|name="version" value="[^":]*)[^"]*'
)
"""Of the values that an edit form showed, when they were signed and nothing else."""
_REQUEST = "two-worlds-request"


@dataclass(frozen=True)
class PageRequest:
    """A request for a page or to the API."""

    address: str
    route: Route = field(compare=False)


Answer = tuple[int, tuple[tuple[str, str], ...], bytes]


@dataclass(frozen=True)
class Difference:
    address: str
    one: Answer
    other: Answer

    def __str__(self) -> str:
        if self.one[0] != self.other[0]:
            return f"{self.address}: {self.one[0]} and {self.other[0]}"
        first, second = _lines(self.one), _lines(self.other)
        only = [line for line in first if line not in second][:2]
        others = [line for line in second if line not in first][:2]
        return f"{self.address}:\n  one:   {only}\n  other: {others}"


def _lines(answer: Answer) -> list[str]:
    headers = [f"{name}: {value}" for name, value in answer[1]]
    body = [line.decode(errors="replace")[:300] for line in answer[2].splitlines()]
    return [*(h for h in headers if "Content-Length" not in h), *body]


class Reader:
    """A user's two clients, signed in before the worlds part."""

    def __init__(self, stage: Scenario, name: str) -> None:
        self.user: Any = AnonymousUser()
        self.pages = Client(headers={"x-request-id": _REQUEST})
        self.api = self.pages
        if name == PUBLIC:
            return
        person = self.user = stage.people[name]
        self.pages.force_login(person)
        if person.may(Permission.USE_API):
            bearer = f"Bearer {token_for(person)}"
            self.api = Client(
                headers={"authorization": bearer, "x-request-id": _REQUEST}
            )

    def read(self, question: PageRequest) -> Answer:
        client = self.api if question.route.is_api else self.pages
        answer = client.get(question.address)
        body = answer.getvalue()
        headers = [
            (name, value)
            for name, value in sorted(answer.headers.items())
            if name != "Expires"
        ]
        return answer.status_code, tuple(headers), _CHANGING_VALUES.sub(rb"\1", body)


class Walk:
    """One reader's way through both worlds of a fact."""

    def __init__(
        self, stage: Scenario, name: str, all_pages: bool, within: tuple[str, ...]
    ) -> None:
        self.observer = Reader(stage, name)
        self.all_pages = all_pages
        self.within = within

    def questions(self, keys: Keys, only_leaving: bool) -> list[PageRequest]:
        """What can be asked for now, by the references `keys` and those in reach."""
        return [
            PageRequest(address, route)
            for route in ROUTES
            if route.address.startswith(self.within) and self._opens(route)
            if not only_leaving or route.address.startswith(EXPORT_PREFIXES)
            for address in self._addresses(route, keys)
        ]

    def _opens(self, route: Route) -> bool:
        """The table of access holds what their roles close to them; that it stays
        closed in both worlds, and the filters of each list, are looked at where there
        is time for it: `all_pages`.
        """
        policy = getattr(route.view or route.callback, "policy", None)
        if policy is None or route.address.startswith("accounts/"):
            return self.all_pages
        return self.all_pages or bool(policy.allows(self.observer.user))

    def _addresses(self, route: Route, keys: Keys) -> Iterator[str]:
        if not route.parameters:
            yield f"/{route.address}"
            queries = self._queries(route) if self.all_pages else ()
            yield from (f"/{route.address}?{query}" for query in queries)
            return
        first = route.parameters[0]
        others = route.address.replace(f"<{first}>", "{}")
        others = re.sub(r"<(\w+)>", lambda part: OTHER_PARAMS.get(part[1], "1"), others)
        for key in self._keys(route, keys):
            yield "/" + others.format(key)

    def _keys(self, route: Route, keys: Keys) -> Iterable[str]:
        """What they reach, what the fact made, and one that is nobody's."""
        policy = getattr(route.view or route.callback, "policy", None)
        if policy is None or not policy.allows(self.observer.user):
            return [UNKNOWN_KEY]
        if route.view is QueuePage:
            own = queues_of(self.observer.user)
            return [*(queue.name for queue in own if not queue.page), UNKNOWN_KEY]
        rows = self._rows(route)
        if rows is None:
            return [UNKNOWN_KEY]
        column = getattr(route.view, "lookup", None) or route.view.lookup_field
        newest = rows.order_by("-pk").values_list(column, flat=True)[:NEWEST_ROWS]
        known_keys = keys.get(rows.model._meta.label, [])
        return dict.fromkeys([*map(str, newest), *known_keys, UNKNOWN_KEY])

    def _rows(self, route: Route) -> Any:
        view = route.view
        if view is None:
            return None
        if issubclass(view, Resource):
            return view.rows(self.observer.user)
        if not issubclass(view, Page):
            return None
        if view.scope is None and view.rows_in_scope is Page.rows_in_scope:
            return None
        return self._page(route, view).rows_in_scope()

    def _page(self, route: Route, view: Any) -> Any:
        page = view(**getattr(route.callback, "view_initkwargs", {}))
        page.request = HttpRequest()
        page.request.user = self.observer.user
        page.request.session = SessionStore()
        return page

    def _queries(self, route: Route) -> Iterator[str]:
        """Each value of each filter of a list."""
        view = route.view
        if view is not None and issubclass(view, Resource):
            yield "limit=1"
            filterset = getattr(view, "filterset_class", None)
            for name, base_filter in (
                filterset.base_filters.items() if filterset else ()
            ):
                for value, _ in base_filter.extra.get("choices", ()):
                    yield urlencode({name: value})
            return
        if route.name == "reporting:ask":
            for stage in ("bid.with_minister", "bid.approved", "bid.declined"):
                yield urlencode({"stage": stage})
        if route.name == "dashboard:front":
            yield "as_at=2014-11-30"
        if view is None or not issubclass(view, ListPage) or not view.filter_form:
            return
        options = self._page(route, view).filter_options()
        for name, form_field in view.filter_form(**options).fields.items():
            if isinstance(form_field, django_forms.ChoiceField):
                choices: Any = form_field.choices
                for value, _ in choices:
                    yield urlencode({name: value})
            else:
                yield from (urlencode({name: word}) for word in SEARCH_WORDS)


class Worlds:
    """Both worlds of a fact, entered one after the other and undone."""

    def __init__(self, fact: HiddenFact, stage: Scenario) -> None:
        self.fact = fact
        self.stage = stage
        self.common = fact.common(stage)
        self.before = _keys()

    def differences(
        self,
        readers: Iterable[str],
        *,
        all_pages: bool = False,
        within: tuple[str, ...] = ("",),
    ) -> dict[str, list[Difference]]:
        """By reader. `within` narrows the walk to addresses that begin so."""
        walks = {name: Walk(self.stage, name, all_pages, within) for name in readers}
        answers: dict[tuple[str, str], list[Answer]] = {}
        requests = {
            name: self._questions(name, walk, {}) for name, walk in walks.items()
        }
        with transaction.atomic():
            self.fact.other(self.stage, self.common)
            self.others = self._new_keys()
            for name, walk in walks.items():
                requests[name] |= self._questions(name, walk, self.others)
            self._read(walks, requests, answers)
            transaction.set_rollback(True)
        with transaction.atomic():
            self.fact.one(self.stage, self.common)
            self._read(walks, requests, answers)
            transaction.set_rollback(True)
        differences: dict[str, list[Difference]] = {}
        for (name, address), (other, one) in answers.items():
            if one != other:
                differences.setdefault(name, []).append(Difference(address, one, other))
        return differences

    def _questions(self, name: str, walk: Walk, keys: Keys) -> dict[PageRequest, None]:
        return dict.fromkeys(walk.questions(keys, name in self.fact.may_know_on_pages))

    def _read(
        self,
        walks: dict[str, Walk],
        requests: dict[str, dict[PageRequest, None]],
        answers: dict[tuple[str, str], list[Answer]],
    ) -> None:
        for report in Report.objects.filter(state="due"):
            report_builder.build(report.pk)
        newer = self._new_keys()
        names = {
            key.encode(): f"{label} {number}".encode()
            for label, keys in newer.items()
            for number, key in enumerate(keys)
        }
        # What both worlds made anew has another reference in each.
        key_pairs = {
            other_key: own
            for label, keys in self.others.items()
            for other_key, own in zip(keys, newer[label], strict=False)
        }
        for name, walk in walks.items():
            for question in requests[name]:
                with transaction.atomic():
                    answer = walk.observer.read(_with_own_keys(question, key_pairs))
                    transaction.set_rollback(True)
                answer = _with_neutral_keys(answer, names)
                if self.fact.changes_figures:
                    answer = _without_figures(answer)
                answers.setdefault((name, question.address), []).append(answer)

    def _new_keys(self) -> Keys:
        """References of what this world has and both had not."""
        return {
            label: [key for key in keys if key not in self.before[label]]
            for label, keys in _keys().items()
        }


def _keys() -> Keys:
    """The keys of all rows, by model."""
    result: Keys = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        column = "key" if "key" in names else "dfe_number"
        if column in names and model.__module__.split(".")[0] in _OWN_PACKAGES:
            rows = model._default_manager.order_by("pk").values_list(column, flat=True)
            result[model._meta.label] = [str(key) for key in rows]
    return result


_OWN_PACKAGES = {"innovation", "bids", "funding"}
_FIGURE = re.compile(rb"\d+ being worked up")


def _with_own_keys(question: PageRequest, key_pairs: dict[str, str]) -> PageRequest:
    for other_key, own in key_pairs.items():
        if other_key in question.address:
            return replace(question, address=question.address.replace(other_key, own))
    return question


def _without_figures(answer: Answer) -> Answer:
    status, headers, body = answer
    return status, headers, _FIGURE.sub(b"being worked up", body)


def _with_neutral_keys(answer: Answer, names: dict[bytes, bytes]) -> Answer:
    status, headers, body = answer
    for key, name in names.items():
        if key in body:
            body = body.replace(key, name)
    return status, headers, body


def freeze_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both worlds are looked at in the same moment."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
