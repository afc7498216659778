"""A round’s eligibility checks, and what officials record of them on a case."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bids.domain import eligibility_checks
from bids.domain.eligibility_checks import Finding
from bids.domain.queries.eligibility_checks import of_case
from bids.models import CheckResult, EligibilityCheck, Expression
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT
from tests.edit_forms import post_edit
from tests.factories import cases, triage, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def tags(case: Expression) -> dict[str, str]:
    return {row.check.wording: row.tag[0] for row in of_case(case.pk, case.round_id)}


def test_an_official_records_checks_one_by_one(client: Client) -> None:
    case, official = cases.submitted_expression(), users.official()
    first, second = (triage.check(case.round, name) for name in ("England", "Council"))
    client.force_login(official)
    page = client.get(f"/cases/{case.key}/checks").content.decode()
    assert page.count("Not checked yet") == 2
    assert (
        "2 eligibility checks to record"
        in client.get(f"/cases/{case.key}").content.decode()
    )
    address = f"/cases/{case.key}/checks/record"
    answer = client.post(address, {f"outcome_{first.pk}": "met"})
    assert answer["Location"] == f"/cases/{case.key}/checks"
    assert tags(case) == {"England": "Met", "Council": "Not checked yet"}
    form = client.get(address).content.decode()
    assert f"outcome_{second.pk}" in form
    assert f"outcome_{first.pk}" not in form


def test_what_is_not_met_needs_a_note_and_nothing_typed_is_lost(client: Client) -> None:
    case = cases.submitted_expression()
    first, second = (triage.check(case.round, name) for name in ("England", "Council"))
    client.force_login(users.official())
    sent = {f"outcome_{first.pk}": "not_met", f"note_{second.pk}": "Who is it?"}
    answer = client.post(f"/cases/{case.key}/checks/record", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a note on “England”" in page
    assert "Select what you found of “Council”" in page
    assert "Who is it?" in page
    assert not CheckResult.objects.exists()


def test_a_correction_needs_a_reason_and_keeps_what_was_recorded(
    client: Client,
) -> None:
    case = cases.submitted_expression()
    check = triage.check(case.round)
    result = triage.result(case, check)
    client.force_login(users.official())
    address = f"/checks/{result.key}/correct"
    sent = {"outcome": "not_met", "note": "It is in Wales.", "reason": ""}
    assert client.post(address, sent).status_code == 422
    sent["reason"] = "I read it again."
    assert client.post(address, sent).status_code == 302
    assert client.get(address).status_code == 409
    page = client.get(f"/cases/{case.key}/checks").content.decode()
    for words in ("It is in Wales.", "I read it again.", "Earlier records"):
        assert words in page
    assert tags(case) == {check.wording: "Not met"}
    assert [row.outcome for row in CheckResult.objects.order_by("pk")] == [
        "met",
        "not_met",
    ]
    assert (
        f"Not met: {check.wording}" in client.get(f"/cases/{case.key}").content.decode()
    )
    history = client.get(f"/cases/{case.key}/history").content.decode()
    assert "recorded eligibility checks" in history
    assert "corrected an eligibility check" in history


def test_two_officials_do_not_record_the_same_check() -> None:
    case = cases.submitted_expression()
    check = triage.check(case.round)
    triage.result(case, check)
    with pytest.raises(TooLate, match="already"):
        triage.result(case, check, "not_met", "No.")


def test_nobody_else_records_and_an_applicant_cannot_tell(client: Client) -> None:
    case = cases.submitted_expression()
    check = triage.check(case.round)
    result = triage.result(case, check, "not_met", "A secret note")
    coach = users.assign(users.coach(), case)
    others = (coach, users.analyst(), users.secretary(), cases.editor_of(case.lead))
    for user in others:
        with pytest.raises(NotAllowed):
            eligibility_checks.correct(
                result, outcome="met", note="", reason="Mine.", by=user, at=MOMENT
            )
        with pytest.raises(NotAllowed):
            eligibility_checks.record_results(
                case, findings={check.pk: Finding("met")}, by=user, at=MOMENT
            )
        client.force_login(user)
        assert client.get(f"/cases/{case.key}/checks/record").status_code == 403
        assert client.get(f"/checks/{result.key}/correct").status_code == 403
    assert client.get(f"/cases/{case.key}/checks").status_code == 403
    page = client.get(f"/apply/expressions/{case.key}").content.decode()
    assert "A secret note" not in page
    assert "eligibility check" not in page
    client.force_login(coach)
    assert client.get(f"/cases/{case.key}/checks").status_code == 200
    client.force_login(users.coach())
    assert client.get(f"/cases/{case.key}/checks").status_code == 404


def test_an_administrator_adds_and_changes_a_check(client: Client) -> None:
    round, administrator = cases.round_(), users.administrator()
    client.force_login(administrator)
    sent = {"wording": "It is new", "guidance": "", "position": "1"}
    assert client.post(f"/manage/rounds/{round.key}/checks", sent).status_code == 302
    check = round.eligibility_checks.get()
    address = f"/manage/checks/{check.key}/change"
    post_edit(client, address, {"wording": "It is new here"})
    check.refresh_from_db()
    assert check.wording == "It is new here"
    assert (
        "It is new here" in client.get(f"/manage/rounds/{round.key}").content.decode()
    )
    client.force_login(users.official())
    assert client.get(address).status_code == 403
    assert client.get(f"/manage/rounds/{round.key}/checks").status_code == 403


def test_words_of_a_used_check_stay_and_its_place_changes() -> None:
    case, by = cases.submitted_expression(), users.administrator()
    check = triage.check(case.round)
    triage.result(case, check)
    with pytest.raises(Invalid, match="words stay"):
        eligibility_checks.change(check, facts={"wording": "Else"}, by=by, at=MOMENT)
    changed = eligibility_checks.change(check, facts={"position": 7}, by=by, at=MOMENT)
    assert changed.position == 7
    event = not_none(Event.objects.filter(name="round.check_changed").last())
    assert event.data == {"check": check.key, "changed": ["position"]}


def test_an_ended_check_stays_on_cases_that_were_checked(client: Client) -> None:
    checked = cases.submitted_expression()
    other = cases.submitted_expression(round=checked.round)
    check = triage.check(checked.round)
    triage.result(checked, check)
    client.force_login(users.administrator())
    address = f"/manage/checks/{check.key}/end"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "The rule is gone."}).status_code == 302
    assert tags(checked) == {check.wording: "Met"}
    assert tags(other) == {}
    assert client.get(address).status_code == 404
    again = triage.check(checked.round, check.wording)
    assert tags(other) == {again.wording: "Not checked yet"}


def test_a_check_of_another_round_is_not_recorded() -> None:
    case, other = cases.submitted_expression(), triage.check()
    with pytest.raises(Invalid):
        triage.result(case, other)
    with pytest.raises(TooLate):
        triage.result(cases.draft(), other)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bids_eligibilitycheck SET wording = 'Else'",
        "UPDATE bids_checkresult SET outcome = 'met'",
        "DELETE FROM bids_checkresult",
        "INSERT INTO bids_checkresult (key, eligibility_check_id, expression_id,"
        " outcome, note, reason, recorded_by_id, recorded_at) SELECT 'CKR-1',"
        " eligibility_check_id, expression_id, 'met', '', '', recorded_by_id, now()"
        " FROM bids_checkresult",
    ],
)
def test_the_database_keeps_what_was_recorded(statement: str) -> None:
    case = cases.submitted_expression()
    triage.result(case, triage.check(case.round), "not_met", "No.")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert EligibilityCheck.objects.get().wording == "The work happens in England"
