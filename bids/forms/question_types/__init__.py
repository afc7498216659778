"""How each kind of question is asked; what it means is in `domain.question_types`."""

from collections.abc import Mapping

from bids.forms.question_types import (
    answer_fields,
    cost_fields,
    fact_fields,
    plan_fields,
    support_fields,
)
from bids.forms.question_types.question_fields import QuestionField

QUESTION_FIELDS: Mapping[str, QuestionField] = {
    **answer_fields.QUESTION_FIELDS,
    **fact_fields.QUESTION_FIELDS,
    **support_fields.QUESTION_FIELDS,
    **plan_fields.QUESTION_FIELDS,
    **cost_fields.QUESTION_FIELDS,
}
