"""The round that closes tomorrow, and the one that has closed: a draft that came too
late, and more time for another organisation.
"""

from contextlib import suppress

from bids.domain import lateness
from funding.demo_data.current import applications
from funding.demo_data.current.demo_context import DemoContext


def add_cases(demo: DemoContext) -> None:
    closing, closed = demo.rounds.closing, demo.rounds.closed
    applications.create_draft(
        demo, "Respite weekends for kinship carers", demo.council, 1, round=closing
    )
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
