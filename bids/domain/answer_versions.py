"""What somebody typed for an answer, version by version.

A page saves automatically every two seconds while somebody types. Of these versions the
last of every ten minutes is enough, later of every hour and day, and the last before
text was deleted. What somebody had before them when they acted on it stays as well:
they signed, commented, restored it, wrote on from another's text, or chose between it
and their own. Who only looked is not recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from bids.domain.applications import Case, owner_of
from bids.domain.queries.answer_versions import (
    last_numbers,
    live_versions,
    versions_of_answer,
)
from bids.models import AnswerVersion
from innovation.accounts.models import User
from innovation.core import limits
from innovation.core.nulls import without_nulls

RawInput = Mapping[str, Sequence[str]]
"""The texts of each field of the form, by its name."""
SHORTENED_BY = 100
"""A version that is followed by one shorter by this many characters is kept."""
_INTERVALS = (
    (limits.AUTOSAVE_LIFE, limits.AUTOSAVE_INTERVAL),
    (limits.AUTOSAVE_HOURLY_AGE, timedelta(hours=1)),
    (limits.AUTOSAVE_DAILY_AGE, timedelta(days=1)),
)
"""From which age on only the last version of how long stays."""
_LOOK_BACK = timedelta(days=20)
"""How far back a run looks: earlier runs have thinned what is older."""
_THIN = """
    WITH old AS (
        SELECT id, number, autosaved, char_length(raw_input::text) AS size, raw_input,
            expression_id, bid_id, code, page, saved_by_id, saved_at,
            floor(extract(epoch FROM saved_at) / %(stretch)s) AS stretch
        FROM bids_answerversion
        WHERE saved_at >= %(since)s AND saved_at < %(until)s AND NOT set_aside
    ), placed AS (
        SELECT *, coalesce(expression_id, -bid_id) AS case_id,
            lead(size) OVER step AS following,
            lead(saved_at) OVER answer AS replaced_at,
            lead(saved_by_id) OVER answer AS replaced_by_id
        FROM old
        WINDOW answer AS (PARTITION BY expression_id, bid_id, code ORDER BY number),
        step AS (
            PARTITION BY expression_id, bid_id, code, page, saved_by_id, stretch
            ORDER BY number
        )
    ), chosen AS MATERIALIZED (
        -- What somebody restored or decided about. A bid's id is made negative.
        SELECT coalesce(version.expression_id, -version.bid_id) AS case_id, code,
            number, raw_input, settled_at
        FROM (SELECT DISTINCT expression_id, bid_id FROM old) AS thinned
        JOIN bids_answerversion AS version
            ON version.expression_id = thinned.expression_id
            OR version.bid_id = thinned.bid_id
        WHERE page = '' OR settled_at IS NOT NULL
    ), acts AS MATERIALIZED (
        SELECT coalesce(expression_id, -bid_id) AS case_id, NULL AS code,
            signed_at AS at
        FROM bids_signature WHERE signed_at >= %(since)s
        UNION ALL
        SELECT -bid_id, code, made_at FROM bids_comment WHERE made_at >= %(since)s
        UNION ALL
        SELECT case_id, code, settled_at FROM chosen WHERE settled_at IS NOT NULL
    )
    DELETE FROM bids_answerversion AS version USING placed
    WHERE version.id = placed.id AND placed.autosaved AND placed.page <> ''
        AND placed.following > placed.size - %(shorter)s
        AND placed.replaced_by_id = placed.saved_by_id
        AND NOT EXISTS (
            SELECT FROM acts
            WHERE acts.case_id = placed.case_id
                AND coalesce(acts.code, placed.code) = placed.code
                AND acts.at >= placed.saved_at AND acts.at < placed.replaced_at
        )
        AND NOT EXISTS (
            SELECT FROM chosen
            WHERE chosen.case_id = placed.case_id AND chosen.code = placed.code
                AND chosen.settled_at IS NULL AND chosen.number > placed.number
                AND chosen.raw_input = placed.raw_input
        )
"""


def normalise(raw_input: RawInput) -> dict[str, list[str]]:
    """The form in which two inputs can be compared. Browsers may send empty fields or
    leave them out, and send a line break as two characters. Nothing else is changed,
    except that PostgreSQL cannot store NUL.
    """
    fields = {
        name: [_normalise_text(text) for text in texts]
        for name, texts in sorted(raw_input.items())
    }
    return {name: texts for name, texts in fields.items() if any(texts)}


def character_count(raw_input: RawInput) -> int:
    """The number of characters, including the names of the fields."""
    return sum(
        len(name) + sum(map(len, texts)) for name, texts in normalise(raw_input).items()
    )


def is_too_long(raw_input: RawInput) -> bool:
    """Whether this is too long to be stored, even as an answer that cannot be sent."""
    texts = [text for texts in normalise(raw_input).values() for text in texts]
    longest = max(map(len, texts), default=0)
    return (
        longest > limits.TEXT_CEILING
        or character_count(raw_input) > limits.ANSWER_CEILING
    )


def is_same(one: RawInput, other: RawInput) -> bool:
    return normalise(one) == normalise(other)


def _normalise_text(text: str) -> str:
    return without_nulls(text).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """What somebody typed for one question, and the values read from it if it is valid.

    `initial` is what the page showed while the answer had no version.
    """

    raw_input: RawInput
    initial: RawInput = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    readable: bool = True


DraftAnswers = Mapping[str, DraftAnswer]


@dataclass(frozen=True, slots=True)
class SaveContext:
    """Who saves, when, from which page, and whether the page saved automatically."""

    by: User
    at: datetime
    page: str = ""
    autosaved: bool = False


def is_repeat(case: Case, code: str, answer: DraftAnswer, page: str) -> bool:
    """Whether the page sends a text again because it got no reply the first time."""
    last = live_versions(case).filter(code=code, page=page).order_by("-number").first()
    return bool(page) and last is not None and is_same(last.raw_input, answer.raw_input)


def input_of_version(case: Case, code: str, number: int) -> RawInput:
    """The input of version `number`; of the text before the first version if 0."""
    rows = live_versions(case).filter(code=code)
    version = (
        rows.filter(number=number) if number else rows.filter(saved_by=None)
    ).first()
    return version.raw_input if version else {}


def add(
    case: Case,
    new: DraftAnswers,
    readable: set[str],
    newest: Mapping[str, AnswerVersion],
    context: SaveContext,
) -> dict[str, int]:
    """Add a version of each answer, and before its first one the text it replaces.
    Return their numbers.
    """
    rows = []
    last = last_numbers(case, new)
    for code, answer in new.items():
        number = last.get(code, 0) + 1
        if code not in newest and normalise(answer.initial):
            rows.append(_initial_version(case, code, number, answer, context))
            number += 1
        row = _new_version(case, code, number, answer, context)
        row.readable = code in readable
        rows.append(row)
    AnswerVersion.objects.bulk_create(rows)
    return {row.code: row.number for row in rows}


def set_aside(
    case: Case, answers: DraftAnswers, context: SaveContext, late: bool = False
) -> None:
    """Set each text aside once, even if the page goes on saving it automatically."""
    rows = []
    last = last_numbers(case, answers)
    for code, answer in answers.items():
        earlier_versions = versions_of_answer(case, code).filter(
            set_aside=True, saved_by=context.by, page=context.page
        )
        previous = earlier_versions.first()
        if previous is not None and is_same(previous.raw_input, answer.raw_input):
            continue
        row = _new_version(case, code, last.get(code, 0) + 1, answer, context)
        row.set_aside, row.late = True, late
        rows.append(row)
    AnswerVersion.objects.bulk_create(rows)


def thin(*, at: datetime) -> int:
    """Delete intermediate versions that pages saved automatically; return how many.
    The last text of a page stays, and so does what a user saved, what is set aside, and
    what somebody acted on.
    """
    return sum(_thin(at - age, interval) for age, interval in _INTERVALS)


def _thin(until: datetime, interval: timedelta) -> int:
    parameters: dict[str, datetime | float] = {
        "stretch": interval.total_seconds(),
        "since": until - _LOOK_BACK,
        "until": until,
        "shorter": SHORTENED_BY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_THIN, parameters)
        return int(cursor.rowcount)


def _new_version(
    case: Case, code: str, number: int, answer: DraftAnswer, context: SaveContext
) -> AnswerVersion:
    return AnswerVersion(
        **owner_of(case),
        code=code,
        number=number,
        raw_input=normalise(answer.raw_input),
        readable=answer.readable,
        saved_by=context.by,
        saved_at=context.at,
        page=context.page,
        autosaved=context.autosaved,
    )


def _initial_version(
    case: Case, code: str, number: int, answer: DraftAnswer, context: SaveContext
) -> AnswerVersion:
    """The text that the first version replaces; its writer and time are unknown."""
    row = _new_version(case, code, number, DraftAnswer(answer.initial), context)
    row.saved_by, row.saved_at = None, None
    row.page, row.autosaved = "", False
    return row
