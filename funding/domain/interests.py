"""Board members' interests in cases: what was agreed, by whom and when."""

from datetime import datetime

from django.db import transaction

from bids.models import Bid
from funding.events import FundingEvent
from funding.models import Interest
from funding.models.interest import Mitigation
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row

_DECLARATION_FIELDS = ("nature", "mitigation", "declared_at", "agreed_by", "agreed_at")


@transaction.atomic
def declare(
    bid: Bid,
    *,
    member: User,
    nature: str,
    mitigation: str,
    by: User,
    at: datetime,
    agreed_by: User | None = None,
    agreed_at: datetime | None = None,
) -> Interest:
    """Declare an interest. From now on the member cannot access the case, unless no
    action is needed.

    A member who declares an interest loses access at once, even if it was agreed before
    that no action is needed. Only the Board secretary can record that, and not for
    their own interest. `agreed_by` and `agreed_at` default to who declares it and when.
    """
    require_permission(by, Permission.ADVISE, Permission.RUN_BOARD)
    if not member.may(Permission.ADVISE):
        raise Invalid.field("member", "Choose a member of the Investment Board")
    if member.pk == by.pk or not by.may(Permission.RUN_BOARD):
        _refuse_excusing_oneself(member, mitigation, by)
    if not nature.strip():
        raise Invalid.field("nature", "Enter what the interest is")
    bid = lock_row(bid)
    existing = Interest.objects.filter(bid=bid, member=member).first()
    if existing is not None:
        _refuse_unless_stronger(existing, mitigation, by)
    interest = existing or Interest(bid=bid, member=member)
    interest.nature = f"{interest.nature}\n\n{nature}".strip()
    interest.mitigation = Mitigation(mitigation)
    interest.declared_at = at
    interest.agreed_by = (agreed_by or by).key
    interest.agreed_at = agreed_at or at
    interest.save(update_fields=_DECLARATION_FIELDS if existing else None)
    # The trigger has just set this on the member's row.
    member.declared_interest = True
    events.record(
        FundingEvent.INTEREST_DECLARED,
        interest.bid,
        by=by,
        at=at,
        data=_event_data(interest),
        stage="",
    )
    return interest


@transaction.atomic
def agree(interest: Interest, *, mitigation: str, by: User, at: datetime) -> Interest:
    """The secretary confirms or changes what was agreed; the log has the old value."""
    require_permission(by, Permission.RUN_BOARD)
    interest = lock(interest)
    if interest.member_id == by.pk:
        raise NotAllowed(
            "Somebody else must agree what is done about your own interest."
        )
    interest.mitigation = Mitigation(mitigation)
    interest.agreed_by = by.key
    interest.agreed_at = at
    interest.save(update_fields=["mitigation", "agreed_by", "agreed_at"])
    events.record(
        FundingEvent.INTEREST_AGREED,
        interest.bid,
        by=by,
        at=at,
        data=_event_data(interest),
        stage="",
    )
    return interest


def lock(interest: Interest) -> Interest:
    """Lock the interest and the bid, so that a quorum does not change while counted."""
    lock_row(interest.bid)
    return lock_row(interest)


def _refuse_excusing_oneself(member: User, mitigation: str, by: User) -> None:
    if member.pk != by.pk:
        raise NotAllowed(
            "Only the Board secretary can record another member’s interest."
        )
    if mitigation != Mitigation.LEAVES:
        raise NotAllowed(
            "Only the Board secretary can record that no action is needed, and not of "
            "their own interest."
        )


def _refuse_unless_stronger(interest: Interest, mitigation: str, by: User) -> None:
    """A member can only make their own declaration stronger."""
    weak = interest.mitigation == Mitigation.NONE_NEEDED
    if not weak or mitigation == Mitigation.NONE_NEEDED or interest.member_id != by.pk:
        raise TooLate("This member’s interest in this case is already recorded.")


def _event_data(interest: Interest) -> dict[str, object]:
    return {
        "member": interest.member.key,
        "mitigation": interest.mitigation,
        "agreed_by": interest.agreed_by,
        "agreed_at": interest.agreed_at.isoformat(),
    }
