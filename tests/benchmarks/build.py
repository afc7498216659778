"""Expressions of interest by the thousand, written in SQL, with chains that verify.

The events go through the same triggers as any other, and state the rows. Cases are
spread over the same eighteen months at every size; of twenty, six wait to be read, two
wait for an answer, two were declined and ten were taken forward and have a bid. Bids
that were submitted have four assessments, and one in twenty of them names grandparents.
For each two cases a letter is due, and three were sent.
"""

from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bids.domain import search_texts, search_words
from bids.models import Assessment, Round, Strand
from funding.demo_data import load
from funding.demo_data.people import DemoUsers
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.registers import domain as registers
from tests.audit_events import recorded_changes
from tests.database_guards import disable_guards

FIRST = 10_000_000
"""Where the made rows' ids begin: clear of everything loaded before."""

_KEY = "left(lpad(upper(to_hex(n)), 10, '0'), 5) || '-' || right(lpad(upper(to_hex(n)), 10, '0'), 5)"  # noqa: E501 - one expression
_WORDS = (
    ["A new", "A shared", "A local", "An earlier", "A simpler", "A stronger"],
    ["front door", "fostering", "edge of care", "adolescent", "family", "court"],
    ["service", "partnership", "team", "practice model", "hub", "academy", "pathway"],
)
_SUMMARY = (
    "Social workers, families and partners work together so that children stay safely "
    "at home. The project tests whether smaller caseloads and shared supervision "
    "change what happens next, and what it costs."
)
_LEADS = """
    INSERT INTO audit_chain (id, kind, length, head, stage)
    SELECT {first} + 5000000 + n, 'organisation', 0, repeat('0', 64), ''
    FROM generate_series(%(start)s, %(stop)s) AS n;
    INSERT INTO organisations_organisation
        (id, key, chain_id, name, applicant_type, legal_form, source, confidence,
         notes, state, claimed_scheme, claimed_number, demonstration)
    SELECT {first} + n, 'ORG-' || {key}, {first} + 5000000 + n,
           'Made-up body ' || n, 'charity', '', '', '', '', 'registered', '', '', true
    FROM generate_series(%(start)s, %(stop)s) AS n;
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    SELECT chain_id, 0, 'organisation.registered', key, %(actor)s, now(), '{{}}',
           '{{}}', 'organisation.registered', '', now(), 0, '', ''
    FROM organisations_organisation WHERE {range} ORDER BY chain_id;
"""
_CASES = """
    INSERT INTO audit_chain (id, kind, length, head, stage)
    SELECT {first} + n, 'case', 0, repeat('0', 64), ''
    FROM generate_series(%(start)s, %(stop)s) AS n;

    INSERT INTO bids_expression
        (id, key, chain_id, round_id, lead_id, title, summary, strand_id, state,
         started_by_id, started_at, submitted_by_id, submitted_at, withdrawn_because,
         provisional, demonstration)
    SELECT {first} + n, 'EOI-' || {key}, {first} + n, %(round)s,
           {first} + 1 + n %% %(leads)s,
           (%(first_words)s)[1 + n %% 6] || ' ' || (%(second_words)s)[1 + n / 6 %% 6]
             || ' ' || (%(third_words)s)[1 + n / 36 %% 7] || ' ' || n,
           %(summary)s || CASE n %% 20 WHEN 7 THEN ' Mockingbird.' ELSE '' END,
           (%(strands)s)[1 + n %% %(strand_count)s],
           CASE WHEN n %% 20 < 6 THEN 'submitted' WHEN n %% 20 < 8 THEN 'clarification'
                WHEN n %% 20 < 10 THEN 'declined' ELSE 'taken_forward' END,
           %(person)s, {at} - interval '2 days', %(person)s, {at}, '', false, true
    FROM generate_series(%(start)s, %(stop)s) AS n;

    INSERT INTO bids_moneyasked (expression_id, financial_year, amount)
    SELECT {first} + n, 2014 + year, 10000000 + n
    FROM generate_series(%(start)s, %(stop)s) AS n, generate_series(0, 1) AS year;

    INSERT INTO bids_expression_councils (expression_id, council_id)
    SELECT {first} + n, (%(councils)s)[1 + (n + other * 7) %% %(council_count)s]
    FROM generate_series(%(start)s, %(stop)s) AS n, generate_series(0, 1) AS other;

    INSERT INTO bids_clarification
        (key, expression_id, question, asked_by_id, asked_at, due_on, answer)
    SELECT 'CLQ-' || {key}, {first} + n, 'How many families?', %(person)s,
           {at} + interval '3 days', '2016-12-01', ''
    FROM generate_series(%(start)s, %(stop)s) AS n WHERE n %% 20 IN (6, 7);

    INSERT INTO bids_bid
        (id, key, chain_id, expression_id, round_id, lead_id, title, summary, strand_id,
         theory_of_change, evaluation_plan, state, opened_at, expression_submitted_at,
         withdrawn_because, submitted_at, demonstration)
    SELECT {first} + n, 'BID-' || {key}, chain_id, id, round_id, lead_id, title,
           summary, strand_id,
           %(summary)s || CASE n %% 200 WHEN 10 THEN ' Grandparents.' ELSE '' END, '',
           (ARRAY['in_development', 'submitted', 'assessed'])[1 + n %% 3],
           submitted_at + interval '9 days', submitted_at, '',
           CASE n %% 3 WHEN 0 THEN NULL ELSE submitted_at + interval '30 days' END, true
    FROM bids_expression, LATERAL (SELECT id - {first} AS n) AS numbered
    WHERE id BETWEEN {first} + %(start)s AND {first} + %(stop)s
      AND state = 'taken_forward';

    INSERT INTO bids_assignment (expression_id, user_id, assigned_at)
    SELECT id, %(person)s, submitted_at + interval '1 day'
    FROM bids_expression WHERE {range};

    INSERT INTO bids_assessment
        (id, key, bid_id, assessor_id, assigned_by_id, assigned_at, started_at,
         finished_at)
    SELECT id * 4 + turn, 'ASM-' || {key}, id, (%(assessors)s)[1 + turn],
           %(person)s, submitted_at + interval '1 day',
           submitted_at + interval '2 days', submitted_at + interval '8 days'
    FROM bids_bid, generate_series(0, 3) AS turn,
         LATERAL (SELECT (id - {first}) * 4 + turn AS n) AS numbered
    WHERE {range} AND state <> 'in_development';
"""
_LETTERS = """
    INSERT INTO notifications_letter
        (key, kind, recipient_id, address, chain_id, subject_reference, facts, title,
         text, state, reference, failures, not_before, put_at, sent_at, attempts,
         last_error)
    SELECT 'LTR-' || {key}, 'expression_submitted', %(person)s, '', NULL, '', '{{}}',
           'We have your expression of interest', 'Thank you.',
           CASE n %% 4 WHEN 0 THEN 'due' ELSE 'sent' END, gen_random_uuid(), 0,
           {at}, {at}, CASE n %% 4 WHEN 0 THEN NULL ELSE {at} END, 0, ''
    FROM generate_series(2 * %(start)s - 1, 2 * %(stop)s) AS n;
"""
_EVENTS = """
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    SELECT chain_id, 0, name, subject, %(actor)s, happened, '{{}}', tally, stage, '',
           now(), 0, '', ''
    FROM (
        SELECT chain_id, 'expression.started' AS name, key AS subject,
               started_at AS happened, '{{}}'::jsonb AS tally,
               'expression.draft' AS stage, 1 AS turn
        FROM bids_expression WHERE {range}
        UNION ALL
        SELECT chain_id, 'expression.submitted' AS name, key AS subject,
               submitted_at AS happened, '{{"expressions": 1}}'::jsonb AS tally,
               'expression.submitted' AS stage, 2 AS turn
        FROM bids_expression WHERE {range}
        UNION ALL
        SELECT chain_id, CASE state WHEN 'clarification'
                   THEN 'expression.clarification_asked'
                   ELSE 'expression.' || state END,
               key, submitted_at + interval '8 days', '{{}}', 'expression.' || state, 4
        FROM bids_expression WHERE {range} AND state <> 'submitted'
        UNION ALL
        SELECT chain_id, 'expression.assigned', key, submitted_at + interval '1 day',
               '{{}}', '', 3
        FROM bids_expression WHERE {range}
        UNION ALL
        SELECT chain_id, 'bid.opened', key, opened_at, '{{"bids_in_development": 1}}',
               'bid.in_development', 5
        FROM bids_bid WHERE {range}
        UNION ALL
        SELECT chain_id, 'bid.submitted', key, submitted_at, '{{}}', 'bid.submitted', 6
        FROM bids_bid WHERE {range} AND state <> 'in_development'
        UNION ALL
        SELECT chain_id, 'assessment.' || step, bids_assessment.key,
               submitted_at + days * interval '1 day', '{{}}', '', 7
        FROM bids_assessment JOIN bids_bid ON bids_bid.id = bid_id,
             (VALUES ('assigned', 1), ('started', 2), ('scored', 5), ('finished', 8))
                 AS steps (step, days)
        WHERE bids_bid.{range}
        UNION ALL
        SELECT chain_id, 'bid.assessed', key, submitted_at + interval '9 days', '{{}}',
               'bid.assessed', 8
        FROM bids_bid WHERE {range} AND state = 'assessed'
    ) AS made ORDER BY chain_id, turn;
"""
_AT = (
    "(timestamptz '2014-10-01 09:00+00' + (n * 7919 %% 547) * interval '1 day'"
    " + n %% 600 * interval '1 minute')"
)


def load_demonstration() -> DemoUsers:
    """The reference data, the demonstration and four assessors."""
    call_command("load_reference_data", verbosity=0)
    load.load(at=timezone.now())
    add_assessors()
    return DemoUsers()


def add_assessors() -> None:
    with recorded_changes():
        for number in range(4):
            User.objects.create_user(
                f"assessor{number}@bench.example.org",
                name=f"Bench assessor {number}",
                roles=["official"],
            )


@recorded_changes()
def round_() -> Round:
    programme = registers.load_main_programme("Bench", at=timezone.now())
    round = Round.objects.create(
        chain=events.open_chain(Chain.Kind.ROUND),
        programme=programme,
        name="Bench round",
        route="full",
        opens_at=timezone.now(),
        published=True,
    )
    for place, name in enumerate(("Social work", "Adolescents", "Other")):
        Strand.objects.create(
            round=round, name=name, position=place, anything_else=name == "Other"
        )
    return round


def add_cases(start: int, stop: int, *, leads: tuple[int, int], by: User) -> None:
    """Cases number `start` to `stop`, and their lead organisations number `leads[0]` to
    `leads[1]`; organisations of earlier calls lead some of them too.
    """
    # A finished assessment was first an assigned one.
    guards = disable_guards(Assessment)
    with transaction.atomic(), guards, connection.cursor() as cursor:
        parameters = _parameters(by) | {"leads": leads[1], "start": start, "stop": stop}
        cursor.execute(
            _expand_words(_LEADS), parameters | {"start": leads[0], "stop": leads[1]}
        )
        cursor.execute(_expand_words(_CASES), parameters)
        cursor.execute(_expand_words(_LETTERS), parameters)
        cursor.execute(_expand_words(_EVENTS), parameters)
    search_texts.collect()
    search_words.collect()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _parameters(by: User) -> dict[str, Any]:
    round = Round.objects.get(name="Bench round")
    strands = list(round.strands.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT dfe_number FROM organisations_council ORDER BY 1")
        councils = [number for (number,) in cursor.fetchall()]
    first, second, third = _WORDS
    return {
        "round": round.pk,
        "strands": strands,
        "strand_count": len(strands),
        "councils": councils,
        "council_count": len(councils),
        "person": by.pk,
        "assessors": list(
            User.objects.filter(email__endswith="@bench.example.org")
            .order_by("pk")
            .values_list("pk", flat=True)
        ),
        "actor": by.key,
        "summary": _SUMMARY,
        "first_words": first,
        "second_words": second,
        "third_words": third,
    }


def _expand_words(statement: str) -> str:
    ids = f"id BETWEEN {FIRST} + %(start)s AND {FIRST} + %(stop)s"
    return statement.format(first=FIRST, key=_KEY, at=_AT, range=ids)
