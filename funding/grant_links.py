"""The links from an approved bid to its grant: see `bids.grants`."""

from django.db.models import QuerySet
from django.urls import reverse

from bids import grants
from bids.models import Bid
from funding import policies
from funding.models import Award
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import statements
from innovation.core.formatting import format_date


def find(bid: Bid, reader: User) -> grants.GrantLink | None:
    if has_permission(reader, Permission.READ_AWARDS, Permission.MANAGE_GRANTS):
        award = statements.first(_award_for, reader, bid.pk)
        return _link(award, "See the grant of this bid", "award") if award else None
    award = statements.first(_own_award, reader, bid.pk)
    return _link(award, _own_words(award), "grant") if award else None


def register() -> None:
    grants.finders.register(find)


def _link(award: Award, words: str, page: str) -> grants.GrantLink:
    href = reverse(f"funding:{page}", args=[award.key])
    return grants.GrantLink(award.key, words, href)


def _own_words(award: Award) -> str:
    if award.state != AwardState.OFFERED:
        return "See your grant"
    offer = getattr(award, "offer", None)
    until = f" by the end of {format_date(offer.reply_by)} (UK time)" if offer else ""
    return f"Read our offer of a grant of {award.amount}, and answer it{until}"


def _award_for(reader: User, bid: int) -> QuerySet[Award]:
    return policies.awards_for(reader).filter(bid=bid)


def _own_award(reader: User, bid: int) -> QuerySet[Award]:
    return policies.own_awards(reader).filter(bid=bid).select_related("offer")
