"""A section is one short form about part of an expression or bid."""

from typing import Any

from bids.domain.facts import Case
from innovation.web import forms


class SectionForm(forms.Form):
    """Nothing is required while a draft is being written: what is missing is said on
    the list of sections and refused when it is sent.
    """

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the case."""

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {}

    def facts(self) -> dict[str, Any]:
        """What was entered, as `domain.facts` takes it."""
        return {}

    def answers(self) -> dict[str, Any]:
        return {}
