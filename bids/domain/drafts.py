"""Drafts in which nothing is lost and nobody overwrites anybody.

What is typed is kept as a version of its answer before anything else is decided about
it. The order under the case's lock: what differs is found, what can be read is written
down as facts and answers, and the versions are added. A text that comes after
somebody else's newer one is kept aside, and its writer is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from bids import policies
from bids.domain import bids, expressions, presence
from bids.domain.case_facts import Case
from bids.domain.queries import versions
from bids.domain.raw_input import Typed, same, size, tidy, too_long
from bids.models import AnswerVersion, Bid
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Event
from innovation.core import constraints, limits, quotas
from innovation.core.errors import Invalid, TooLate, TooMuch


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody typed for one question, and what it says where it can be read.

    `before` is what the page showed while the answer had no version.
    """

    typed: Typed
    before: Typed = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    readable: bool = True


Parts = Mapping[str, Part]
TOO_LONG = (
    f"This is too long to be saved. Use {limits.TEXT_CEILING:,} characters or fewer"
)


@dataclass(slots=True)
class Saved:
    """`numbers` of the versions the page shows from now on; codes that were
    `overtaken`; codes in which the page is `behind` what somebody else wrote, and
    changed nothing; codes that are `too_long` to be kept; what could not be read; and,
    where the case can no longer be written, why.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    overtaken: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    problems: dict[str | None, list[str]] = field(default_factory=dict)
    too_late: str = ""
    changed: list[str] = field(default_factory=list, compare=False)
    """The codes that have a new version now."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Who saves, when, from which page, and whether the page did it by itself."""

    by: User
    at: datetime
    page: str = ""
    autosaved: bool = False


@transaction.atomic
def save(
    case: Case,
    parts: Parts,
    *,
    by: User,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    page: str = "",
    autosaved: bool = False,
) -> Saved:
    """Keep what was typed, by the question's code.

    `seen` are the numbers of the versions the page showed; without it the newest are
    taken as seen. The same text twice makes no version. An event is recorded for what
    somebody saves, and none for what the page saves by itself. What is too long to be
    kept changes nothing. Raises `TooOften` or `TooMuch` where too much was saved.
    """
    case = hold(case, by)
    writing = Writing(by, at, page, autosaved)
    unkept = sorted(code for code, part in parts.items() if too_long(part.typed))
    parts = {code: part for code, part in parts.items() if code not in unkept}
    newest = versions.newest(case, parts)
    sorts = {
        code: _sort(case, code, part, newest.get(code), seen, page)
        for code, part in parts.items()
    }
    new = {code: parts[code] for code, sort in sorts.items() if sort == NEW}
    late = {code: parts[code] for code, sort in sorts.items() if sort == OVERTAKEN}
    behind = sorted(code for code, sort in sorts.items() if sort == BEHIND)
    _count(case, {**new, **late}, writing)
    saved = Saved(overtaken=sorted(late), behind=behind, too_long=unkept)
    saved.problems |= {code: [TOO_LONG] for code in unkept}
    try:
        require_writable(case)
    except TooLate as refused:
        _set_aside(case, new | late, writing, late=True)
        return Saved(too_late=refused.sentence, too_long=unkept)
    readable = _write(case, new, saved, writing)
    _add(case, new, readable, newest, writing)
    _set_aside(case, late, writing)
    saved.changed = sorted(new)
    saved.numbers = {
        code: (seen or {}).get(code, 0) if code in {*behind, *late} else row.number
        for code, row in versions.newest(case, parts).items()
    }
    if not autosaved:
        _record(case, set(new), writing)
    return saved


def _count(case: Case, kept: Parts, writing: Writing) -> None:
    amount = sum(size(part.typed) for part in kept.values())
    if not amount:
        return
    if not quotas.spend(
        "versions of a case",
        case.chain_id,
        amount=amount,
        most=limits.VERSION_BYTES_OF_CASE,
        window=limits.CASE_WINDOW,
        at=writing.at,
    ):
        raise TooMuch(
            "This draft is full, because you have saved too many versions of it. Send "
            "it, or copy it into a new one."
        )
    quotas.require(
        "drafts",
        writing.by.pk,
        amount=amount,
        most=limits.DRAFT_BYTES_A_PERSON,
        window=limits.DRAFT_WINDOW,
        at=writing.at,
        refusal="You have saved too much in the last hour, so we could not save this "
        "yet. Keep this page open.",
    )


@transaction.atomic
def autosave(
    case: Case,
    parts: Parts,
    *,
    section: str,
    seen: Mapping[str, int] | None,
    page: str,
    by: User,
    at: datetime,
) -> Saved:
    """What a page does by itself while it is open: saves, and says who is there."""
    saved = save(case, parts, seen=seen, page=page, autosaved=True, by=by, at=at)
    presence.note(case, section=section, by=by, at=at)
    return saved


@transaction.atomic
def choose(
    case: Case, parts: Parts, *, seen: Mapping[str, int], by: User, at: datetime
) -> Saved:
    """Settle what came too late: `parts` are the texts chosen, for every code of
    `seen`. A text that is already the newest is left as it is.
    """
    case = hold(case, by)
    waiting = case.versions.filter(
        set_aside=True, settled_at=None, saved_by=by, code__in=list(seen)
    )
    waiting.update(settled_at=at)
    return save(case, parts, seen=seen, by=by, at=at)


def hold(case: Case, writer: User) -> Case:
    """The row, held until the transaction ends, for somebody who may write in it."""
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


def _sort(
    case: Case,
    code: str,
    part: Part,
    newest: AnswerVersion | None,
    seen: Mapping[str, int] | None,
    page: str,
) -> str:
    """Whether this person changed the answer, and whether somebody else did since."""
    if newest is None:
        return SAME if same(part.typed, part.before) else NEW
    if same(part.typed, newest.typed):
        return SAME
    number = newest.number if seen is None else seen.get(code, 0)
    since = versions.live(case).filter(code=code, number__gt=number)
    # An answer of the server that never arrived leaves a page behind its own saving.
    if not (since.exclude(page=page) if page else since).exists():
        return NEW
    base = _shown(case, code, number)
    if same(part.typed, base) or _repeated(case, code, part, page):
        return BEHIND
    return NEW if same(newest.typed, base) else OVERTAKEN


def _repeated(case: Case, code: str, part: Part, page: str) -> bool:
    """A page that never heard that its last text was kept brings it once more."""
    last = versions.live(case).filter(code=code, page=page).order_by("-number").first()
    return bool(page) and last is not None and same(last.typed, part.typed)


def _shown(case: Case, code: str, number: int) -> Typed:
    """What a page showed that had seen `number`: with 0, what stood there before."""
    rows = versions.live(case).filter(code=code)
    found = rows.filter(number=number) if number else rows.filter(saved_by=None)
    row = found.first()
    return row.typed if row else {}


def _write(case: Case, new: Parts, saved: Saved, writing: Writing) -> set[str]:
    """Write facts and answers; the codes that could be read. Each answer by itself,
    so that one that is refused does not keep the others from being written.
    """
    read = set()
    for code, part in new.items():
        if not part.readable:
            continue
        try:
            with transaction.atomic():
                _write_down(case, part, writing)
        except Invalid as wrong:
            saved.problems |= wrong.problems
        except IntegrityError as broken:
            saved.problems |= _explained(broken, code)
        else:
            read.add(code)
    return read


def _write_down(case: Case, part: Part, writing: Writing) -> None:
    if isinstance(case, Bid):
        save: Callable[..., Any] = bids.save
    else:
        save = expressions.save
    said = {"facts": part.facts, "answers": part.answers}
    save(case, **said, by=writing.by, at=writing.at, quietly=True)


def _explained(broken: IntegrityError, code: str) -> Mapping[str | None, list[str]]:
    found = constraints.explain(broken)
    if found is None:
        raise broken
    return found.problems


def _add(
    case: Case,
    new: Parts,
    readable: set[str],
    newest: Mapping[str, AnswerVersion],
    writing: Writing,
) -> None:
    rows = []
    last = versions.last_numbers(case, new)
    for code, part in new.items():
        number = last.get(code, 0)
        if code not in newest and tidy(part.before):
            number += 1
            rows.append(_before(case, code, number, part, writing))
        read = code in readable
        rows.append(_row(case, code, number + 1, part, writing, readable=read))
    AnswerVersion.objects.bulk_create(rows)


def _set_aside(
    case: Case, late_parts: Parts, writing: Writing, late: bool = False
) -> None:
    """Once for each text: a page that goes on saving by itself repeats what it said."""
    rows = []
    last = versions.last_numbers(case, late_parts)
    for code, part in late_parts.items():
        kept = versions.of_answer(case, code).filter(
            set_aside=True, saved_by=writing.by, page=writing.page
        )
        before = kept.first()
        if before is not None and same(before.typed, part.typed):
            continue
        row = _row(case, code, last.get(code, 0) + 1, part, writing, set_aside=True)
        row.late = late
        rows.append(row)
    AnswerVersion.objects.bulk_create(rows)


def _row(
    case: Case, code: str, number: int, part: Part, writing: Writing, **more: bool
) -> AnswerVersion:
    owner = {"bid": case} if isinstance(case, Bid) else {"expression": case}
    return AnswerVersion(
        **owner,
        code=code,
        number=number,
        typed=tidy(part.typed),
        saved_by=writing.by,
        saved_at=writing.at,
        page=writing.page,
        autosaved=writing.autosaved,
        **{"readable": part.readable, **more},
    )


def _before(
    case: Case, code: str, number: int, part: Part, writing: Writing
) -> AnswerVersion:
    """What the first version replaces. Nobody knows here who wrote it, or when."""
    row = _row(case, code, number, Part(part.before), writing, readable=True)
    row.saved_by, row.saved_at = None, None
    row.page, row.autosaved = "", False
    return row


def _record(case: Case, changed: set[str], writing: Writing) -> None:
    """One event for all that was typed since this person's last one."""
    noun = "bid" if isinstance(case, Bid) else "expression"
    name = f"{noun}.saved"
    told = Event.objects.filter(
        chain=case.chain, name=name, actor=writing.by.key
    ).order_by("-seq")
    autosaved = versions.live(case).filter(autosaved=True, saved_by=writing.by)
    moment = told.values_list("at", flat=True).first()
    if moment is not None:
        autosaved = autosaved.filter(saved_at__gt=moment)
    changed |= set(autosaved.values_list("code", flat=True).distinct())
    if changed:
        events.record(
            case.chain,
            name,
            subject=case.key,
            by=writing.by,
            at=writing.at,
            data={"changed": sorted(changed)},
            stage=f"{noun}.{case.state}",
        )
