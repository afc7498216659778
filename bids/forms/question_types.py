"""The form fields of each question type; see also `domain.question_types`."""

from collections.abc import Mapping

from bids.forms import fact_fields, plan, questions, support
from bids.forms.question_fields import QuestionField

QUESTION_FIELDS: Mapping[str, QuestionField] = {
    **questions.QUESTION_FIELDS,
    **fact_fields.QUESTION_FIELDS,
    **support.QUESTION_FIELDS,
    **plan.QUESTION_FIELDS,
}
