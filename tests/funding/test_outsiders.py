"""Whoever has no part in a case meets it on no page."""

import pytest

from funding.domain import interests
from tests import cast, grants
from tests.funding.visits import as_, at, get

pytestmark = pytest.mark.django_db


def test_the_outsider_reaches_nothing() -> None:
    payment = grants.requested()
    award = payment.award
    report, change = grants.report(award), grants.variation(award)
    item = award.bid.agenda_items.get()
    outsider = cast.outsider()

    for name, thing in [
        ("grant", award),
        ("grant-accept", award),
        ("grant-decline", award),
        ("grant-ask-change", award),
        ("grant-claim", payment),
        ("grant-hand-in", report),
    ]:
        assert get(outsider, name, thing) == 404
    for name, thing in [
        ("meetings", None),
        ("paper", item),
        ("interests", None),
        ("decisions", None),
        ("decision", award.bid),
        ("awards", None),
        ("award", award),
        ("award-start", award),
        ("payments", None),
        ("payment", payment),
        ("payment-release", payment),
        ("change-answer", change),
    ]:
        assert get(outsider, name, thing) == 403
        assert get(None, name, thing) == 302
    assert award.title not in as_(outsider).get(at("grants")).content.decode()


def test_a_viewer_reads_the_grant_but_cannot_act() -> None:
    payment = grants.planned()
    award, viewer = payment.award, cast.viewer(payment.award.lead)

    assert get(viewer, "grant", award) == 200
    for name, thing in [("grant-ask-change", award), ("grant-claim", payment)]:
        assert get(viewer, name, thing) == 403


def test_reading_is_not_managing() -> None:
    payment = grants.requested()

    for reader in (cast.official(), cast.analyst()):
        assert get(reader, "award", payment.award) == 200
        assert get(reader, "award-suspend", payment.award) == 403
        assert get(reader, "payment-release", payment) == 403
    assert get(cast.grant_manager(), "payment-release", payment) == 403


def test_a_conflicted_member_with_other_roles_meets_the_case_nowhere() -> None:
    member = cast.person("board_member", "grant_manager", "finance")
    payment = grants.requested()
    award = payment.award
    interests.declare(
        award.bid,
        member=member,
        nature="I chair it.",
        mitigation="leaves",
        by=member,
        at=grants.HELD,
    )

    assert get(member, "award", award) == 404
    assert get(member, "payment", payment) == 404
    for name in ("awards", "payments"):
        assert award.title not in as_(member).get(at(name)).content.decode()
