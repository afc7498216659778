"""Between a section's form and the versions of its answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from bids.domain import question_types
from bids.domain.case_facts import Case
from bids.domain.drafts import Part
from bids.domain.raw_input import Typed
from bids.forms.section import SectionForm
from bids.models import AnswerVersion, Question
from innovation.web.forms import drawing
from innovation.web.forms.widgets import DateParts

Said = list[tuple[str, str]]
"""Label and text of each field that was filled in; no label where there is one."""


def parts(form: SectionForm, blank: SectionForm) -> dict[str, Part]:
    """What was sent, by the question's code. `blank` is the form as it was shown while
    its answers had no versions.
    """
    form.is_valid()
    sent, readable = form.typed(), form.readable()
    facts, answers = form.facts(), form.answers()
    found = {}
    asked = form.parts()
    for question in form.questions:
        code, fact = question.code, question_types.of(question).fact
        if not asked[code]:
            # Answered on a page of its own: nothing is typed here.
            continue
        read = code in readable
        found[code] = Part(
            typed=sent.get(code, {}),
            before=shown_in(blank, code),
            facts={fact: facts[fact]} if read and fact else {},
            answers={code: answers[code]} if read and not fact else {},
            readable=read,
        )
    return found


def part(case: Case, question: Question, typed: Typed) -> Part:
    """One answer, of an earlier version or chosen among two."""
    form = SectionForm(as_data([typed]), case=case, questions=[question])
    return parts(form, SectionForm(case=case, questions=[question]))[question.code]


def shown_in(form: SectionForm, code: str) -> Typed:
    """What a browser would send if nobody touched what the form shows."""
    found: dict[str, list[str]] = {}
    for name in form.parts()[code]:
        found |= _inputs(form[name])
    return found


def show(form: SectionForm, newest: Mapping[str, AnswerVersion]) -> SectionForm:
    """The form as it was last typed: the same, filled in; or bound, where something
    cannot be read or stands in rows that the form would not draw.
    """
    codes = form.parts()
    kept = {code: row.typed for code, row in newest.items() if code in codes}
    if not kept:
        return form
    data = as_data(kept.get(code) or shown_in(form, code) for code in codes)
    drawn = {name for code in codes for name in _names(form, code)}
    typed = {name for inputs in kept.values() for name in inputs}
    if typed <= drawn and all(newest[code].readable for code in kept):
        for code in kept:
            for name in codes[code]:
                widget = form.fields[name].widget
                form.initial[name] = widget.value_from_datadict(data, {}, name)
        return form
    return SectionForm(
        data, case=form.case, questions=form.questions, rows=form.drawn()
    )


def text(case: Case, question: Question, typed: Typed) -> Said:
    """A version in words, for somebody to read."""
    form = SectionForm(as_data([typed]), case=case, questions=[question])
    names = form.parts()[question.code]
    return [
        (label if len(names) > 1 else "", said)
        for name in names
        for label, said in [(str(form[name].label), "\n".join(_said(form[name])))]
        if said
    ]


def as_data(typed: Iterable[Typed]) -> QueryDict:
    found = QueryDict(mutable=True)
    for inputs in typed:
        for name, texts in inputs.items():
            found.setlist(name, list(texts))
    return found


def _names(form: SectionForm, code: str) -> Iterator[str]:
    for name in form.parts()[code]:
        if isinstance(form.fields[name].widget, DateParts):
            yield from (f"{name}_{part}" for part in DateParts.parts_of(None))
        else:
            yield name


def _inputs(bound: django_forms.BoundField) -> dict[str, list[str]]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, DateParts):
        parts = DateParts.parts_of(value)
        return {f"{bound.name}_{part}": [text] for part, text in parts.items()}
    if isinstance(widget, django_forms.FileInput):
        return {}
    if isinstance(widget, django_forms.CheckboxInput):
        return {bound.name: ["on"] if value else []}
    many = value if isinstance(value, list | tuple | set) else [value]
    return {bound.name: ["" if one is None else str(one) for one in many]}


def _said(bound: django_forms.BoundField) -> list[str]:
    widget: Any = bound.field.widget
    texts = [text for texts in _inputs(bound).values() for text in texts if text]
    if isinstance(widget, DateParts):
        return [" ".join(texts)] if texts else []
    if isinstance(widget, django_forms.CheckboxInput):
        return ["Yes" for text in texts]
    if isinstance(widget, django_forms.Select | django_forms.RadioSelect):
        words = {str(value): str(label) for value, label in drawing.choices(bound)}
        return [words.get(text, text) for text in texts]
    return texts
