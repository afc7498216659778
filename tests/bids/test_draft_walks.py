"""Random sequences of actions of three people of two organisations on their drafts: no
answer is lost, no rule is broken, and nobody sees another organisation's case.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from bids import policies
from bids.domain import applications, drafts, expressions, sign_off, signatures
from bids.domain.answer_versions import DraftAnswer
from bids.domain.drafts import SaveResult
from bids.domain.queries import answer_versions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import Standing, User
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.errors import DomainError, Invalid, NotAllowed, TooLate
from tests.dates import MOMENT, moment_after
from tests.drives import drive
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
TEXTS = ["", "One", "Two", "Three\nlines\nlong"]
CODES = ["title", "summary"]


class Page:
    """What somebody has open: the texts it shows, and the versions they are."""

    def __init__(self, draft: Expression, number: int) -> None:
        self.draft = draft
        self.token = f"page {number}"
        newest = answer_versions.newest_versions(draft, CODES)
        expression = Expression.objects.get(pk=draft.pk)
        self.before = {"title": expression.title, "summary": expression.summary}
        self.seen = {code: row.number for code, row in newest.items()}
        self.texts = {
            code: newest[code].raw_input.get(code, [""])[0]
            if code in newest
            else self.before[code]
            for code in CODES
        }

    def parts(self) -> dict[str, DraftAnswer]:
        return {
            code: DraftAnswer(
                {code: [text]},
                initial={code: [self.before[code]]},
                facts={code: text},
                readable=text != TEXTS[3] or code != "title",
            )
            for code, text in self.texts.items()
        }


class Walk:
    """Two drafts; two people write in the first and one of them may sign it; the third
    writes and signs in the second.
    """

    def __init__(self) -> None:
        self.moves = 0
        self.theirs, self.other = (cases.draft(complete=False) for _ in range(2))
        signs = Standing.AUTHORISER
        one = users.applicant(self.theirs.lead, signs)
        two = users.applicant(self.theirs.lead)
        self.people = [one, two, users.applicant(self.other.lead, signs)]
        self.pages: dict[tuple[int, int], Page] = {}
        self.saved_texts: list[tuple[int, str, str]] = []
        """Every text that somebody saved and was not refused, by draft."""

    def draft(self, who: int, foreign: bool) -> Expression:
        return self.other if (who == 2) != foreign else self.theirs

    def page(self, who: int, foreign: bool) -> Page:
        draft = self.draft(who, foreign)
        return self.pages.setdefault((who, draft.pk), Page(draft, self.moves))

    def open(self, who: int, foreign: bool, code: str, text: str) -> None:
        self.pages.pop((who, self.draft(who, foreign).pk), None)
        self.page(who, foreign)

    def edit(self, who: int, foreign: bool, code: str, text: str) -> None:
        self.page(who, foreign).texts[code] = text

    def save(self, who: int, foreign: bool, code: str, text: str) -> None:
        self._save(who, foreign, autosaved=False)

    def autosave(self, who: int, foreign: bool, code: str, text: str) -> None:
        self._save(who, foreign, autosaved=True)

    def _save(self, who: int, foreign: bool, autosaved: bool) -> None:
        page, by = self.page(who, foreign), self.people[who]
        current = current_versions(page.draft)
        result = drafts.save(
            page.draft,
            page.parts(),
            seen=page.seen,
            page=page.token,
            autosaved=autosaved,
            by=by,
            at=moment_after(seconds=self.moves),
        )
        self.saved_texts += [(page.draft.pk, c, t) for c, t in page.texts.items() if t]
        assert_unwritten(page.draft, result, current)
        page.seen = result.numbers or page.seen

    def choose(self, who: int, foreign: bool, code: str, text: str) -> None:
        draft, by = self.draft(who, foreign), self.people[who]
        overtaken = answer_versions.overtaken_versions(draft, by)
        newest = answer_versions.newest_versions(draft, overtaken)
        page = self.page(who, foreign)
        chosen_parts = page.parts() if text else {}
        drafts.settle_overtaken(
            draft,
            {c: chosen_parts[c] for c in overtaken if c in chosen_parts},
            seen={c: newest[c].number if c in newest else 0 for c in overtaken},
            by=by,
            at=moment_after(seconds=self.moves),
        )
        if not is_draft(draft):
            return
        assert set(answer_versions.overtaken_versions(draft, by)) <= set(overtaken)

    def sign(self, who: int, foreign: bool, code: str, text: str) -> None:
        draft, by = self.draft(who, foreign), self.people[who]
        complete(draft, by)
        sign_off.sign(draft, by=by, at=moment_after(seconds=self.moves))

    def submit(self, who: int, foreign: bool, code: str, text: str) -> None:
        draft, by = self.draft(who, foreign), self.people[who]
        complete(draft, by)
        expressions.submit(draft, by=by, at=moment_after(seconds=self.moves))
        signature = draft.signatures.get(ended_at=None)
        assert signature.signed_by in (self.people[0], self.people[2])
        assert not codes_saved_since(draft, signature.signed_at)

    def withdraw(self, who: int, foreign: bool, code: str, text: str) -> None:
        draft = self.draft(who, foreign)
        expressions.withdraw(draft, by=self.people[who], at=MOMENT)


def current_versions(draft: Expression) -> dict[str, AnswerVersion]:
    return answer_versions.newest_versions(draft, CODES)


def codes_saved_since(draft: Expression, moment: datetime) -> list[str]:
    rows = current_versions(draft).values()
    return [row.code for row in rows if row.saved_at and row.saved_at > moment]


def is_draft(draft: Expression) -> bool:
    return Expression.objects.get(pk=draft.pk).state == "draft"


def assert_unwritten(
    draft: Expression, result: SaveResult, current: dict[str, AnswerVersion]
) -> None:
    """What was overtaken, or came after the sending, changed nothing."""
    now = current_versions(draft)
    unsaved_codes = CODES if result.too_late else [*result.overtaken, *result.behind]
    assert all(now.get(code) == current.get(code) for code in unsaved_codes)


def complete(draft: Expression, by: User) -> None:
    facts: dict[str, Any] = cases.complete_facts(draft.round)
    facts.pop("summary")
    with transaction.atomic():
        locked = drafts.lock_for_writing(draft, by)
        drafts.require_writable(locked)
        if applications.change(locked, facts):
            signatures.end(locked, by=by, at=MOMENT)


MOVES: dict[str, Callable[..., None]] = {
    "open": Walk.open,
    "edit": Walk.edit,
    "save": Walk.save,
    "autosave": Walk.autosave,
    "choose": Walk.choose,
    "sign": Walk.sign,
    "submit": Walk.submit,
    "withdraw": Walk.withdraw,
}
WEIGHTED_MOVES = ["edit", "save"] * 4 + ["autosave", "open", "choose"] * 2
STEPS = st.tuples(
    st.sampled_from([*WEIGHTED_MOVES, "sign", "sign", "submit", "withdraw"]),
    st.integers(0, 2),
    st.integers(0, 9).map(lambda n: n == 9),
    st.sampled_from(CODES),
    st.sampled_from(TEXTS),
)


@drive(8, all=30)
@given(st.lists(STEPS, min_size=4, max_size=25))
def test_no_answer_is_lost_no_rule_broken_and_no_foreign_case_seen(
    steps: list[tuple[str, int, bool, str, str]],
) -> None:
    with transaction.atomic():
        walk = Walk()
        for step in steps:
            take_step(walk, *step)
            assert_nothing_lost(walk)
            assert_nothing_foreign(walk)
        assert first_fault() is None
        transaction.set_rollback(True)


def take_step(
    walk: Walk, move: str, who: int, foreign: bool, code: str, text: str
) -> None:
    """It is done, or refused for a reason that holds."""
    walk.moves += 1
    draft = walk.draft(who, foreign)
    before = Event.objects.filter(chain=draft.chain).count()
    was_sent = not is_draft(draft)
    refusal: DomainError | None = None
    try:
        with transaction.atomic():
            MOVES[move](walk, who, foreign, code, text)
    except DomainError as refused:
        refusal = refused
    acts = move not in {"open", "edit"}
    if foreign and acts:
        assert isinstance(refusal, NotAllowed), (move, refusal)
    if refusal is None:
        return
    assert Event.objects.filter(chain=draft.chain).count() == before
    if isinstance(refusal, TooLate):
        assert was_sent or move == "sign"
    if isinstance(refusal, Invalid):
        assert move in {"sign", "submit"}
    if isinstance(refusal, NotAllowed) and not foreign:
        assert (move, who) == ("sign", 1)


def assert_nothing_lost(walk: Walk) -> None:
    """Every text saved is among the versions, numbered without a gap; and what counts
    is what the draft says.
    """
    for pk, code, text in walk.saved_texts:
        first = Expression.objects.get(pk=pk)
        versions = AnswerVersion.objects.filter(
            expression=pk, code=code, raw_input={code: [text]}
        )
        assert versions.exists() or getattr(first, code) == text, (code, text)
    for draft in (walk.theirs, walk.other):
        expression = Expression.objects.get(pk=draft.pk)
        for code, row in current_versions(draft).items():
            text = row.raw_input.get(code, [""])[0]
            assert not row.readable or getattr(expression, code) == text.strip()
            rows = AnswerVersion.objects.filter(expression=draft, code=code)
            numbers = rows.order_by("number").values_list("number", flat=True)
            assert [*numbers] == [*range(1, len(numbers) + 1)]


def assert_nothing_foreign(walk: Walk) -> None:
    for who, person in enumerate(walk.people):
        own = walk.draft(who, foreign=False)
        assert [*policies.own_expressions(person)] == [own]
        rows = AnswerVersion.objects.filter(saved_by=person)
        assert set(rows.values_list("expression", flat=True)) <= {own.pk}
