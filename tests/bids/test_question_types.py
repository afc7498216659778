"""What each type of question stores, and how it is shown and asked."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import expressions, question_types, sections, standard_questions
from bids.domain.completeness import problems
from bids.domain.queries import case_snapshot
from bids.forms.question_types import QUESTION_FIELDS
from bids.forms.section import SectionForm
from bids.models import Bid, Expression, Question, QuestionSet, Round
from bids.models.question_type import QuestionType
from innovation.audit import events
from innovation.core.lines import unprintable_problem
from innovation.core.money import Money
from innovation.organisations.models import CouncilGroup
from innovation.web.forms import ChoiceField
from tests.dates import MOMENT, OPENS_AT
from tests.drives import drive
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, tuple[dict[str, Any], dict[str, str], Any, str]] = {
    # kind: options, what is typed, what is kept, how it reads
    "short_text": ({}, {"q": " a word "}, "a word", "a word"),
    "long_text": ({"word_limit": 1}, {"q": "two words"}, "two words", "two words"),
    "number": ({}, {"q": "1,250"}, "1250", "1250"),
    "money": ({}, {"q": "£1.50"}, 150, "£1.50"),
    "money_by_year": (
        {},
        {"q__2014": "5", "q__2015": ""},
        {"2014": 500},
        "2014 to 2015: £5\nTotal: £5",
    ),
    "date": (
        {},
        {"q_day": "28", "q_month": "2", "q_year": "2015"},
        "2015-02-28",
        "28 February 2015",
    ),
    "one_choice": ({"choices": ["Yes", "No"]}, {"q": "No"}, "No", "No"),
    "many_choices": ({"choices": ["A", "B"]}, {"q": "B"}, ["B"], "B"),
    "declaration": ({}, {"q": "on"}, True, "Agreed"),
}


def draft_with_questions(*questions: dict[str, Any]) -> Expression:
    """A draft whose set asks for its title and these."""
    round = cases.round_()
    question_set = QuestionSet.objects.create(
        round=round, stage="expression", version=1
    )
    common = {"question_set": question_set, "section": "All of it", "wording": "Well?"}
    Question.objects.create(**common, code="title", kind="title", position=0)
    for position, each in enumerate(questions, start=1):
        Question.objects.create(**{**common, "position": position, "code": "q"} | each)
    question_set.published_at = OPENS_AT
    question_set.save(update_fields=["published_at"])
    return cases.draft(round=round, complete=False)


def form_of(
    expression: Expression, form_data: dict[str, str] | None = None
) -> SectionForm:
    [section] = sections.sections_of(reload_expression(expression))
    data = None
    if form_data is not None:
        data = QueryDict(mutable=True)
        data.update({"title": "A title", **form_data})
    return SectionForm(data, case=expression, questions=section.questions)


def reload_expression(expression: Expression) -> Expression:
    reloaded: Expression = case_snapshot.with_snapshot(
        Expression.objects.get(pk=expression.pk)
    )
    return reloaded


def save(expression: Expression, form: SectionForm) -> Expression:
    by = cases.editor_of(expression.lead)
    expressions.save(
        expression, facts=form.facts(), answers=form.answers(), by=by, at=MOMENT
    )
    return reload_expression(expression)


def test_every_kind_means_something_and_can_be_asked() -> None:
    every = set(QuestionType.values)
    assert set(question_types.DEFINITIONS) == every
    assert set(QUESTION_FIELDS) == every


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_is_kept_read_and_asked_again_as_it_was_given(kind: str) -> None:
    options, data, saved, text = ANSWERS[kind]
    expression = draft_with_questions({"kind": kind, **options})
    form = form_of(expression, data)
    assert form.is_valid(), form.errors
    expression = save(expression, form)
    assert [row["value"] for row in expression.snapshot_answers] == [saved]
    question = not_none(expression.question_set).questions.get(code="q")
    assert question_types.answer_text(question, expression) == text
    second_form = form_of(expression)
    shown_values = {
        name: second_form[name].value() for name in second_form.field_names()["q"]
    }
    posted = {name: str(value) for name, value in shown_values.items() if value}
    if kind == "date":
        assert shown_values == {"q": date(2015, 2, 28)}
    elif kind == "many_choices":
        assert shown_values == {"q": ["B"]}
    else:
        before = save(expression, form_of(expression, posted)).snapshot_answers
        assert before == expression.snapshot_answers


def test_councils_are_named_one_on_a_line_and_a_group_stands_for_its_members() -> None:
    expression = draft_with_questions({"kind": "areas"})
    one, two = users.council(), users.council()
    CouncilGroup.objects.create(name="The two").councils.set([one, two])
    form = form_of(expression, {"q": "the two\n"})
    assert form.is_valid(), form.errors
    facts: dict[str, Any] = {**form.facts()}
    assert set(facts["councils"]) == {one, two}


def test_too_many_words_are_kept_and_stop_the_sending() -> None:
    facts = {"kind": "long_text", "word_limit": 2}
    expression = draft_with_questions(facts)
    expression = save(expression, form_of(expression, {"q": "one two three"}))
    assert problems(expression, MOMENT) == {
        "q": ["Your answer to “Well?” has 3 words: shorten it to 2"]
    }


def test_a_question_is_a_problem_only_where_an_answer_calls_for_it() -> None:
    expression = draft_with_questions(
        {"code": "any", "kind": "one_choice", "choices": ["Yes", "No"]},
        {
            "code": "who",
            "kind": "short_text",
            "shown_only_if": {"code": "any", "answer": "Yes"},
        },
    )
    assert list(problems(expression, MOMENT)) == ["any"]
    form = form_of(expression)
    field = form.fields["any"]
    assert isinstance(field, ChoiceField)
    assert field.reveals == {"Yes": ["who"]}
    assert [block.question.code for block in form.blocks()] == ["title", "any"]
    expression = save(expression, form_of(expression, {"any": "Yes"}))
    assert list(problems(expression, MOMENT)) == ["who"]
    expression = save(expression, form_of(expression, {"any": "No", "who": "Us"}))
    assert problems(expression, MOMENT) == {}
    assert {row["code"] for row in expression.snapshot_answers} == {"any", "who"}


def test_a_form_tells_the_inputs_of_each_question_apart() -> None:
    expression = draft_with_questions(
        {"code": "money", "kind": "money_asked"},
        {"code": "money_more", "kind": "short_text"},
        {"code": "day", "kind": "date"},
    )
    data = {"money__2014": "lots", "money_more": "x", "day_day": "1"}
    form = form_of(expression, data)
    assert form.field_names()["day"] == ["day"]
    assert form.field_names()["money_more"] == ["money_more"]
    assert form.submitted_inputs() == {
        "title": {"title": ["A title"]},
        "money": {"money__2014": ["lots"]},
        "money_more": {"money_more": ["x"]},
        "day": {"day_day": ["1"]},
    }
    assert form.readable_codes() == {"title", "money_more"}
    assert (form.facts(), form.answers()) == ({"title": "A title"}, {"money_more": "x"})
    assert (form.facts("money_more"), form.answers("money")) == ({}, {})


def _standard(round: Round) -> dict[str, QuestionSet]:
    question_sets = standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    return {each.stage: each for each in question_sets}


@pytest.mark.parametrize("route", ["full", "seed"])
def test_the_standard_sets_ask_what_the_service_needs(route: str) -> None:
    round = cases.round_(route)
    question_sets = _standard(round)
    assert list(question_sets) == (
        ["expression"] if route == "seed" else ["expression", "bid"]
    )
    for stage, each in question_sets.items():
        questions = list(each.questions.all())
        assert {q.kind for q in questions} >= set(question_types.essential_types(stage))
        assert all(stage in question_types.definition_of(q).stages for q in questions)
        codes = [q.code for q in questions]
        rules = [q.shown_only_if["code"] for q in questions if q.shown_only_if]
        assert set(rules) <= set(codes)
    assert standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT) == []
    if route == "seed":
        assert question_sets["expression"].questions.count() == 5
        assert (
            len(
                sections.group_into_sections(
                    question_sets["expression"].questions.all(), {}
                )
            )
            == 1
        )


def test_a_standard_expression_has_nine_sections() -> None:
    question_set = _standard(cases.round_())["expression"]
    groups = sections.group_into_sections(question_set.questions.all(), {})
    assert [section.slug for section in groups] == [
        "organisation-and-partners",
        "the-idea",
        "strand-maturity-and-practice-model",
        "why-it-is-new",
        "difference-to-children",
        "money",
        "support-and-barriers",
        "delivery-and-sustainability",
        "declarations",
    ]


words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: text.strip() and unprintable_problem(text) is None
)


@drive(5, all=15)
@given(
    answers=st.dictionaries(
        st.sampled_from(["new", "known", "needs", "delivery", "sustain", "scale"]),
        words,
        min_size=1,
    ),
    outcomes=st.lists(words.map(lambda text: text[:200]), max_size=3, unique=True),
)
def test_a_bid_opens_with_everything_that_was_said(
    answers: dict[str, str], outcomes: list[str]
) -> None:
    round = cases.round_()
    _standard(round)
    expression = cases.draft(round=round, complete=False)
    by = cases.editor_of(expression.lead)
    rows = [{"description": text.strip(), "measure": "M"} for text in outcomes]
    unique = {row["description"]: row for row in rows}
    facts = cases.complete_facts(round) | {"outcomes": list(unique.values())}
    expressions.save(expression, facts=facts, answers=answers, by=by, at=MOMENT)
    Expression.objects.filter(pk=expression.pk).update(
        state="submitted", submitted_at=MOMENT
    )
    bid: Bid = case_snapshot.with_snapshot(
        expressions.take_forward(expression, by=users.official(), at=MOMENT)
    )
    reloaded = reload_expression(expression)
    assert {row["code"]: row["value"] for row in bid.snapshot_answers} == {
        row["code"]: row["value"] for row in reloaded.snapshot_answers
    }
    codes_asked = {
        question.code: question for question in standard_questions.questions_of(bid)
    }
    for question in standard_questions.questions_of(reloaded):
        if (
            question.code in codes_asked
            and question.kind == codes_asked[question.code].kind
        ):
            text = question_types.answer_text(question, reloaded)
            assert question_types.answer_text(codes_asked[question.code], bid) == text
    assert sum(row["amount"] for row in bid.snapshot_money) == Money.pounds(8_000).pence
