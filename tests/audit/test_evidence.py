"""Evidence changes only with an event that states it: what the triggers enforce."""

import csv
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from bids.domain import bids, drafts, expressions
from bids.domain.answer_versions import DraftAnswer
from bids.models import Bid, BidMoney, Expression, MoneyAsked
from innovation.audit import checkpoints, events, evidence, rows
from innovation.audit.models import Chain, Event
from innovation.core.money import Money
from tests.audit import chain_tampering
from tests.database_guards import disable_guards, force_update
from tests.dates import MOMENT
from tests.factories import cases, users

NO_EVIDENCE = {
    # How people sign in, and what the framework keeps for itself.
    "account.EmailAddress",
    "account.EmailConfirmation",
    "accounts.ApiUse",
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "mfa.Authenticator",
    "sessions.Session",
    # The log itself, which has chains and seals.
    "audit.Chain",
    "audit.Event",
    "audit.Tally",
    # The writing of drafts: what was sent is stated by the sending.
    "bids.AnswerVersion",
    "bids.Presence",
    "funding.GrantDraft",
    # What people say of the service, which decides nothing.
    "contact.ServiceFeedback",
    # Who asked for the same step of several cases; each step is stated with its case.
    "bids.Batch",
    # What officials prepare, and give as feedback.
    "bids.FeedbackDraft",
    # How somebody looks at the list of cases.
    "bids.SavedView",
    # Made from cases, again and again.
    "bids.SearchText",
    "bids.SearchWord",
    # Registers, loaded from files whose digest is kept.
    "bids.IdeaType",
    "bids.MaturityStage",
    "bids.PracticeModel",
    "organisations.Council",
    "organisations.CouncilCode",
    "organisations.CouncilGroup",
    "organisations.OfstedJudgement",
    "organisations.ReferenceData",
    "organisations.Region",
    # Jobs, forms, letters and reports.
    "core.Heartbeat",
    "core.UnsentForm",
    "core.Quota",
    "core.Slot",
    "core.Submission",
    "notifications.JobFailure",
    "notifications.Letter",
    "notifications.PostedLetter",
    "reporting.Report",
}
REFERENCES = {
    *("key", "confirmed_by", "agreed_by", "overspend_by"),
    *("role", "roles", "scopes"),
}
"""Of somebody known by a key only, or one of a few standings."""


def unstated_rows() -> int:
    """The number of rows that no event has stated yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_touched")
        [(rows_of_event,)] = cursor.fetchall()
        return int(rows_of_event)


def stated_rows(event: Event) -> Any:
    """The column is not a field of the model, so it is read by SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM audit_event WHERE id = %s", [event.pk])
        [(rows_of_event,)] = cursor.fetchall()
        return rows_of_event


def last_event(case: Any) -> Event:
    return Event.objects.filter(chain=case.chain).latest("seq")


@pytest.mark.django_db
def test_the_database_does_as_is_declared() -> None:
    assert evidence.missing_statements() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER audit_note ON funding_payment",
        "ALTER TABLE funding_payment DISABLE TRIGGER audit_note",
        "CREATE OR REPLACE FUNCTION audit_note_funding_payment() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    ],
)
def test_a_trigger_that_does_otherwise_is_missed(change: str) -> None:
    chain_tampering.execute(change)
    assert len(evidence.missing_statements()) == 1


def test_every_table_is_evidence_or_known_to_be_none() -> None:
    every = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.label.startswith("tests.")
    }
    declared = {each.model._meta.label for each in evidence.tables()}
    assert declared & NO_EVIDENCE == set()
    known = declared | NO_EVIDENCE
    unsorted = {label for label in every - known if not _is_reference_table(label)}
    assert unsorted == set(), "declare these in evidence.py, or say here why not"


def _is_reference_table(label: str) -> bool:
    return label in {
        "auth.Group_permissions",
        "organisations.Council_successors",
        "organisations.CouncilGroup_councils",
    }


def test_the_log_is_told_no_personal_data() -> None:
    path = settings.BASE_DIR / "docs" / "personal-data.csv"
    with path.open(encoding="utf-8") as lines:
        known = {row["model"]: row for row in csv.DictReader(lines)}
    sentences = []
    for each in evidence.tables():
        row = known.get(each.model._meta.label)
        if row is None:
            continue
        digests = each.digest_columns()
        for field in each.model._meta.concrete_fields:
            if field.column not in each.columns or field.column in digests:
                continue
            named = field.name in row["personal"].split()
            reference = field.is_relation or field.name in REFERENCES
            # One of a few standings says nothing of who somebody is.
            reference = reference or bool(field.choices)
            dated = field.name in {"date_joined"}
            if field.name in row["may name people"].split() or (
                named and not reference and not dated
            ):
                sentences.append(f"{each.model._meta.label}.{field.name}")
    assert sentences == []


@pytest.mark.django_db(transaction=True)
def test_evidence_changed_without_an_event_is_refused_at_the_commit() -> None:
    bid = cases.submitted_bid()
    with pytest.raises(IntegrityError, match="bids_bid was changed without an event"):
        type(bid).objects.filter(pk=bid.pk).update(state="assessed")
    unheld = disable_guards(BidMoney)
    with pytest.raises(IntegrityError, match="without an event"), unheld:
        bid.money.all().delete()
    unheld = disable_guards(BidMoney)
    with pytest.raises(IntegrityError, match="without an event"), unheld:
        bid.money.create(financial_year=2016, amount=Money.pounds(1))
    assert cases.reload_bid(bid).state == "submitted"
    assert rows.differences() == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_without_its_trigger_a_change_would_pass_and_be_found() -> None:
    """A control for the test before."""
    bid = cases.submitted_bid()
    chain_tampering.execute("ALTER TABLE bids_bid DISABLE TRIGGER audit_note")
    type(bid).objects.filter(pk=bid.pk).update(state="assessed")
    [difference], count = rows.differences()
    assert count == 1
    assert "state is “assessed”, and the log says “submitted”" in difference.sentence
    assert bid.key in difference.sentence


@pytest.mark.django_db(transaction=True)
def test_the_event_of_a_change_states_the_row_and_its_hash_covers_that() -> None:
    bid = cases.submitted_bid()
    stated = stated_rows(last_event(bid))
    assert f'"{bid.pk}"' in stated
    assert '"state": "submitted"' in stated
    assert bid.title not in stated
    assert stated_rows(Event.objects.filter(chain=bid.chain, seq=1).get()) is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_written_after_an_event_is_stated_by_one_more() -> None:
    expression = cases.submitted_expression()
    with transaction.atomic():
        chain_tampering.execute(
            "INSERT INTO audit_event (chain_id, seq, name, subject, actor, at, data,"
            " tally, stage, request_id, recorded_at, txid, previous, hash) VALUES"
            " (%s, 0, 'thing.done', 'T', 'USR-A', now(), '{}', '{}', '', 'r1', now(),"
            " 0, '', '')",
            expression.chain_id,
        )
        force_update(Expression.objects.filter(pk=expression.pk), title="Another")
    stated = last_event(expression)
    assert (stated.name, stated.subject, stated.actor, stated.request_id) == (
        "evidence.stated",
        "T",
        "USR-A",
        "r1",
    )
    assert rows.differences() == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_states_nothing() -> None:
    expression = cases.submitted_expression()
    with transaction.atomic():
        sid = transaction.savepoint()
        with disable_guards(Expression):
            Expression.objects.filter(pk=expression.pk).update(title="Another")
            assert unstated_rows() == 1
            transaction.savepoint_rollback(sid)
    assert rows.differences() == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_nobody_can_give_an_event_rows_of_their_own() -> None:
    expression = cases.submitted_expression()
    chain_tampering.execute(
        "INSERT INTO audit_event (chain_id, seq, name, subject, actor, at, data, tally,"
        " stage, request_id, recorded_at, txid, previous, hash, rows) VALUES (%s, 0,"
        " 'thing.done', 'T', 'A', now(), '{}', '{}', '', '', now(), 0, '', '',"
        ' \'{"bids_expression": {"1": null}}\')',
        expression.chain_id,
    )
    assert stated_rows(last_event(expression)) is None


@pytest.mark.django_db(transaction=True)
def test_a_draft_is_written_without_events_and_stated_whole_when_it_is_sent() -> None:
    by = users.applicant()
    expression = cases.draft(by=by)
    before = Event.objects.filter(chain=expression.chain).count()
    part = DraftAnswer(raw_input={"summary": ["New"]}, facts={"summary": "New"})
    drafts.autosave(
        expression,
        {"summary": part},
        section="idea",
        seen=None,
        page="p",
        by=by,
        at=MOMENT,
    )
    assert Event.objects.filter(chain=expression.chain).count() == before
    assert rows.differences() == ([], 0)
    expressions.submit(expression, by=by, at=MOMENT)
    stated = stated_rows(last_event(expression))
    [money] = MoneyAsked.objects.filter(expression=expression)
    assert f'"bids_moneyasked": {{"{money.pk}"' in stated
    assert '"amount": 800000' in stated
    assert rows.differences() == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_bid_that_came_back_is_a_draft_again() -> None:
    by = users.applicant()
    bid = cases.returned_bid(lead=users.organisation_of(by), by=by)
    money = [{"financial_year": 2015, "amount": Money.pounds(8_000)}]
    bids.save(bid, facts={"money": money}, by=by, at=MOMENT)
    assert rows.differences() == ([], 0)
    bids.submit(bid, by=by, at=MOMENT)
    assert rows.differences() == ([], 0)
    unheld = disable_guards(BidMoney)
    with pytest.raises(IntegrityError, match="without an event"), unheld:
        bid.money.update(amount=Money.pounds(9_000))


def test_no_reader_of_events_is_given_their_rows() -> None:
    assert "rows" not in {field.column for field in Event._meta.concrete_fields}


@pytest.mark.django_db(transaction=True)
def test_rows_of_before_are_stated_once_as_they_stand() -> None:
    bid = Bid.objects.filter(pk=cases.submitted_bid().pk)
    with disable_guards(Bid, every_trigger=True):
        bid.update(evaluation_plan="Written before")
    assert rows.differences()[1] == 1
    with transaction.atomic():
        chain = events.open_chain(Chain.Kind.SERVICE)
        chain_tampering.execute("SELECT audit_state_existing('bids_bid', %s)", chain.pk)
    assert list(chain.events.values_list("name", "subject")) == [
        ("evidence.carried_over", "bids_bid")
    ]
    assert rows.differences() == ([], 0)
    force_update(bid, evaluation_plan="Written after")
    assert rows.differences() == ([], 0)


@pytest.mark.django_db
def test_a_chain_is_counted_again_once_it_has_moved() -> None:
    chain = chain_tampering.create_chain(3)
    assert checkpoints.record(at=MOMENT) == 1
    assert checkpoints.record(at=MOMENT) == 0
    chain_tampering.create_chain(2)
    events.record_on_chain(
        chain, "thing.done", subject="T", by=events.SERVICE, at=MOMENT
    )
    assert checkpoints.record(at=MOMENT) == 2
    counted = Event.objects.filter(name="log.counted").latest("id").data["chains"]
    assert counted[str(chain.pk)][:2] == ["service", 4]
    assert checkpoints.faults(10) == []
    own = Event.objects.filter(name="log.counted").values_list("chain", flat=True)
    assert len(own) == 2
    assert len(set(own)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "chains", [{"x": [1]}, {"1": {}}, {"1": ["case", "x"]}, 7, [1]]
)
def test_a_count_that_somebody_forged_stops_no_check(chains: Any) -> None:
    chain = chain_tampering.create_chain(3)
    checkpoints.record(at=MOMENT)
    events.record_on_chain(
        chain,
        checkpoints.NAME,
        subject="log",
        by=events.SERVICE,
        at=MOMENT,
        data={"chains": chains},
    )
    assert checkpoints.faults(10) == []
    assert checkpoints.record(at=MOMENT) == 1
