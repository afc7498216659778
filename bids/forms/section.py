"""The form of a section: its questions in order, each with the fields of its type."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Unpack

from django.utils.datastructures import MultiValueDict

from bids.domain import question_types
from bids.domain.applications import Case
from bids.domain.queries import case_documents
from bids.forms import totals
from bids.forms.question_blocks import QuestionBlock, row_number
from bids.forms.question_types import QUESTION_FIELDS
from bids.forms.question_types.question_fields import Submitted
from bids.forms.question_types.rows import GridRows
from bids.forms.row_inputs import PASTED
from bids.forms.totals import Total
from bids.models import Question
from innovation.core.errors import Invalid
from innovation.web import forms
from innovation.web.forms.rendering import first_input

_SEPARATOR = "__"


class SectionForm(forms.Form):
    """Nothing is required in a draft: the task list shows what is missing, and
    submission refuses it. Text that may identify a child is asked about when it is
    typed, but not when an earlier version is read. `rows` is the minimum number of rows
    by code.
    """

    def __init__(
        self,
        *args: forms.Sent,
        case: Case,
        questions: Sequence[Question],
        checks_child_data: bool = False,
        rows: Mapping[str, int] = {},
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        self.checks_child_data = checks_child_data
        self.case, self.questions, self.rows = case, questions, rows
        self._field_names: dict[str, dict[str, str]] = {}
        super().__init__(*args, **kwargs)
        for question in questions:
            self._add_question(question)
        self._nest_revealed_questions()

    def field_names(self) -> dict[str, list[str]]:
        """The names of the fields of each question, by its code. A date is submitted as
        three texts: see `submitted_inputs`.
        """
        return {code: list(names.values()) for code, names in self._field_names.items()}

    def submitted_inputs(self) -> dict[str, dict[str, list[str]]]:
        """The raw input by the question's code, then by the name of the input; only for
        questions that were submitted.
        """
        assert isinstance(self.data, MultiValueDict)
        inputs: dict[str, dict[str, list[str]]] = {}
        for name, texts in self.data.lists():
            if code := self._question_code(name):
                inputs.setdefault(code, {})[name] = texts
        return inputs

    def answered_codes(self) -> list[str]:
        """The codes of the questions with an answer, in order."""
        inputs = self.submitted_inputs()
        return [
            question.code
            for question in self.questions
            if any(map(str.strip, chain(*inputs.get(question.code, {}).values())))
        ]

    def unconfirmed_codes(self) -> set[str]:
        """The codes of the questions whose text must not be saved until the writer has
        confirmed that it is not about a child.
        """
        fields = set() if self.confirmed else set(self.child_data)
        return {
            code for code, names in self.field_names().items() if fields & set(names)
        }

    def readable_codes(self) -> set[str]:
        """The codes of the questions with valid answers."""
        fields_with_errors = set(self.errors)
        return {
            code
            for code, names in self.field_names().items()
            if not fields_with_errors.intersection(names)
        }

    def facts(self, code: str = "") -> dict[str, object]:
        """The valid facts for `domain.applications`, of every question or of one."""
        return {
            question_types.definition_of(question).fact: self._value(question)
            for question in self._readable_questions(code)
            if question_types.definition_of(question).fact
        }

    def answers(self, code: str = "") -> dict[str, object]:
        """The valid answers for `domain.answers`, of every question or of one."""
        return {
            question.code: self._value(question)
            for question in self._readable_questions(code)
            if not question_types.definition_of(question).fact
            and self._field_names[question.code]
        }

    def blocks(self) -> Iterator[QuestionBlock]:
        """The blocks of the questions that no other question reveals."""
        revealed = {
            name
            for field in self.fields.values()
            for names_in_answer in getattr(field, "reveals", {}).values()
            for name in names_in_answer
        }
        for question in self.questions:
            names = self._field_names[question.code]
            fields = [self[name] for name in names.values() if name not in revealed]
            if fields:
                yield QuestionBlock(
                    question,
                    fields,
                    is_single_field="" in names or len(names) == 1,
                    row_noun=QUESTION_FIELDS[question.kind].row_noun,
                    total=self._total(question),
                    pasted=self[f"{PASTED}{question.code}"]
                    if isinstance(QUESTION_FIELDS[question.kind], GridRows)
                    else None,
                )
            elif not names:
                files = case_documents.files_of_question(self.case, question.code)
                yield QuestionBlock(question, (), is_single_field=False, files=files)

    def place_of(self, problem: str) -> str | None:
        """The field that shows the problem of a code or a fact."""
        for question in self.questions:
            if problem in (question.code, question_types.definition_of(question).fact):
                return next(iter(self._field_names[question.code].values()), None)
        return problem if problem in self.fields else None

    def add_problems(self, error: Invalid) -> None:
        """Add the problems of the domain. They are about whole answers."""
        for name, sentences in error.problems.items():
            place = self.place_of(name) if name else None
            if place is not None:
                for sentence in sentences:
                    forms.widen_error(self.fields[place], sentence)
        forms.add_problems(self, error)

    def row_counts(self) -> dict[str, int]:
        """The number of rows, by the question's code."""
        return {
            code: max((int(row_number(name) or 0) for name in names), default=0)
            for code, names in self.field_names().items()
        }

    def first_input_id(self, code: str, number: int) -> str:
        """The id of the first input of a row; empty if there is no such row."""
        names = self.field_names().get(code, [])
        fields = [self[name] for name in names if row_number(name) == str(number)]
        return first_input(fields[0]) if fields else ""

    def clean(self) -> dict[str, object]:
        for question in self.questions:
            names = self._field_names[question.code]
            problems = QUESTION_FIELDS[question.kind].problems(
                self._entered_values(question)
            )
            for suffix, sentence in problems.items():
                if names[suffix] not in self.errors:
                    self.add_error(names[suffix], sentence)
        return self.cleaned_data

    def _add_question(self, question: Question) -> None:
        question_field = QUESTION_FIELDS[question.kind]
        start = f"{question.code}{_SEPARATOR}"
        suffixes = [n.removeprefix(start) for n in self.data if n.startswith(start)]
        submitted = Submitted(suffixes, self.rows.get(question.code, 0))
        fields = question_field.fields(question, self.case, submitted)
        names = {
            suffix: f"{start}{suffix}" if suffix else question.code for suffix in fields
        }
        self._field_names[question.code] = names
        for suffix, field in fields.items():
            if question.required or suffix:
                forms.hide_optional_marker(field)
            self.fields[names[suffix]] = field
        if isinstance(question_field, GridRows):
            self.fields[f"{PASTED}{question.code}"] = _pasted_field()
        if not self.is_bound:
            values = question_field.initial(question, self.case)
            saved_values = {
                names[key]: value for key, value in values.items() if key in names
            }
            self.initial = {**saved_values, **self.initial}

    def _nest_revealed_questions(self) -> None:
        """Nest a question in the answer that reveals it, if that is in this section."""
        for question in self.questions:
            rule = question.shown_only_if
            field = self.fields.get(rule.get("code", ""))
            if field is not None and hasattr(field, "reveals"):
                revealed = {
                    answer: list(names) for answer, names in field.reveals.items()
                }
                names = self._field_names[question.code].values()
                revealed.setdefault(rule["answer"], []).extend(names)
                field.reveals = revealed

    def _readable_questions(self, only: str) -> list[Question]:
        readable = self.readable_codes()
        readable &= {only} if only else readable
        return [question for question in self.questions if question.code in readable]

    def _total(self, question: Question) -> Total | None:
        question_field = QUESTION_FIELDS[question.kind]
        if question_field.amount_prefix is None:
            return None
        start = f"{question.code}{_SEPARATOR}{question_field.amount_prefix}"
        fields = [self[name] for name in self.fields if name.startswith(start)]
        if not question_field.total_must_equal:
            return totals.total_of(start, fields)
        expected_field = [
            self[q.code]
            for q in self.questions
            if q.kind == question_field.total_must_equal
        ]
        saved_total = getattr(
            self.case, question_types.DEFINITIONS[question_field.total_must_equal].fact
        )
        return totals.total_of(start, fields, saved_total, *expected_field)

    def _entered_values(self, question: Question) -> dict[str, object]:
        names = self._field_names[question.code]
        data = self.cleaned_data
        return {suffix: data[name] for suffix, name in names.items() if name in data}

    def _value(self, question: Question) -> object:
        return QUESTION_FIELDS[question.kind].value(self._entered_values(question))

    def _question_code(self, name: str) -> str:
        """The code of the question of an input: the longest that matches."""
        matches = [
            code
            for code in self._field_names
            if name == code or name.startswith(f"{code}_")
        ]
        return max(matches, key=len, default="")


def _pasted_field() -> forms.LongTextField:
    field = forms.LongTextField(
        label="Cells copied from a spreadsheet",
        help_text="A cost in each row and a financial year in each column. Include the "
        "row with the years if there is one.",
        rows=5,
        required=False,
    )
    forms.hide_optional_marker(field)
    return field
