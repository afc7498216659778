"""The administrator's pages for editing, previewing and publishing questions."""

import contextlib
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import question_sets, sections
from bids.models import Question, QuestionSet
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT
from tests.drives import drive
from tests.edit_forms import post_edit
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
NEW = {
    "code": "need",
    "section": "Need",
    "wording": "What is the need?",
    "kind": "long_text",
    "required": True,
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(users.administrator())
    return client


def begin_question_set(stage: str = "expression") -> QuestionSet:
    """The standard questions, being written."""
    return question_sets.begin(
        cases.round_(), stage=stage, by=users.administrator(), at=MOMENT
    )


def codes(question_set: QuestionSet) -> list[str]:
    return list(question_set.questions.values_list("code", flat=True))


def post(client: Client, page: str, *parts: str, **data: Any) -> str:
    response = client.post(reverse(f"bids:{page}", args=parts), data)
    assert response.status_code == 302, response.content.decode()[:3000]
    return str(response["Location"])


def test_an_administrator_adds_changes_and_orders_questions(admin: Client) -> None:
    question_set = begin_question_set()
    add = {**NEW, "required": "on", "section": "Why it is new"}
    post(admin, "manage-question-add", question_set.key, **add)
    assert codes(question_set)[8:11] == ["new", "known", "need"]
    changes = reverse("bids:manage-question-change", args=[question_set.key, "need"])
    assert "What is the need?" in admin.get(changes).content.decode()
    changed = {
        **add,
        "wording": "Who needs it?",
        "kind": "one_choice",
        "choices": "Babies\nTeenagers\n",
        "shown_only_if": "match=Yes",
        "section": "Money",
        "criterion": str(question_set.round.criteria.get(name="Impact").pk),
    }
    answer = post_edit(admin, changes, changed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    question = question_set.questions.get(code="need")
    assert question.choices == ["Babies", "Teenagers"]
    assert question.shown_only_if == {"code": "match", "answer": "Yes"}
    assert question.criterion is not None
    assert question.criterion.name == "Impact"
    post(admin, "manage-question-move", question_set.key, question="known", to="up")
    assert codes(question_set)[8:10] == ["known", "new"]
    post(admin, "manage-section-move", question_set.key, section="the-idea", to="up")
    assert codes(question_set)[:4] == ["title", "summary", "partners", "councils"]
    post(admin, "manage-section-move", question_set.key, section="the-idea", to="up")
    assert codes(question_set)[:2] == ["title", "summary"]
    page = admin.get(
        reverse("bids:manage-questions", args=[question_set.key])
    ).content.decode()
    for words in (
        "Shown only if “Will you have other funding?” is answered “Yes”.",
        "Serves “Impact”.",
        "Move down",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": "Need More"}, "code"),
        ({"code": "a__b"}, "code"),
        ({"code": "seen"}, "code"),
        ({"code": "about_no_child"}, "code"),
        ({"kind": "costs"}, "kind"),
        ({"kind": "one_choice"}, "choices"),
        ({"kind": "one_choice", "choices": ["A", "A"]}, "choices"),
        ({"kind": "date", "word_limit": 5}, "word_limit"),
        ({"shown_only_if": {"code": "match", "answer": "Maybe"}}, "shown_only_if"),
        ({"shown_only_if": {"code": "nobody", "answer": "Yes"}}, "shown_only_if"),
    ],
)
def test_a_question_that_cannot_work_is_refused(
    facts: dict[str, Any], field: str
) -> None:
    question_set, before = begin_question_set(), Question.objects.count()
    with pytest.raises(Invalid) as refused:
        question_sets.add(
            question_set, facts={**NEW, **facts}, by=users.administrator(), at=MOMENT
        )
    assert list(refused.value.problems) == [field]
    assert Question.objects.count() == (before or 21)


def test_a_fact_is_asked_for_once(admin: Client) -> None:
    question_set = begin_question_set()
    address = reverse("bids:manage-question-add", args=[question_set.key])
    page = admin.post(address, {**NEW, "kind": "strand"})
    assert page.status_code == 422
    assert "This form already asks for this" in page.content.decode()


def test_a_form_without_its_money_or_with_a_broken_rule_is_not_published() -> None:
    question_set, by = begin_question_set(), users.administrator()
    question_sets.remove(question_set.questions.get(code="match"), by=by, at=MOMENT)
    with pytest.raises(Invalid, match="Choose an answer to another question"):
        question_sets.publish(question_set, by=by, at=MOMENT)
    question_sets.remove(
        question_set.questions.get(code="match_detail"), by=by, at=MOMENT
    )
    question_sets.remove(
        question_set.questions.get(kind="money_asked"), by=by, at=MOMENT
    )
    with pytest.raises(Invalid, match="before publishing: funding needed each year"):
        question_sets.publish(question_set, by=by, at=MOMENT)


def test_only_an_administrator_writes_questions() -> None:
    question_set = begin_question_set()
    question = question_set.questions.first()
    assert question is not None
    for by in (users.official(), users.applicant()):
        for act, more in (
            (question_sets.change, {"facts": {}}),
            (question_sets.move, {"up": True}),
            (question_sets.remove, {}),
        ):
            with pytest.raises(NotAllowed):
                act(question, **more, by=by, at=MOMENT)


def row_counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count() for model in apps.get_models()
    }


@pytest.mark.parametrize("stage", ["expression", "bid"])
def test_the_preview_asks_everything_and_leaves_no_trace(
    admin: Client, stage: str
) -> None:
    question_set = begin_question_set(stage)
    before = row_counts()
    questions = list(question_set.questions.all())
    address = reverse("bids:manage-questions-preview", args=[question_set.key])
    assert admin.get(address).status_code == 200
    for section in sections.group_into_sections(
        questions, sections.answers_revealing_all(questions)
    ):
        page = reverse(
            "bids:manage-questions-preview-section",
            args=[question_set.key, section.slug],
        )
        page_text = admin.get(page).content.decode()
        for question in section.questions:
            assert question.wording.split("’")[0] in page_text
        answer = admin.post(page, {"title": "A try", "money__2014": "5"})
        assert answer.status_code == 200
        assert "Nothing was saved" in answer.content.decode()
        invalid_answer = admin.post(page, {"title": "", "money__2014": "lots"})
        assert invalid_answer.status_code in (200, 422)
    assert row_counts() == before


def _refused(statement: str, *values: Any) -> None:
    with (
        pytest.raises(ProgrammingError, match="is evidence: this"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_the_database_refuses_to_change_a_published_set() -> None:
    question_set = cases.question_set(cases.round_())
    pk = question_set.pk
    _refused("UPDATE bids_questionset SET version = 9 WHERE id = %s", pk)
    _refused("UPDATE bids_questionset SET published_at = NULL WHERE id = %s", pk)
    _refused("DELETE FROM bids_questionset WHERE id = %s", pk)
    _refused("UPDATE bids_question SET wording = 'X' WHERE question_set_id = %s", pk)
    _refused("DELETE FROM bids_question WHERE question_set_id = %s", pk)
    other = begin_question_set()
    _refused(
        "UPDATE bids_question SET question_set_id = %s WHERE question_set_id = %s",
        pk,
        other.pk,
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        Question.objects.create(question_set=question_set, position=9, **NEW)
    assert codes(question_set) == ["why", "partnered"]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "move", "section", "remove", "begin"]),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=12,
)


@drive(6, all=20)
@given(acts=ACTS)
def test_whatever_is_written_the_published_set_stays_as_it_was(
    acts: list[tuple[str, int, bool]],
) -> None:
    by, first = users.administrator(), begin_question_set()
    question_sets.publish(first, by=by, at=MOMENT)
    question_values = list(first.questions.values())
    draft = question_sets.begin(first.round, stage="expression", by=by, at=MOMENT)
    for number, (act, place, up) in enumerate(acts):
        for target in (draft, first):
            questions = list(target.questions.all())
            question = questions[place % len(questions)] if questions else None
            with contextlib.suppress(Invalid, TooLate):
                _perform(act, target, question, number, up, by)
    assert list(first.questions.values()) == question_values
    new_codes = codes(draft)
    assert len(new_codes) == len(set(new_codes))
    positions = list(draft.questions.values_list("position", flat=True))
    assert positions == sorted(set(positions))


def _perform(
    act: str, target: QuestionSet, question: Any, number: int, up: bool, by: Any
) -> None:
    now = {"by": by, "at": MOMENT}
    if act == "begin":
        question_sets.begin(target.round, stage="expression", **now)
    elif act == "add":
        facts = {**NEW, "code": f"new{number}", "section": "Money" if up else "Last"}
        question_sets.add(target, facts=facts, **now)
    elif question is None:
        return
    elif act == "change":
        question_sets.change(question, facts={"wording": f"W{number}"}, **now)
    elif act == "move":
        question_sets.move(question, up=up, **now)
    elif act == "section":
        slug = sections.slug_of(question)
        question_sets.move_section(target, slug=slug, up=up, **now)
    else:
        question_sets.remove(question, **now)
