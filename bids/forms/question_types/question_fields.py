"""The base classes for the form fields of a question type."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import Field

from bids.domain.answer_versions import RawInput
from bids.domain.applications import Case
from bids.models import Question
from innovation.web import forms
from innovation.web.forms import FieldOptions

Fields = dict[str, Field]
FieldValues = Mapping[str, Any]
"""The valid values that were entered, by the suffixes of the fields' names."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was submitted that decides which fields the form has."""

    suffixes: Sequence[str] = ()
    """The suffixes of the names that were submitted."""
    rows: int = 0
    """The minimum number of rows, for a type with rows."""


class QuestionField(ABC):
    """Fields, initial values and problems are keyed by the suffix of the field's name.
    The field with an empty suffix is named by the question's code (see `SectionForm`).
    """

    row_noun: ClassVar[str] = ""
    """The name of a row, if rows can be added."""
    amount_prefix: ClassVar[str | None] = None
    """The prefix of the suffixes of amounts that are added up."""
    total_must_equal: ClassVar[str] = ""
    """The type of question whose amount the total must equal."""

    @abstractmethod
    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        """The fields by suffix, in the order in which they are shown."""

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        """The saved values. `case` may be unsaved."""
        return {}

    def problems(self, values: FieldValues) -> dict[str, str]:
        """Problems that concern several fields."""
        return {}

    def current_input(self, question: Question, case: Case, raw: RawInput) -> RawInput:
        """The input of an earlier version, by the names that the fields have now."""
        return raw

    def value(self, values: FieldValues) -> object:
        """As `domain.applications` or `domain.answers` takes it."""
        return values[""]


class SingleField(QuestionField):
    """A type with a single field."""

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        options: FieldOptions = {
            "label": question.wording,
            "help_text": question.hint,
            "required": False,
        }
        return {"": self.field(question, case, options)}

    @abstractmethod
    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        """The field, with these options and those of the type."""

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        return {"": self.saved_value(question, case)}

    @abstractmethod
    def saved_value(self, question: Question, case: Case) -> object:
        """The saved value, as the field's initial value."""


def long_text(question: Question, options: FieldOptions) -> Field:
    """A text field that accepts too many words: the limit applies at submission."""
    return forms.LongTextField(
        rows=8, max_words=question.word_limit, accepts_longer=True, **options
    )
