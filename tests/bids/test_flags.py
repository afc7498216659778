"""Flags of a case, and what stands before whoever takes it forward."""

import pytest
from django.test import Client

from bids.domain import expressions, flags
from bids.models import Bid, Flag, TriageException
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.dashboard.queries import waiting_counts
from tests.dates import MOMENT
from tests.factories import cases, triage, users

pytestmark = pytest.mark.django_db


def test_a_flag_is_raised_shown_and_resolved(client: Client) -> None:
    case, official = cases.submitted_expression(), users.official()
    client.force_login(official)
    sent = {"team": "counter_fraud", "reason": "Two <b>claims</b>"}
    assert client.post(f"/cases/{case.key}/flag", sent).status_code == 302
    flag = Flag.objects.get()
    assert "Flag for Counter-fraud" in client.get(f"/cases/{case.key}").content.decode()
    page = client.get(f"/cases/{case.key}/checks").content.decode()
    assert "Two &lt;b&gt;claims&lt;/b&gt;" in page
    address = f"/flags/{flag.key}/resolve"
    assert client.post(address, {"resolution": ""}).status_code == 422
    assert client.post(address, {"resolution": "Withdrawn"}).status_code == 302
    assert "Flag for" not in client.get(f"/cases/{case.key}").content.decode()
    page = client.get(f"/cases/{case.key}/checks").content.decode()
    assert "Withdrawn" in page
    assert "Two &lt;b&gt;claims" in page
    history = client.get(f"/cases/{case.key}/history").content.decode()
    assert "raised a flag for Counter-fraud" in history
    assert "resolved the flag for Counter-fraud" in history
    assert client.get(address).status_code == 409


def test_a_flag_is_resolved_once() -> None:
    flag, by = triage.flag(), users.official()
    flags.resolve(flag, resolution="Done.", by=by, at=MOMENT)
    with pytest.raises(TooLate):
        flags.resolve(flag, resolution="Again.", by=by, at=MOMENT)


def test_nobody_else_raises_or_resolves_one(client: Client) -> None:
    case = cases.submitted_expression()
    flag = triage.flag(case, reason="A secret")
    coach = users.assign(users.coach(), case)
    for user in (coach, users.analyst(), cases.editor_of(case.lead)):
        with pytest.raises(NotAllowed):
            flags.add(case, team="legal", reason="Mine", by=user, at=MOMENT)
        with pytest.raises(NotAllowed):
            flags.resolve(flag, resolution="Mine", by=user, at=MOMENT)
        client.force_login(user)
        assert client.get(f"/cases/{case.key}/flag").status_code == 403
        assert client.get(f"/flags/{flag.key}/resolve").status_code == 403
    page = client.get(f"/apply/expressions/{case.key}").content.decode()
    assert "secret" not in page


def test_there_are_no_flags_on_a_draft() -> None:
    with pytest.raises(TooLate):
        triage.flag(cases.draft())


def test_the_list_and_the_home_page_find_flagged_cases(client: Client) -> None:
    round = cases.round_()
    flagged, resolved, unmet, plain = (
        cases.submitted_expression(title=title, round=round)
        for title in ("Flagged", "Resolved", "Unmet", "Plain")
    )
    official = users.official()
    triage.flag(flagged)
    triage.flag(flagged)
    flags.resolve(triage.flag(resolved), resolution="Done", by=official, at=MOMENT)
    triage.result(unmet, triage.check(round), "not_met", "No.")
    client.force_login(official)
    for query, titles in {
        "any": {"Flagged"},
        "finance": {"Flagged"},
        "legal": set(),
        "not_met": {"Unmet"},
    }.items():
        page = client.get(f"/cases/?flag={query}").content.decode()
        names = ("Flagged", "Resolved", "Unmet", "Plain")
        found = {name for name in names if f">{name}<" in page}
        assert found == titles
    assert client.get("/cases/?flag=wrong").status_code == 422
    [count] = [
        count
        for count in waiting_counts(official, at=MOMENT)
        if count.href == "/home/flags"
    ]
    assert (count.number, count.words) == (2, "open flags to resolve")
    assert plain.title == "Plain"


def test_a_flag_or_an_unmet_check_stands_before_taking_forward(
    client: Client,
) -> None:
    case = cases.submitted_expression()
    triage.result(case, triage.check(case.round), "not_met", "It is in Wales.")
    triage.flag(case)
    client.force_login(users.official())
    address = f"/cases/{case.key}/take-forward"
    page = client.get(address).content.decode()
    for words in ("It is in Wales.", "Flag for Finance", "The accounts are late."):
        assert words in page
    answer = client.post(address, {"despite": ""})
    assert answer.status_code == 422
    assert not Bid.objects.exists()
    assert client.post(address, {"despite": "Half is in Leeds."}).status_code == 302
    assert TriageException.objects.get().reason == "Half is in Leeds."
    assert (
        "Half is in Leeds." in client.get(f"/cases/{case.key}/checks").content.decode()
    )


def test_a_resolved_flag_or_a_corrected_check_needs_no_reason() -> None:
    case, by = cases.submitted_expression(), users.official()
    flags.resolve(triage.flag(case), resolution="They came.", by=by, at=MOMENT)
    triage.result(case, triage.check(case.round))
    expressions.take_forward(case, by=by, at=MOMENT)
    assert not TriageException.objects.exists()


def test_a_flag_raised_meanwhile_asks_for_a_reason() -> None:
    case = cases.submitted_expression()
    triage.flag(case)
    with pytest.raises(Invalid, match="all the same"):
        expressions.take_forward(case, by=users.official(), at=MOMENT)
