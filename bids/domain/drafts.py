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
    applications,
    bids,
    expressions,
    presence,
    signatures,
)
from bids.domain import answers as answers_
from bids.domain.answer_versions import (
    DraftAnswer,
    DraftAnswers,
    SaveContext,
    character_count,
    is_same,
    is_too_long,
)
from bids.domain.applications import Case
from bids.domain.queries.answer_versions import (
    has_version_of_others,
    live_versions,
    newest_versions,
)
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
    answers: DraftAnswers,
    *,
    by: User,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    page: str = "",
    autosaved: bool = False,
    warned_of: str | None = None,
) -> SaveResult:
    """Save what was typed, by the question's code.

    `seen` are the numbers of the versions that the page showed; by default the newest.
    An unchanged text makes no version. An event is recorded when somebody saves, but
    not for automatic saves. A text that is too long is not saved. Raise `TooOften` or
    `TooMuch` if too much was saved, and `SignatureStands`, having saved nothing, if it
    would end another signature than that with the key `warned_of`.
    """
    case = lock_for_writing(case, by)
    context = SaveContext(by, at, page, autosaved)
    too_long = sorted(
        code for code, text in answers.items() if is_too_long(text.raw_input)
    )
    answers = {code: text for code, text in answers.items() if code not in too_long}
    newest = newest_versions(case, answers)
    changes = {
        code: _classify(case, code, text, newest.get(code), seen, page)
        for code, text in answers.items()
    }
    if not autosaved:
        changes |= _newly_valid(answers, newest, changes)
    new = {code: answers[code] for code, change in changes.items() if change == NEW}
    overtaken = {
        code: answers[code] for code, change in changes.items() if change == OVERTAKEN
    }
    behind = sorted(code for code, change in changes.items() if change == BEHIND)
    _spend_quota(case, new | overtaken, context)
    result = SaveResult(overtaken=sorted(overtaken), behind=behind, too_long=too_long)
    result.problems |= {code: [TOO_LONG_MESSAGE] for code in too_long}
    try:
        require_writable(case)
    except TooLate as refused:
        answer_versions.set_aside(case, new | overtaken, context, late=True)
        return SaveResult(too_late=refused.sentence, too_long=too_long)
    if warned_of is not None and any(answer.readable for answer in new.values()):
        signatures.require_warned(case, warned_of)
    readable = _write_answers(case, new, result, context)
    numbers = answer_versions.add(case, new, readable, newest, context)
    answer_versions.set_aside(case, overtaken, context)
    result.changed = sorted(new)
    unsaved = {code: (seen or {}).get(code, 0) for code in (*behind, *overtaken)}
    newest_numbers = {code: row.number for code, row in newest.items()}
    result.numbers = newest_numbers | unsaved | numbers
    if not autosaved:
        _record_saved(case, set(new), context)
    return result


def _spend_quota(case: Case, answers: DraftAnswers, context: SaveContext) -> None:
    amount = sum(character_count(answer.raw_input) for answer in answers.values())
    if not amount:
        return
    if not quotas.try_consume(
        "versions of a case",
        case.chain_id,
        amount=amount,
        limit=limits.VERSION_BYTES_OF_CASE,
        window=limits.CASE_WINDOW,
        at=context.at,
    ):
        raise TooMuch(
            "This draft is full, because you have saved too many versions of it. Send "
            "it, or copy it into a new one."
        )
    quotas.consume(
        "drafts",
        context.by.pk,
        amount=amount,
        limit=limits.DRAFT_BYTES_A_PERSON,
        window=limits.DRAFT_WINDOW,
        at=context.at,
        refusal="You have saved too much in the last hour, so we could not save this "
        "yet. Keep this page open.",
    )


@transaction.atomic
def autosave(
    case: Case,
    answers: DraftAnswers,
    *,
    section: str,
    seen: Mapping[str, int] | None,
    page: str,
    by: User,
    at: datetime,
    warned_of: str | None = None,
) -> SaveResult:
    """Save automatically while a page is open, and record the user's presence."""
    result = save(
        case,
        answers,
        seen=seen,
        page=page,
        autosaved=True,
        warned_of=warned_of,
        by=by,
        at=at,
    )
    presence.record_presence(case, section=section, by=by, at=at)
    return result


@transaction.atomic
def settle_overtaken(
    case: Case,
    answers: DraftAnswers,
    *,
    seen: Mapping[str, int],
    by: User,
    at: datetime,
) -> SaveResult:
    """Resolve the overtaken texts of the codes in `seen`, and save the chosen ones. A
    text that is already the newest is not saved again.
    """
    case = lock_for_writing(case, by)
    overtaken = case.versions.filter(
        set_aside=True, settled_at=None, saved_by=by, code__in=list(seen)
    )
    overtaken.update(settled_at=at)
    return save(case, answers, seen=seen, by=by, at=at)


def lock_for_writing(case: Case, writer: User) -> Case:
    """Lock the case until the transaction ends, for a user who may edit it."""
    if isinstance(case, Bid):
        bid = bids.lock(case)
        bids.require_writer(bid, writer)
        return bid
    expression = expressions.lock(case)
    policies.require_write(writer, expression)
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
    answer: DraftAnswer,
    newest: AnswerVersion | None,
    seen: Mapping[str, int] | None,
    page: str,
) -> str:
    """Whether the user has changed the answer, and whether somebody else has since."""
    if newest is None:
        return SAME if is_same(answer.raw_input, answer.initial) else NEW
    if is_same(answer.raw_input, newest.raw_input):
        return SAME
    number = newest.number if seen is None else seen.get(code, 0)
    if newest.number <= number or not has_version_of_others(case, code, number, page):
        return NEW
    base = answer_versions.input_of_version(case, code, number)
    if is_same(answer.raw_input, base) or answer_versions.is_repeat(
        case, code, answer, page
    ):
        return BEHIND
    return NEW if is_same(newest.raw_input, base) else OVERTAKEN


def _newly_valid(
    answers: DraftAnswers,
    newest: Mapping[str, AnswerVersion],
    changes: Mapping[str, str],
) -> dict[str, str]:
    """The unchanged answers that were invalid and are not any more, because what they
    name has been registered meanwhile. They are saved like new ones, but not
    automatically: one that the domain refuses would be tried again and again.
    """
    return {
        code: NEW
        for code, change in changes.items()
        if change == SAME
        and code in newest
        and answers[code].readable
        and not newest[code].readable
    }


def _write_answers(
    case: Case, new: DraftAnswers, result: SaveResult, context: SaveContext
) -> set[str]:
    """Save facts and answers; return the valid codes. Each answer is saved on its own,
    so that one that is refused does not block the others.
    """
    valid, changed = set(), False
    for code, answer in new.items():
        if not answer.readable:
            continue
        try:
            with transaction.atomic():
                changed |= bool(applications.change(case, answer.facts))
                changed |= bool(answers_.save(case, answer.answers, at=context.at))
        except Invalid as wrong:
            result.problems |= wrong.problems
        except IntegrityError as error:
            result.problems |= _constraint_problems(error)
            # It still has the value that the database refused.
            case.refresh_from_db()
        else:
            valid.add(code)
    if changed:
        signatures.end(case, by=context.by, at=context.at)
    return valid


def _constraint_problems(error: IntegrityError) -> Mapping[str | None, list[str]]:
    explanation = constraints.explain(error)
    if explanation is None:
        raise error
    return explanation.problems


def _record_saved(case: Case, changed: set[str], context: SaveContext) -> None:
    """Record one event for everything the user has saved since their last event."""
    name = BidsEvent.BID_SAVED if isinstance(case, Bid) else BidsEvent.EXPRESSION_SAVED
    recorded = Event.objects.filter(
        chain=case.chain, name=name, actor=context.by.key
    ).order_by("-seq")
    autosaved = live_versions(case).filter(autosaved=True, saved_by=context.by)
    last_recorded_at = recorded.values_list("at", flat=True).first()
    if last_recorded_at is not None:
        autosaved = autosaved.filter(saved_at__gt=last_recorded_at)
    changed |= set(autosaved.order_by().values_list("code", flat=True).distinct())
    if changed:
        events.record(
            name,
            case,
            by=context.by,
            at=context.at,
            data={"changed": sorted(changed)},
        )
