"""Saves drafts, without losing text or overwriting somebody else's.

What is typed is saved as a version of its answer, even if it is invalid. Under the
case's lock, the changed answers are found, the valid ones are saved as facts and
answers, and the versions are added. A text that was written before somebody else's
newer one was seen is set aside, and its writer is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from bids import policies
from bids.domain import (
    answer_versions,
    answers,
    applications,
    bids,
    expressions,
    presence,
    signatures,
)
from bids.domain.answer_versions import (
    DraftAnswer,
    DraftAnswers,
    SaveContext,
    character_count,
    is_same,
    is_too_long,
)
from bids.domain.applications import Case
from bids.domain.queries.answer_versions import live_versions, newest_versions
from bids.events import BidsEvent
from bids.models import AnswerVersion, Bid
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core import constraints, limits, quotas
from innovation.core.errors import Invalid, TooLate, TooMuch

TOO_LONG_MESSAGE = (
    f"This is too long to be saved. Use {limits.TEXT_CEILING:,} characters or fewer"
)


@dataclass(slots=True)
class SaveResult:
    """`numbers` of the versions that the page now shows; codes that were `overtaken`;
    codes in which the page is `behind` somebody else's version and has changed nothing;
    codes that are `too_long`; the invalid ones; and the reason if the case can no
    longer be edited.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    overtaken: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    problems: dict[str | None, list[str]] = field(default_factory=dict)
    too_late: str = ""
    changed: list[str] = field(default_factory=list, compare=False)
    """The codes that have a new version."""


@transaction.atomic
def save(
    case: Case,
    parts: DraftAnswers,
    *,
    by: User,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    page: str = "",
    autosaved: bool = False,
) -> SaveResult:
    """Save what was typed, by the question's code.

    `seen` are the numbers of the versions that the page showed; by default the newest.
    An unchanged text makes no version. An event is recorded when somebody saves, but
    not for automatic saves. A text that is too long is not saved. Raise `TooOften` or
    `TooMuch` if too much was saved.
    """
    case = lock_for_writing(case, by)
    writing = SaveContext(by, at, page, autosaved)
    unkept = sorted(code for code, part in parts.items() if is_too_long(part.typed))
    parts = {code: part for code, part in parts.items() if code not in unkept}
    newest = newest_versions(case, parts)
    sorts = {
        code: _classify(case, code, part, newest.get(code), seen, page)
        for code, part in parts.items()
    }
    new = {code: parts[code] for code, sort in sorts.items() if sort == NEW}
    late = {code: parts[code] for code, sort in sorts.items() if sort == OVERTAKEN}
    behind = sorted(code for code, sort in sorts.items() if sort == BEHIND)
    _spend_quota(case, {**new, **late}, writing)
    saved = SaveResult(overtaken=sorted(late), behind=behind, too_long=unkept)
    saved.problems |= {code: [TOO_LONG_MESSAGE] for code in unkept}
    try:
        require_writable(case)
    except TooLate as refused:
        answer_versions.set_aside(case, new | late, writing, late=True)
        return SaveResult(too_late=refused.sentence, too_long=unkept)
    readable = _write_answers(case, new, saved, writing)
    numbers = answer_versions.add(case, new, readable, newest, writing)
    answer_versions.set_aside(case, late, writing)
    saved.changed = sorted(new)
    unsaved = {code: (seen or {}).get(code, 0) for code in (*behind, *late)}
    newest_numbers = {code: row.number for code, row in newest.items()}
    saved.numbers = newest_numbers | unsaved | numbers
    if not autosaved:
        _record_saved(case, set(new), writing)
    return saved


def _spend_quota(case: Case, parts: DraftAnswers, writing: SaveContext) -> None:
    amount = sum(character_count(part.typed) for part in parts.values())
    if not amount:
        return
    if not quotas.try_consume(
        "versions of a case",
        case.chain_id,
        amount=amount,
        limit=limits.VERSION_BYTES_OF_CASE,
        window=limits.CASE_WINDOW,
        at=writing.at,
    ):
        raise TooMuch(
            "This draft is full, because you have saved too many versions of it. Send "
            "it, or copy it into a new one."
        )
    quotas.consume(
        "drafts",
        writing.by.pk,
        amount=amount,
        limit=limits.DRAFT_BYTES_A_PERSON,
        window=limits.DRAFT_WINDOW,
        at=writing.at,
        refusal="You have saved too much in the last hour, so we could not save this "
        "yet. Keep this page open.",
    )


@transaction.atomic
def autosave(
    case: Case,
    parts: DraftAnswers,
    *,
    section: str,
    seen: Mapping[str, int] | None,
    page: str,
    by: User,
    at: datetime,
) -> SaveResult:
    """Save automatically while a page is open, and record the user's presence."""
    saved = save(case, parts, seen=seen, page=page, autosaved=True, by=by, at=at)
    presence.record_presence(case, section=section, by=by, at=at)
    return saved


@transaction.atomic
def settle_overtaken(
    case: Case, parts: DraftAnswers, *, seen: Mapping[str, int], by: User, at: datetime
) -> SaveResult:
    """Resolve overtaken texts: `parts` are the chosen texts, for every code of `seen`.
    A text that is already the newest is not saved again.
    """
    case = lock_for_writing(case, by)
    waiting = case.versions.filter(
        set_aside=True, settled_at=None, saved_by=by, code__in=list(seen)
    )
    waiting.update(settled_at=at)
    return save(case, parts, seen=seen, by=by, at=at)


def lock_for_writing(case: Case, writer: User) -> Case:
    """Lock the case until the transaction ends, for a user who may edit it."""
    if isinstance(case, Bid):
        bid = bids.lock(case)
        bids.require_writer(bid, writer)
        return bid
    expression = expressions.lock(case)
    policies.require_edit(writer, expression.lead)
    return expression


def require_writable(case: Case) -> None:
    if isinstance(case, Bid):
        bids.require_writable(case)
    else:
        expressions.require_draft(case)


SAME, NEW, BEHIND, OVERTAKEN = "same", "new", "behind", "overtaken"


def _classify(
    case: Case,
    code: str,
    part: DraftAnswer,
    newest: AnswerVersion | None,
    seen: Mapping[str, int] | None,
    page: str,
) -> str:
    """Whether the user has changed the answer, and whether somebody else has since."""
    if newest is None:
        return SAME if is_same(part.typed, part.initial) else NEW
    if is_same(part.typed, newest.typed):
        return SAME
    number = newest.number if seen is None else seen.get(code, 0)
    since = live_versions(case).filter(code=code, number__gt=number)
    # An answer of the server that never arrived leaves a page behind its own saving.
    if not (since.exclude(page=page) if page else since).exists():
        return NEW
    base = answer_versions.input_of_version(case, code, number)
    if is_same(part.typed, base) or answer_versions.is_repeat(case, code, part, page):
        return BEHIND
    return NEW if is_same(newest.typed, base) else OVERTAKEN


def _write_answers(
    case: Case, new: DraftAnswers, saved: SaveResult, writing: SaveContext
) -> set[str]:
    """Save facts and answers; return the valid codes. Each answer is saved on its own,
    so that one that is refused does not block the others.
    """
    read, changed = set(), False
    for code, part in new.items():
        if not part.readable:
            continue
        try:
            with transaction.atomic():
                changed |= bool(applications.change(case, part.facts))
                changed |= bool(answers.save(case, part.answers, at=writing.at))
        except Invalid as wrong:
            saved.problems |= wrong.problems
        except IntegrityError as broken:
            saved.problems |= _constraint_problems(broken, code)
            case.refresh_from_db()
        else:
            read.add(code)
    if changed:
        signatures.end(case, by=writing.by, at=writing.at)
    return read


def _constraint_problems(
    broken: IntegrityError, code: str
) -> Mapping[str | None, list[str]]:
    explanation = constraints.explain(broken)
    if explanation is None:
        raise broken
    return explanation.problems


def _record_saved(case: Case, changed: set[str], writing: SaveContext) -> None:
    """One event for all that was typed since this person's last one."""
    name = BidsEvent.BID_SAVED if isinstance(case, Bid) else BidsEvent.EXPRESSION_SAVED
    told = Event.objects.filter(
        chain=case.chain, name=name, actor=writing.by.key
    ).order_by("-seq")
    autosaved = live_versions(case).filter(autosaved=True, saved_by=writing.by)
    moment = told.values_list("at", flat=True).first()
    if moment is not None:
        autosaved = autosaved.filter(saved_at__gt=moment)
    changed |= set(autosaved.values_list("code", flat=True).distinct())
    if changed:
        events.record(
            name,
            case,
            by=writing.by,
            at=writing.at,
            data={"changed": sorted(changed)},
        )
