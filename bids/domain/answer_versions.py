"""What somebody typed for an answer, kept version by version.

A page saves by itself every two seconds while somebody types: of one such page the last
version of each ten minutes is enough, and the last before something was taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from bids.domain.applications import Case
from bids.domain.queries.answer_versions import (
    last_numbers,
    live_versions,
    versions_of_answer,
)
from bids.models import AnswerVersion, Bid
from innovation.accounts.models import User
from innovation.core import limits
from innovation.core.nulls import without_nulls

RawInput = Mapping[str, Sequence[str]]
"""The texts of each field of the form, by its name."""
SHORTENED_BY = 100
"""Characters fewer than before: something was taken out, so what was there stays."""
_LOOK_BACK = 10 * limits.AUTOSAVE_LIFE
_THIN = """
    WITH old AS (
        SELECT id, number, autosaved, char_length(typed::text) AS size,
            expression_id, bid_id, code, page, saved_by_id,
            floor(extract(epoch FROM saved_at) / %(stretch)s) AS stretch
        FROM bids_answerversion
        WHERE saved_at >= %(since)s AND saved_at < %(until)s
            AND page <> '' AND NOT set_aside
    ), placed AS (
        SELECT id, autosaved, size, lead(size) OVER step AS following
        FROM old
        WINDOW step AS (
            PARTITION BY expression_id, bid_id, code, page, saved_by_id, stretch
            ORDER BY number
        )
    )
    DELETE FROM bids_answerversion USING placed
    WHERE bids_answerversion.id = placed.id AND placed.autosaved
        AND placed.following > placed.size - %(shorter)s
"""


def normalise(typed: RawInput) -> dict[str, list[str]]:
    """In the one shape in which two of them can be compared: a browser sends empty
    fields or does not, and each line break as two characters. Nothing else is
    touched; PostgreSQL keeps no NUL.
    """
    lines = {
        name: [_normalise_text(text) for text in texts]
        for name, texts in sorted(typed.items())
    }
    return {name: texts for name, texts in lines.items() if any(texts)}


def character_count(typed: RawInput) -> int:
    """In characters, with the names of the fields."""
    return sum(
        len(name) + sum(map(len, texts)) for name, texts in normalise(typed).items()
    )


def is_too_long(typed: RawInput) -> bool:
    """More than is kept of one answer, even of one that cannot be sent like this."""
    texts = [text for texts in normalise(typed).values() for text in texts]
    longest = max(map(len, texts), default=0)
    return (
        longest > limits.TEXT_CEILING or character_count(typed) > limits.ANSWER_CEILING
    )


def is_same(one: RawInput, other: RawInput) -> bool:
    return normalise(one) == normalise(other)


def _normalise_text(text: str) -> str:
    return without_nulls(text).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """What somebody typed for one question, and what it says where it can be read.

    `initial` is what the page showed while the answer had no version.
    """

    typed: RawInput
    initial: RawInput = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    readable: bool = True


DraftAnswers = Mapping[str, DraftAnswer]


@dataclass(frozen=True, slots=True)
class SaveContext:
    """Who saves, when, from which page, and whether the page did it by itself."""

    by: User
    at: datetime
    page: str = ""
    autosaved: bool = False


def is_repeat(case: Case, code: str, part: DraftAnswer, page: str) -> bool:
    """A page that never heard that its last text was kept brings it once more."""
    last = live_versions(case).filter(code=code, page=page).order_by("-number").first()
    return bool(page) and last is not None and is_same(last.typed, part.typed)


def input_of_version(case: Case, code: str, number: int) -> RawInput:
    """What a page showed that had seen `number`: with 0, what stood there before."""
    rows = live_versions(case).filter(code=code)
    found = rows.filter(number=number) if number else rows.filter(saved_by=None)
    row = found.first()
    return row.typed if row else {}


def add(
    case: Case,
    new: DraftAnswers,
    readable: set[str],
    newest: Mapping[str, AnswerVersion],
    writing: SaveContext,
) -> dict[str, int]:
    """Add a version of each answer; return their numbers."""
    rows = []
    last = last_numbers(case, new)
    for code, part in new.items():
        number = last.get(code, 0)
        if code not in newest and normalise(part.initial):
            number += 1
            rows.append(_initial_version(case, code, number, part, writing))
        read = code in readable
        rows.append(_new_version(case, code, number + 1, part, writing, readable=read))
    AnswerVersion.objects.bulk_create(rows)
    return {row.code: row.number for row in rows}


def set_aside(
    case: Case, late_parts: DraftAnswers, writing: SaveContext, late: bool = False
) -> None:
    """Once for each text: a page that goes on saving by itself repeats what it said."""
    rows = []
    last = last_numbers(case, late_parts)
    for code, part in late_parts.items():
        kept = versions_of_answer(case, code).filter(
            set_aside=True, saved_by=writing.by, page=writing.page
        )
        before = kept.first()
        if before is not None and is_same(before.typed, part.typed):
            continue
        row = _new_version(
            case, code, last.get(code, 0) + 1, part, writing, set_aside=True
        )
        row.late = late
        rows.append(row)
    AnswerVersion.objects.bulk_create(rows)


def thin(*, at: datetime) -> int:
    """How many steps were taken out. Nobody's last text is among them, nor what was
    saved by a person or is set aside.
    """
    until = at - limits.AUTOSAVE_LIFE
    parameters: dict[str, datetime | float] = {
        "stretch": limits.AUTOSAVE_INTERVAL.total_seconds(),
        "since": until - _LOOK_BACK,
        "until": until,
        "shorter": SHORTENED_BY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_THIN, parameters)
        return int(cursor.rowcount)


def _new_version(
    case: Case,
    code: str,
    number: int,
    part: DraftAnswer,
    writing: SaveContext,
    **more: bool,
) -> AnswerVersion:
    owner = {"bid": case} if isinstance(case, Bid) else {"expression": case}
    return AnswerVersion(
        **owner,
        code=code,
        number=number,
        typed=normalise(part.typed),
        saved_by=writing.by,
        saved_at=writing.at,
        page=writing.page,
        autosaved=writing.autosaved,
        **{"readable": part.readable, **more},
    )


def _initial_version(
    case: Case, code: str, number: int, part: DraftAnswer, writing: SaveContext
) -> AnswerVersion:
    """What the first version replaces. Nobody knows here who wrote it, or when."""
    row = _new_version(
        case, code, number, DraftAnswer(part.initial), writing, readable=True
    )
    row.saved_by, row.saved_at = None, None
    row.page, row.autosaved = "", False
    return row
