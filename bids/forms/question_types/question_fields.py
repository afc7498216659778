"""The shape of how one kind of question is asked on a page."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import Field

from bids.domain.applications import Case
from bids.models import Question
from innovation.web import forms
from innovation.web.forms import FieldOptions

Fields = dict[str, Field]
FieldValues = Mapping[str, Any]
"""What was entered, by the same ends of names as the fields. What cannot be read is not
in it.
"""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a page asks the form to draw, whatever the case says."""

    suffixes: Sequence[str] = ()
    """Of the names that came with a bound form."""
    rows: int = 0
    """How many there are to be at least, of a kind that has rows."""


class QuestionField(ABC):
    """Fields, initial values and problems go by the end of the field's name: the one
    with no end has the question's own code for its name (see `SectionForm`).
    """

    row_noun: ClassVar[str] = ""
    """What one row is, where the page can have more of them."""
    amount_prefix: ClassVar[str | None] = None
    """How the ends of the names of its amounts begin, where they are added up."""
    total_must_equal: ClassVar[str] = ""
    """The kind of question whose amount the total must equal."""

    @abstractmethod
    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        """By the ends of their names, in the order in which they are drawn."""

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        """What the case says now. `case` may be one that was never saved."""
        return {}

    def problems(self, said: FieldValues) -> dict[str, str]:
        """What is wrong with fields taken together."""
        return {}

    def value(self, said: FieldValues) -> Any:
        """As `domain.applications` or `domain.answers` takes it."""
        return said[""]


class SingleField(QuestionField):
    """A kind with a single field, which is the question."""

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        options: FieldOptions = {
            "label": question.wording,
            "help_text": question.hint,
            "required": False,
        }
        return {"": self.field(question, case, options)}

    @abstractmethod
    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        """With those options, and what the kind adds."""

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        return {"": self.saved_value(question, case)}

    @abstractmethod
    def saved_value(self, question: Question, case: Case) -> object:
        """What the case says now, as the field's initial value."""


def long_text(question: Question, options: FieldOptions) -> Field:
    """Every word is kept: what is over the limit is refused when the case is sent."""
    return forms.LongTextField(
        rows=8, max_words=question.word_limit, accepts_longer=True, **options
    )
