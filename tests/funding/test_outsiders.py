"""Whoever has no part in a case meets it on no page."""

import pytest

from funding.domain import interests
from tests.factories import grants, users
from tests.funding.page_requests import client_for, get_status, page_url
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def test_the_outsider_reaches_nothing() -> None:
    payment = grants.requested_payment()
    award = payment.award
    report, change = grants.monitoring_report(award), grants.variation(award)
    bid = not_none(award.bid)
    item = bid.agenda_items.get()
    outsider = users.outsider()

    for name, row in [
        ("grant", award),
        ("grant-accept", award),
        ("grant-decline", award),
        ("grant-ask-change", award),
        ("grant-claim", payment),
        ("grant-hand-in", report),
    ]:
        assert get_status(outsider, name, row) == 404
    for name, about in [
        ("meetings", None),
        ("paper", item),
        ("interests", None),
        ("decisions", None),
        ("decision", bid),
        ("awards", None),
        ("award", award),
        ("award-start", award),
        ("payments", None),
        ("payment", payment),
        ("payment-release", payment),
        ("change-answer", change),
    ]:
        assert get_status(outsider, name, about) == 403
        assert get_status(None, name, about) == 302
    assert (
        award.title not in client_for(outsider).get(page_url("grants")).content.decode()
    )


def test_a_viewer_reads_the_grant_but_cannot_act() -> None:
    payment = grants.planned_payment()
    award, viewer = payment.award, users.viewer(not_none(payment.award.lead))

    assert get_status(viewer, "grant", award) == 200
    for name, row in [("grant-ask-change", award), ("grant-claim", payment)]:
        assert get_status(viewer, name, row) == 403


def test_reading_is_not_managing() -> None:
    payment = grants.requested_payment()

    for reader in (users.official(), users.analyst()):
        assert get_status(reader, "award", payment.award) == 200
        assert get_status(reader, "award-suspend", payment.award) == 403
        assert get_status(reader, "payment-release", payment) == 403
    assert get_status(users.grant_manager(), "payment-release", payment) == 403


def test_a_member_with_an_interest_sees_the_case_on_no_page_of_their_other_roles() -> (
    None
):
    member = users.person("board_member", "grant_manager", "finance")
    payment = grants.requested_payment()
    award = payment.award
    interests.declare(
        not_none(award.bid),
        member=member,
        nature="I chair it.",
        mitigation="leaves",
        by=member,
        at=grants.MEETING_AT,
    )

    assert get_status(member, "award", award) == 404
    assert get_status(member, "payment", payment) == 404
    for name in ("awards", "payments"):
        assert (
            award.title not in client_for(member).get(page_url(name)).content.decode()
        )
