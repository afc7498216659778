"""Converts between a section's form and the versions of its answers."""

from collections.abc import Iterable, Iterator, Mapping

from django import forms as django_forms
from django.http import QueryDict

from bids.domain import question_types
from bids.domain.answer_versions import DraftAnswer, RawInput
from bids.domain.applications import Case
from bids.forms.question_types import QUESTION_FIELDS
from bids.forms.section import SectionForm
from bids.models import AnswerVersion, Question
from innovation.core import differences
from innovation.web.forms import component_parameters
from innovation.web.forms.widgets import DateParts

LabelledTexts = list[tuple[str, str]]
"""Label and text of each field that was filled in; no label for a single field."""
Differences = list[tuple[str, list[differences.Part]]]
"""Label of each field that was filled in, and how its text differs from another."""


def from_form(form: SectionForm, blank: SectionForm) -> dict[str, DraftAnswer]:
    """The answers that were sent, by the question's code. `blank` is the form with the
    initial values before the first version.
    """
    form.is_valid()
    inputs, readable = form.submitted_inputs(), form.readable_codes()
    facts, answers = form.facts(), form.answers()
    draft_answers = {}
    names_by_code = form.field_names()
    for question in form.questions:
        code, fact = question.code, question_types.definition_of(question).fact
        if not names_by_code[code]:
            # Answered on a page of its own.
            continue
        is_readable = code in readable
        draft_answers[code] = DraftAnswer(
            raw_input=inputs.get(code, {}),
            initial=displayed_input(blank, code),
            facts={fact: facts[fact]} if is_readable and fact else {},
            answers={code: answers[code]} if is_readable and not fact else {},
            readable=is_readable,
        )
    return draft_answers


def from_input(case: Case, question: Question, raw: RawInput) -> DraftAnswer:
    """An answer from an earlier version, or from a choice between two."""
    data = to_query_dict([_current_input(case, question, raw)])
    form = SectionForm(data, case=case, questions=[question])
    return from_form(form, SectionForm(case=case, questions=[question]))[question.code]


def displayed_input(form: SectionForm, code: str) -> RawInput:
    """What a browser would send if nobody changed the form."""
    inputs: dict[str, list[str]] = {}
    for name in form.field_names()[code]:
        inputs |= _displayed_inputs(form[name])
    return inputs


def fill_form(form: SectionForm, newest: Mapping[str, AnswerVersion]) -> SectionForm:
    """The form with the last typed input: as initial values, or bound if the input is
    invalid or has rows that the form would not show.
    """
    codes = form.field_names()
    saved_inputs = {
        question.code: _current_input(
            form.case, question, newest[question.code].raw_input
        )
        for question in form.questions
        if question.code in newest
    }
    if not saved_inputs:
        return form
    data = to_query_dict(
        saved_inputs.get(code) or displayed_input(form, code) for code in codes
    )
    drawn_names = {name for code in codes for name in _input_names(form, code)}
    typed_names = {name for inputs in saved_inputs.values() for name in inputs}
    if typed_names <= drawn_names and all(
        newest[code].readable for code in saved_inputs
    ):
        for code in saved_inputs:
            for name in codes[code]:
                widget = form.fields[name].widget
                form.initial[name] = widget.value_from_datadict(data, {}, name)
        return form
    return SectionForm(
        data, case=form.case, questions=form.questions, rows=form.row_counts()
    )


def labelled_texts(case: Case, question: Question, raw: RawInput) -> LabelledTexts:
    """A version as labels and texts."""
    data = to_query_dict([_current_input(case, question, raw)])
    form = SectionForm(data, case=case, questions=[question])
    names = form.field_names()[question.code]
    return [
        (label if len(names) > 1 else "", text)
        for name in names
        for label, text in [(str(form[name].label), "\n".join(_text_lines(form[name])))]
        if text
    ]


def _current_input(case: Case, question: Question, raw: RawInput) -> RawInput:
    return QUESTION_FIELDS[question.kind].current_input(question, case, raw)


def compare(before: LabelledTexts, after: LabelledTexts) -> Differences:
    """The parts of each field: of those of `after`, then of those only in `before`."""
    old, new = dict(before), dict(after)
    return [
        (label, differences.compare(old.get(label, ""), new.get(label, "")))
        for label in (*new, *(label for label in old if label not in new))
    ]


def to_query_dict(raw_inputs: Iterable[RawInput]) -> QueryDict:
    data = QueryDict(mutable=True)
    for inputs in raw_inputs:
        for name, texts in inputs.items():
            data.setlist(name, list(texts))
    return data


def _input_names(form: SectionForm, code: str) -> Iterator[str]:
    for name in form.field_names()[code]:
        if isinstance(form.fields[name].widget, DateParts):
            yield from (f"{name}_{part}" for part in DateParts.parts_of(None))
        else:
            yield name


def _displayed_inputs(bound: django_forms.BoundField) -> dict[str, list[str]]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, DateParts):
        parts = DateParts.parts_of(value)
        return {f"{bound.name}_{part}": [text] for part, text in parts.items()}
    if isinstance(widget, django_forms.FileInput):
        return {}
    if isinstance(widget, django_forms.CheckboxInput):
        return {bound.name: ["on"] if value else []}
    values = value if isinstance(value, list | tuple | set) else [value]
    return {bound.name: ["" if item is None else str(item) for item in values]}


def _text_lines(bound: django_forms.BoundField) -> list[str]:
    widget = bound.field.widget
    texts = [
        text for texts in _displayed_inputs(bound).values() for text in texts if text
    ]
    if isinstance(widget, DateParts):
        return [" ".join(texts)] if texts else []
    if isinstance(widget, django_forms.CheckboxInput):
        return ["Yes" for text in texts]
    if isinstance(widget, django_forms.Select | django_forms.RadioSelect):
        labels = {
            str(value): str(label)
            for value, label in component_parameters.choices(bound)
        }
        return [labels.get(text, text) for text in texts]
    return texts
