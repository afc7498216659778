"""How each kind of question is asked; what it means is in `domain.kinds`."""

from collections.abc import Mapping

from bids.forms import facts, plan, questions, support
from bids.forms.asked import Asked

ASKED: Mapping[str, Asked] = {
    **questions.ASKED,
    **facts.ASKED,
    **support.ASKED,
    **plan.ASKED,
}
