"""The Atom feed of rounds and announced projects."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from bids import policies as bid_policies
from bids.domain.programmes import of_main_programme
from bids.events import BidsEvent
from bids.models import Round
from funding import policies
from funding.domain.queries import published_awards
from funding.models import Award
from innovation.accounts.permissions import Visitor
from innovation.audit.models import Event
from innovation.core.clock import LONDON
from innovation.core.formatting import format_deadline
from innovation.web.metadata import absolute_url

ENTRIES = 50
_BEFORE_EVERYTHING = datetime(2014, 1, 1, tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    text: str
    link: str
    published: datetime
    updated: datetime


class _DatedFeed(Atom1Feed):
    """Without entries it has one date for all. Django would write the time at which
    it was asked for, so that no copy stayed valid.
    """

    def latest_post_date(self) -> datetime:
        if not self.items:
            return _BEFORE_EVERYTHING
        return super().latest_post_date()


class AnnouncementsFeed(Feed[Entry, None]):
    """The newest entries. Links have the address of the service, whatever host a
    request names.
    """

    feed_type = _DatedFeed
    title = settings.SERVICE_NAME
    subtitle = "Funding rounds, and projects as they are announced"
    author_name = "Department for Education"

    def __init__(self, reader: Visitor, today: date) -> None:
        self.reader, self.today = reader, today

    def link(self) -> str:
        return absolute_url("/")

    def feed_url(self) -> str:
        return absolute_url(reverse("dashboard:feed"))

    def items(self) -> list[Entry]:
        entries = [*map(_project_entry, _projects(self.today))]
        entries += map(_round_entry, _rounds(self.reader))
        entries.sort(key=lambda entry: entry.published, reverse=True)
        return entries[:ENTRIES]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        """Atom takes it as HTML."""
        return escape(item.text)

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_guid(self, item: Entry) -> str:
        return item.link

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated


def _projects(today: date) -> QuerySet[Award]:
    newest = of_main_programme(policies.public_awards(today)).order_by(
        "-announced_on", "-id"
    )
    return newest.select_related("lead", "round")[:ENTRIES]


def _rounds(reader: Visitor) -> QuerySet[Round]:
    """The rounds that the service published, with the time at which it did."""
    published = Event.objects.filter(
        chain=OuterRef("chain"), name=BidsEvent.ROUND_PUBLISHED
    )
    return (
        of_main_programme(bid_policies.published_rounds(reader), "pk")
        .annotate(published_at=Subquery(published.order_by("-at").values("at")[:1]))
        .filter(published_at__isnull=False)
        .order_by(F("published_at").desc(), "-pk")[:ENTRIES]
    )


def _project_entry(award: Award) -> Entry:
    assert award.announced_on is not None
    announced_on = award.announced_on
    changed_on = max(announced_on, award.revised_on or announced_on)
    return Entry(
        title=_labelled(award.title, made_up=award.demonstration),
        text=published_awards.description(award),
        link=absolute_url(reverse("funding:project", args=[award.key])),
        published=_start_of_day(announced_on),
        updated=_start_of_day(changed_on),
    )


def _round_entry(round: Round) -> Entry:
    opens = f"Opens at {format_deadline(round.opens_at)}. " if round.opens_at else ""
    closes = (
        f"Closes at {format_deadline(round.closes_at)}. " if round.closes_at else ""
    )
    published_at: datetime = vars(round)["published_at"]
    return Entry(
        title=_labelled(f"Funding round: {round.name}", made_up=round.demonstration),
        text=f"{opens}{closes}{round.summary}".strip(),
        link=absolute_url(reverse("bids:round", args=[round.key])),
        published=published_at,
        updated=published_at,
    )


def _labelled(title: str, *, made_up: bool) -> str:
    """Says that it is made up, unless its name does."""
    is_unsaid = made_up and not title.endswith("(demonstration)")
    return f"{title} (a made-up example)" if is_unsaid else title


def _start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)
