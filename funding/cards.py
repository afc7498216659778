"""The cards of a user’s own grants, and the link from an approved bid to its grant."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from bids import grant_links
from funding.domain.monitoring import RUNNING_STATES
from funding.domain.payments import PAYABLE_STATES
from funding.domain.queries import own_grants, published_awards
from funding.models import Award
from funding.states import AwardState
from funding.wording import OWN_AWARD_TAGS
from innovation.accounts.models import User
from innovation.core import statements
from innovation.core.clock import end_of_day, london_day
from innovation.core.money import Money
from innovation.web.cards import NOTHING_TO_DO, Card, Task


def cards(awards: Iterable[Award], at: datetime) -> list[Card]:
    """`awards` are rows of `domain.queries.own_grants`."""
    return [_card(award, london_day(at)) for award in awards]


def grant_tasks(user: User, bids: Sequence[int]) -> dict[int, Task]:
    """For `bids.grant_links`."""
    awards = statements.fetch(own_grants.grants_of_bids, user, tuple(bids))
    return {award.bid_id: _link(award) for award in awards if award.bid_id}


def register() -> None:
    grant_links.rules.register(grant_tasks)


def _card(award: Award, today: date) -> Card:
    today_ends = end_of_day(today)
    tasks = sorted(_tasks(award, today), key=lambda task: task.due_at or today_ends)
    note = "" if tasks and award.may_sign else _note(award, tasks)
    return Card(
        title=award.title,
        href=_address(award),
        tag=OWN_AWARD_TAGS[award.state],
        about=f"{award.key}, {published_awards.lead(award)}, {award.round.name}",
        amount=published_awards.amount(award),
        tasks=tasks if award.may_sign else [],
        note=note,
    )


def _tasks(award: Award, today: date) -> list[Task]:
    """What an authoriser of the holder has to do."""
    tasks = []
    if award.state == AwardState.OFFERED:
        tasks.append(_offer_task(award))
    report = award.next_report if award.state in RUNNING_STATES else None
    if report:
        due_on = date.fromisoformat(report["due_on"])
        tasks.append(
            Task(
                words=f"Hand in the report on {report['period']}",
                href=reverse("funding:grant-hand-in", args=[report["key"]]),
                due_at=end_of_day(due_on),
                is_overdue=due_on < today,
            )
        )
    payment = award.next_payment if award.state in PAYABLE_STATES else None
    if payment and date.fromisoformat(payment["due_on"]) <= today:
        tasks.append(
            Task(
                words=f"Claim the payment of {Money(int(payment['amount']))}",
                href=reverse("funding:grant-claim", args=[payment["key"]]),
                when="You can claim it now",
            )
        )
    return tasks


def _offer_task(award: Award) -> Task:
    words, offer = "Accept or decline the offer", getattr(award, "offer", None)
    if offer is None:
        return Task(words=words, when="No date is set")
    return Task(words=words, due_at=end_of_day(offer.reply_by))


def _note(award: Award, tasks: Sequence[Task]) -> str:
    if not tasks:
        return _NOTES.get(award.state, NOTHING_TO_DO)
    acts = ", and ".join(task.clause for task in tasks)
    return f"Only an authoriser of your organisation can do this: {acts}."


def _link(award: Award) -> Task:
    if award.state == AwardState.OFFERED:
        return Task(
            words="Read the offer of a grant and answer it", href=_address(award)
        )
    return Task(words=f"Go to the grant {award.key}", href=_address(award))


def _address(award: Award) -> str:
    return reverse("funding:grant", args=[award.key])


_NOTES: Mapping[str, str] = {
    AwardState.ACCEPTED: f"We will write to you when the grant starts. {NOTHING_TO_DO}",
    AwardState.ACTIVE: f"Your grant is running. {NOTHING_TO_DO}",
    AwardState.SUSPENDED: "Payments are stopped until we resume the grant.",
    AwardState.CLOSING: f"Your grant is coming to its end. {NOTHING_TO_DO}",
    AwardState.CLOSED: "Your grant has ended.",
    AwardState.DECLINED: "You declined the offer.",
    AwardState.WITHDRAWN: "We withdrew the offer.",
    AwardState.TERMINATED: "The grant was ended early.",
}
