"""Which pages are requested, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from bids.domain import sections
from bids.models import Bid, Expression
from bids.states import BidState, ExpressionState
from funding.demo_data.people import DemoUsers
from funding.models import Award
from innovation.accounts.models import User
from innovation.organisations.models import Council
from tests.api.api_client import token_for

TYPING_ERROR = "/cases/?q=grandparetns"
"""In a word that only answers have."""
FIVE_FILTERS = (
    "/cases/?waiting_on=department&region=E12000007&applicant_type=charity"
    "&amount_from=200000&submitted_from=2015-06-01"
)
CONSTANT, BARE = "(a) a constant", "(b) 25 bare rows"
VALUES = "(c) 25 rows of values, Jinja"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    path: str
    headers: dict[str, str]
    queries: int = 0


BARE_PAGES = (
    Page(CONSTANT, "/constant", {}),
    Page(BARE, "/rows", {}, queries=1),
    Page(VALUES, "/values", {}, queries=1),
)


class BenchmarkPages:
    """The lists hold all cases; most other pages are about one of the demonstration."""

    def __init__(self, users: DemoUsers) -> None:
        self.official = sign_in(users["official"])
        self.applicant = sign_in(users["applicant"])
        self.minister = sign_in(users["minister"])
        self.grant_manager = sign_in(users["grants"])
        self.token = {"Authorization": f"Bearer {token_for(users['official'])}"}

    def pages(self) -> Iterator[Page]:
        case = Bid.objects.order_by("-id")[3].expression
        yield from (
            Page("case list", "/cases/", self.official),
            Page("case list, one stage", "/cases/?stage=bid.submitted", self.official),
            Page("case list, text search", "/cases/?q=mockingbird", self.official),
            Page("case list, a typing error", TYPING_ERROR, self.official),
            Page("case list, five filters", FIVE_FILTERS, self.official),
            Page("case", f"/cases/{case.key}", self.official),
            Page("case answers", f"/cases/{case.key}/answers", self.official),
            Page("related cases", f"/cases/{case.key}/related", self.official),
            Page("front page", "/?as_at=2015-12-31", {}),
            Page("projects, with map", "/projects/", {}),
            Page("API list", "/api/v1/expressions/", self.token),
        )
        bid = Bid.objects.get(title="Restorative practice in schools")
        yield Page("bid", f"/bids/{bid.key}", self.official)
        yield Page("home, official", "/home", self.official)
        lead = f"/organisations/{bid.lead.key}"
        yield Page("organisation", lead, self.official)
        ranking = f"/rounds/{bid.round.key}/ranking"
        yield Page("ranking of a round", ranking, self.official)
        council = Council.objects.filter(expressions__isnull=False).earliest("pk")
        yield Page("council", f"/councils/{council.pk}/", self.official)
        yield Page("barriers", "/barriers/", self.official)
        draft = Expression.objects.filter(
            state=ExpressionState.DRAFT, title="A night-time helpline for foster carers"
        ).get()
        tasks = f"/apply/expressions/{draft.key}"
        first = sections.sections_of(draft)[0]
        yield Page("home, applicant", "/home", self.applicant)
        yield Page("task list", tasks, self.applicant)
        yield Page("section", f"{tasks}/sections/{first.slug}", self.applicant)
        waiting = Bid.objects.filter(state=BidState.WITH_MINISTER).earliest("id")
        yield Page("decision", f"/decisions/{waiting.key}/", self.minister)
        award = Award.objects.earliest("id")
        yield Page("award", f"/awards/{award.key}/", self.grant_manager)


def sign_in(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
