"""The forms that are sent, and by whom: a list of them for each client."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from django.test import Client

from bids.domain import sections
from bids.models import Bid, Expression
from bids.models.round import Route
from funding.demo_data.people import DemoUsers
from funding.domain import awards, decisions, payments
from innovation.organisations.models import Organisation
from tests.benchmarks.pages import sign_in
from tests.factories import cases, grants, users
from tests.factories.grants import MEETING_AT

CSRF = "b" * 32
SENDING = "send an expression"


@dataclass(frozen=True, slots=True)
class Post:
    """A form, and the status of the answer if it is taken."""

    path: str
    headers: dict[str, str]
    fields: dict[str, str]
    status: int = 302


class Write(NamedTuple):
    """`prepare` makes what so many posts by so many clients are about."""

    name: str
    prepare: Callable[[int, int], list[list[Post]]]


class Writes:
    def __init__(self, demo: DemoUsers) -> None:
        self.approver = demo["approver"]
        self.finance = demo["finance"]
        self.grant_manager = demo["grants"]
        self.official = demo["official"]
        self.round = cases.round_(closes_at=None)
        cases.question_set(self.round)
        self.seed_round = cases.round_(Route.SEED)

    def __iter__(self) -> Iterator[Write]:
        yield Write("autosave", self.autosaves)
        yield Write("save a section", self.section_saves)
        yield Write(SENDING, self.sendings)
        yield Write("approve a seed grant", self.approvals)
        yield Write("release a payment", self.releases)

    def autosaves(self, number: int, clients: int) -> list[list[Post]]:
        script = {"X-Requested-With": "fetch", "Accept": "application/json"}
        return [self._typing(number // clients, script) for _ in range(clients)]

    def section_saves(self, number: int, clients: int) -> list[list[Post]]:
        return [self._typing(number // clients, {}) for _ in range(clients)]

    def _typing(self, number: int, script: dict[str, str]) -> list[Post]:
        """One person types, and the answer is a little longer each time. It was saved
        once before, so that its first version does not count.
        """
        draft = self._draft()
        headers = sign_in(cases.editor_of(draft.lead))
        section = sections.sections_of(draft)[-1]
        path = f"/apply/expressions/{draft.key}/sections/{section.slug}"
        first = _shown_fields(path, headers)
        [name] = [name for name in first if name.startswith("why")]
        Client(headers=headers).post(
            path, first | {name: "Families."}, SERVER_NAME="127.0.0.1"
        )
        fields = _shown_fields(path, headers)
        return [
            Post(
                path,
                headers | script,
                fields | {name: "Families wait. " * (2 + place)},
                200 if script else 302,
            )
            for place in range(number)
        ]

    def _draft(self) -> Expression:
        return cases.draft(round=self.round, lead=_new_lead())

    def sendings(self, number: int, clients: int) -> list[list[Post]]:
        drafts = [self._draft() for _ in range(number)]
        return _share(
            [
                _fill_in(
                    f"/apply/expressions/{draft.key}/check",
                    sign_in(cases.editor_of(draft.lead)),
                    agreed="on",
                )
                for draft in drafts
            ],
            clients,
        )

    def approvals(self, number: int, clients: int) -> list[list[Post]]:
        headers = sign_in(self.approver)
        bids = [self._seed_bid() for _ in range(number)]
        return _share(
            [_fill_in(f"/decisions/{bid.key}/approve", headers) for bid in bids],
            clients,
        )

    def releases(self, number: int, clients: int) -> list[list[Post]]:
        headers = sign_in(self.finance)
        keys = [self._requested_payment() for _ in range(number)]
        return _share(
            [_fill_in(f"/payments/{key}/release", headers) for key in keys], clients
        )

    def _seed_bid(self) -> Bid:
        return cases.seed_bid(
            round=self.seed_round, official=self.official, lead=_new_lead()
        )

    def _requested_payment(self) -> str:
        bid = self._seed_bid()
        decision = decisions.approve(
            bid, amounts=grants.amounts(), by=self.approver, at=MEETING_AT
        )
        offer = awards.offer(decision.bid, by=self.grant_manager, at=MEETING_AT)
        award = awards.accept(offer, by=grants.recipient_of(offer), at=MEETING_AT)
        active = awards.start(award, by=self.grant_manager, at=MEETING_AT)
        payment = grants.planned_payment(active)
        payments.request(payment, by=self.grant_manager, at=MEETING_AT)
        return payment.key


def _new_lead() -> Organisation:
    return users.organisation(f"Body {Expression.objects.count()}")


def _share(posts: Sequence[Post], clients: int) -> list[list[Post]]:
    return [list(posts[place::clients]) for place in range(clients)]


def _fill_in(path: str, headers: dict[str, str], **values: str) -> Post:
    return Post(path, headers, _shown_fields(path, headers) | values)


def _shown_fields(path: str, headers: dict[str, str]) -> dict[str, str]:
    """What a browser would send of the page's form, with a token against forgery."""
    answer = Client(headers=headers).get(path, SERVER_NAME="127.0.0.1")
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    page = _FormFields()
    page.feed(answer.content.decode())
    return page.fields | {"csrfmiddlewaretoken": CSRF}


class _FormFields(HTMLParser):
    """The inputs and long texts of the page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.is_main = False
        self.text_name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.is_main |= tag == "main"
        name = attributes.get("name") or ""
        is_chosen = attributes.get("type") not in {"radio", "checkbox", "file"} or (
            "checked" in attributes
        )
        if not self.is_main or not name:
            return
        if tag == "textarea":
            self.text_name = name
            self.fields[name] = ""
        elif tag == "input" and is_chosen:
            self.fields[name] = attributes.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.is_main = False
        if tag == "textarea":
            self.text_name = ""

    def handle_data(self, data: str) -> None:
        if self.text_name:
            self.fields[self.text_name] += data
