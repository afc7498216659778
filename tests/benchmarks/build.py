"""Expressions of interest by the thousand, written in SQL, with chains that verify.

The events go through the same triggers as any other, and state the rows. Cases are
spread over the same eighteen months at every size; of twenty, eight wait to be read,
two wait for an answer, four were declined and six were taken forward and have a bid.
"""

from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bids.models import Programme, Round, Strand
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from tests.audit_events import recorded_changes

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
         notes, demonstration)
    SELECT {first} + n, 'ORG-' || {key}, {first} + 5000000 + n,
           'Made-up body ' || n, 'charity', '', '', '', '', true
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
         demonstration)
    SELECT {first} + n, 'EOI-' || {key}, {first} + n, %(round)s,
           {first} + 1 + n %% %(leads)s,
           (%(first_words)s)[1 + n %% 6] || ' ' || (%(second_words)s)[1 + n / 6 %% 6]
             || ' ' || (%(third_words)s)[1 + n / 36 %% 7] || ' ' || n,
           %(summary)s || CASE n %% 20 WHEN 7 THEN ' Mockingbird.' ELSE '' END,
           (%(strands)s)[1 + n %% %(strand_count)s],
           CASE WHEN n %% 20 < 8 THEN 'submitted' WHEN n %% 20 < 10 THEN 'clarification'
                WHEN n %% 20 < 14 THEN 'declined' ELSE 'taken_forward' END,
           %(person)s, {at} - interval '2 days', %(person)s, {at}, '', true
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
    FROM generate_series(%(start)s, %(stop)s) AS n WHERE n %% 20 IN (8, 9);

    INSERT INTO bids_bid
        (id, key, chain_id, expression_id, round_id, lead_id, title, summary, strand_id,
         theory_of_change, evaluation_plan, state, opened_at, expression_submitted_at,
         withdrawn_because, submitted_at, demonstration)
    SELECT {first} + n, 'BID-' || {key}, chain_id, id, round_id, lead_id, title,
           summary, strand_id, '', '',
           (ARRAY['in_development', 'submitted', 'assessed'])[1 + n %% 3],
           submitted_at + interval '9 days', submitted_at, '',
           CASE n %% 3 WHEN 0 THEN NULL ELSE submitted_at + interval '30 days' END, true
    FROM bids_expression, LATERAL (SELECT id - {first} AS n) AS numbered
    WHERE id BETWEEN {first} + %(start)s AND {first} + %(stop)s
      AND state = 'taken_forward';
"""
_EVENTS = """
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    SELECT chain_id, 0, name, subject, %(actor)s, happened, '{{}}', tally, stage, '',
           now(), 0, '', ''
    FROM (
        SELECT chain_id, 'expression.submitted' AS name, key AS subject,
               submitted_at AS happened, '{{"expressions": 1}}'::jsonb AS tally,
               'expression.submitted' AS stage, 2 AS turn
        FROM bids_expression WHERE {range}
        UNION ALL
        SELECT chain_id, CASE state WHEN 'clarification'
                   THEN 'expression.clarification_asked'
                   ELSE 'expression.' || state END,
               key, submitted_at + interval '8 days', '{{}}', 'expression.' || state, 3
        FROM bids_expression WHERE {range} AND state <> 'submitted'
        UNION ALL
        SELECT chain_id, 'bid.opened', key, opened_at, '{{"bids_in_development": 1}}',
               'bid.in_development', 4
        FROM bids_bid WHERE {range}
        UNION ALL
        SELECT chain_id, 'bid.submitted', key, submitted_at, '{{}}', 'bid.submitted', 5
        FROM bids_bid WHERE {range} AND state <> 'in_development'
        UNION ALL
        SELECT chain_id, 'bid.assessed', key, submitted_at + interval '9 days', '{{}}',
               'bid.assessed', 6
        FROM bids_bid WHERE {range} AND state = 'assessed'
    ) AS made ORDER BY chain_id, turn;
"""
_AT = (
    "(timestamptz '2014-10-01 09:00+00' + (n * 7919 %% 547) * interval '1 day'"
    " + n %% 600 * interval '1 minute')"
)


def people() -> dict[str, User]:
    """An official, and what the reference data gives every database."""
    call_command("load_reference_data", verbosity=0)
    with recorded_changes():
        official = User.objects.create_user(
            "bench.official@example.org", name="Bench official", roles=["official"]
        )
    return {"official": official}


@recorded_changes()
def round_() -> Round:
    programme, _ = Programme.objects.get_or_create(
        slug="bench", defaults={"name": "Bench"}
    )
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
    """Cases number `start` to `stop`, led by one of bodies 1 to `leads[1]`."""
    with transaction.atomic(), connection.cursor() as cursor:
        parameters = _parameters(by) | {"leads": leads[1], "start": start, "stop": stop}
        result = leads[0], leads[1]
        cursor.execute(
            _expand_words(_LEADS), parameters | {"start": result[0], "stop": result[1]}
        )
        cursor.execute(_expand_words(_CASES), parameters)
        cursor.execute(_expand_words(_EVENTS), parameters)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _parameters(by: User) -> dict[str, Any]:
    made = Round.objects.get(name="Bench round")
    strands = list(made.strands.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT dfe_number FROM organisations_council ORDER BY 1")
        councils = [number for (number,) in cursor.fetchall()]
    first, second, third = _WORDS
    return {
        "round": made.pk,
        "strands": strands,
        "strand_count": len(strands),
        "councils": councils,
        "council_count": len(councils),
        "person": by.pk,
        "actor": by.key,
        "summary": _SUMMARY,
        "first_words": first,
        "second_words": second,
        "third_words": third,
    }


def _expand_words(statement: str) -> str:
    ids = f"id BETWEEN {FIRST} + %(start)s AND {FIRST} + %(stop)s"
    return statement.format(first=FIRST, key=_KEY, at=_AT, range=ids)
