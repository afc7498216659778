"""How each kind of question is asked; what it means is in `domain.question_types`."""

from collections.abc import Mapping

from bids.forms import fact_fields, plan, questions, support
from bids.forms.question_fields import QuestionField

ASKED: Mapping[str, QuestionField] = {
    **questions.ASKED,
    **fact_fields.ASKED,
    **support.ASKED,
    **plan.ASKED,
}
