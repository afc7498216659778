"""Which pages are asked for, and as whom."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from bids.models import Bid
from innovation.accounts.domain import tokens
from innovation.accounts.models import User
from innovation.accounts.scopes import Scope
from tests.benchmarks import table
from tests.benchmarks.measure import Page


class BenchmarkPages:
    """Read as an official, who sees every case."""

    def __init__(self, official: User) -> None:
        client = Client()
        client.force_login(official)
        self.signed_in = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
        now = timezone.now()
        _, token = tokens.make(
            user=official,
            name="bench",
            scopes=Scope.values,
            expires_at=now + timedelta(days=1),
            by=official,
            at=now,
        )
        self.token = {"Authorization": f"Bearer {token}"}

    def bare(self) -> Iterator[Page]:
        yield Page(table.CONSTANT, "/constant", {})
        yield Page(table.BARE, "/rows", {})

    def pages(self, size: int) -> Iterator[Page]:
        case = Bid.objects.order_by("-id")[3].expression
        own = self.signed_in
        yield Page("case list", "/cases/", own)
        yield Page("case list, one stage", "/cases/?stage=bid.submitted", own)
        yield Page("case list, text search", "/cases/?q=mockingbird", own)
        yield Page("case page", f"/cases/{case.key}", own)
        yield Page("front page", "/?as_at=2015-12-31", {})
        yield Page("API list", "/api/v1/expressions/", self.token)
