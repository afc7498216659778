"""The round that closes tomorrow, and the one that has closed: a draft that came too
late, and more time for another organisation.
"""

from contextlib import suppress

from bids.domain import lateness, signature_requests
from bids.models import Round
from funding.demo_data.current import applications
from funding.demo_data.current.demo_context import DemoContext


def add_cases(demo: DemoContext) -> None:
    closing, closed = demo.rounds.closing, demo.rounds.closed
    _add_unsigned(demo, closing)
    applications.create_submitted(
        demo,
        "Grandparents’ groups with a social worker",
        demo.charity,
        5,
        round=closing,
    )
    sent = applications.create_submitted(
        demo, "Supported lodgings close to college", demo.trust, 13, round=closed
    )
    applications.assign(demo, sent, "third.official", 8)
    late = applications.create_draft(
        demo, "A landlord for care leavers", demo.charity, 15, round=closed
    )
    with suppress(lateness.LateSubmission):
        applications.submit(demo, late, 8)
    lateness.allow_late_entry(
        closed,
        organisation=demo.council,
        until=demo.days_ago(-6),
        reason="Their director was ill on the last day, and told us before it ended.",
        by=demo.users["official"],
        at=demo.days_ago(7),
    )


def _add_unsigned(demo: DemoContext, round: Round) -> None:
    """Add a draft that the director has declined to sign."""
    draft = applications.create_draft(
        demo,
        "Respite weekends for kinship carers",
        demo.council,
        6,
        by=demo.users["writer"],
        round=round,
    )
    signature_requests.decline(
        applications.ask_to_sign(demo, draft, 4),
        reason="The second year costs more than we have agreed to match. Please ask "
        "for less, or find the rest.",
        by=demo.writer(demo.council),
        at=demo.days_ago(2),
    )
