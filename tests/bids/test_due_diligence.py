"""Due diligence on a case, and the offers that wait for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from bids.domain import due_diligence, rounds
from bids.domain.queries.due_diligence import of_case
from bids.models import CaseDocument, DueDiligence, Expression, Round
from funding.domain import awards
from funding.models import Award
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.documents.domain import documents
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import cases, grants, triage, users
from tests.funding.page_requests import date_fields

pytestmark = pytest.mark.django_db


def states(case: Expression) -> dict[str, str]:
    findings = of_case(case.pk, case.round.due_diligence)
    return {row.area.value: row.tag[0] for row in findings if row.records}


def sent(**changes: object) -> dict[str, object]:
    return {
        "state": "satisfactory",
        **date_fields("checked_on", MOMENT.date()),
        "finding": "In order",
        "reference": "File 12",
        **changes,
    }


def test_an_official_records_it_and_does_it_again_with_a_reason(client: Client) -> None:
    case = cases.submitted_expression()
    client.force_login(users.official())
    address = f"/cases/{case.key}/due-diligence/finance"
    answer = client.post(address, sent())
    assert answer["Location"] == f"/cases/{case.key}/due-diligence"
    assert states(case) == {"finance": "Satisfactory"}
    again = sent(state="not_satisfactory", finding="Late accounts", reason="")
    assert client.post(address, again).status_code == 422
    again["reason"] = "New accounts came."
    assert client.post(address, again).status_code == 302
    assert states(case) == {"finance": "Not satisfactory"}
    page = client.get(f"/cases/{case.key}/due-diligence").content.decode()
    for words in ("Late accounts", "New accounts came.", "In order", "Earlier records"):
        assert words in page
    history = client.get(f"/cases/{case.key}/history").content.decode()
    assert "recorded due diligence: Finance" in history


def test_what_is_under_way_needs_no_evidence_and_is_finished_without_a_reason() -> None:
    case = cases.submitted_expression()
    triage.due_diligence(case, state="under_way")
    triage.due_diligence(case)
    assert [row.state for row in DueDiligence.objects.order_by("pk")] == [
        "under_way",
        "satisfactory",
    ]


def test_a_result_needs_evidence_and_a_day_that_has_come(client: Client) -> None:
    case = cases.submitted_expression()
    client.force_login(users.official())
    address = f"/cases/{case.key}/due-diligence/finance"
    page = client.post(address, sent(reference="")).content.decode()
    assert "Enter where the evidence is, or select a document" in page
    assert "In order" in page
    assert client.post(address, sent(checked_on_year="2099")).status_code == 422
    assert client.get(f"/cases/{case.key}/due-diligence/else").status_code == 404
    assert not DueDiligence.objects.exists()


def test_a_document_of_the_case_is_evidence_and_another_is_not(client: Client) -> None:
    case, other = (_expression_with_file() for _ in range(2))
    official = users.official()
    client.force_login(official)
    address = f"/cases/{case.key}/due-diligence/finance"
    own, foreign = (one.documents.get().document for one in (case, other))
    for document, status in ((foreign, 422), (own, 302)):
        values = sent(reference="", document=document.key)
        assert client.post(address, values).status_code == status
    assert own.name in client.get(f"/cases/{case.key}/due-diligence").content.decode()
    with pytest.raises(Invalid, match="document of this case"):
        due_diligence.add(
            case,
            area="interests",
            state="satisfactory",
            checked_on=MOMENT.date(),
            finding="None.",
            document=foreign,
            by=official,
            at=MOMENT,
        )


def test_who_reads_and_records_it(client: Client) -> None:
    case = cases.submitted_expression()
    triage.due_diligence(case)
    coach, analyst = users.assign(users.coach(), case), users.analyst()
    for user in (coach, analyst, users.secretary(), cases.editor_of(case.lead)):
        with pytest.raises(NotAllowed):
            triage.due_diligence(case, area="interests", by=user)
        client.force_login(user)
        address = f"/cases/{case.key}/due-diligence"
        assert client.get(f"{address}/finance").status_code == 403
        reads = user in (analyst,) or "board_secretary" in user.roles
        assert client.get(address).status_code == (200 if reads else 403)
    client.force_login(coach)
    page = client.get(f"/cases/{case.key}").content.decode()
    assert "due-diligence" not in page
    triage.due_diligence(case, area="interests", by=users.grant_manager())
    with pytest.raises(TooLate):
        triage.due_diligence(cases.draft())


def test_an_offer_waits_for_what_the_round_needs(client: Client) -> None:
    bid = grants.approved_bid()
    _require(bid.round, "finance", "fraud_risk")
    triage.due_diligence(bid.expression, "finance", "not_satisfactory")
    manager = users.grant_manager()
    client.force_login(manager)
    page = client.get(f"/awards/offer/{bid.key}").content.decode()
    sentence = (
        "You cannot offer this grant until due diligence is satisfactory: Finance "
        "(not satisfactory) and Fraud risk (not done yet)."
    )
    assert sentence in page
    with pytest.raises(Invalid, match="Fraud risk"):
        awards.offer(bid, by=manager, at=grants.MEETING_AT)
    assert not Award.objects.filter(bid=bid).exists()
    summary = client.get(f"/cases/{bid.expression.key}").content.decode()
    assert "Due diligence to do: Finance, Fraud risk" in summary
    triage.due_diligence(bid.expression, "finance", reason="New accounts.")
    triage.due_diligence(bid.expression, "fraud_risk")
    assert awards.offer(bid, by=manager, at=grants.MEETING_AT).bid == bid
    summary = client.get(f"/cases/{bid.expression.key}").content.decode()
    assert "Due diligence to do" not in summary


def test_a_round_that_asks_for_nothing_blocks_no_offer() -> None:
    bid = grants.approved_bid()
    assert bid.round.due_diligence == []
    triage.due_diligence(bid.expression, state="not_satisfactory")
    assert awards.offer(bid, by=users.grant_manager(), at=grants.MEETING_AT)


def test_the_boards_paper_has_a_line_of_each_area(client: Client) -> None:
    item = grants.agenda_item()
    _require(item.bid.round, "finance", "interests")
    triage.due_diligence(item.bid.expression, "finance")
    client.force_login(users.secretary())
    page = client.get(reverse("funding:paper", args=[item.key])).content.decode()
    assert "Finance: satisfactory" in page
    assert "Interests: not done yet" in page
    assert "The accounts are in order." not in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bids_duediligence SET state = 'satisfactory'",
        "DELETE FROM bids_duediligence",
        "INSERT INTO bids_duediligence (expression_id, area, state, checked_on,"
        " finding, reference, reason, recorded_by_id, recorded_at) SELECT"
        " expression_id, area, 'satisfactory', checked_on, finding, reference, '',"
        " recorded_by_id, now() FROM bids_duediligence",
        "UPDATE bids_round SET due_diligence = '{luck}'",
    ],
)
def test_the_database_keeps_what_was_recorded(statement: str) -> None:
    triage.due_diligence(cases.submitted_expression(), state="not_satisfactory")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _require(round: Round, *areas: str) -> None:
    by = users.administrator()
    rounds.change(round, facts={"due_diligence": list(areas)}, by=by, at=MOMENT)
    round.refresh_from_db()


def _expression_with_file() -> Expression:
    case = cases.submitted_expression()
    [document] = documents.add(
        [SimpleUploadedFile("accounts.pdf", b"%PDF-1.7 %%EOF")],
        chain=case.chain,
        field="chosen",
        by=case.started_by,
        at=MOMENT,
    )
    with disable_guards(CaseDocument):
        case.documents.create(code="documents", document=document)
    return case
