"""What a row of a queue is called, and where its reader does the work."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from bids.models import Bid
from innovation.accounts.models import Membership, RoleRequest, User
from innovation.audit.presenters import Audience, stage_tag
from innovation.web.subjects import Subject, subject_of


def described(row: Any, reader: User) -> Subject:
    subject = subject_of(row, reader)
    assert subject is not None, f"nothing describes {type(row).__name__}"
    return subject


def bid_at(page: str) -> Callable[[Bid, User], Subject]:
    """The bid, with the page on which its reader does the work."""

    def subject(bid: Bid, reader: User) -> Subject:
        state = stage_tag(f"bid.{bid.state}", Audience.DEPARTMENT)
        return Subject(bid.key, bid.title, state, reverse(page, args=[bid.key]))

    return subject


def membership_subject(row: Membership, reader: User) -> Subject:
    organisation = row.organisation
    href = reverse("accounts:organisation", args=[organisation.key])
    return Subject(
        organisation.key, f"{row.user.name}: {organisation.name}", None, href
    )


def role_request_subject(row: RoleRequest, reader: User) -> Subject:
    href = reverse("accounts:role-request", args=[row.key])
    return Subject(row.key, row.user.name, None, href)
