"""The form for due diligence."""

from typing import Unpack

from bids.domain.queries.case_documents import documents_of_whole_case
from bids.domain.queries.due_diligence import AreaFindings
from bids.models import DueDiligenceState, Expression
from innovation.core import limits
from innovation.documents.models import Document
from innovation.web import forms


class DueDiligenceForm(forms.Form):
    """Asks for a reason only if something was found before."""

    state = forms.ChoiceField(
        DueDiligenceState, label="How does it stand?", missing="Select how it stands"
    )
    checked_on = forms.DateField(label="On which day was it checked?")
    finding = forms.LongTextField(
        label="What did you find?",
        missing="Enter what you found",
        max_length=limits.MESSAGE,
    )
    reference = forms.TextField(
        label="Where is the evidence?",
        help_text="Such as the number of a file or the address of a register. You can "
        "also select a document of the case",
        required=False,
    )
    document = forms.ChoiceField(
        [],
        label="Document of the case",
        missing="Select a document of the case",
        select=True,
        required=False,
    )
    reason = forms.LongTextField(
        label="Why was it done again?",
        help_text="The earlier record stays, with this reason",
        missing="Enter why it was done again",
        max_length=limits.MESSAGE,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        case: Expression,
        findings: AreaFindings,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.documents = {row.key: row for row in documents_of_whole_case(case.pk)}
        names = [(key, row.name) for key, row in self.documents.items()]
        forms.set_choices(self.fields["document"], names, nothing="None")
        forms.hide_optional_marker(self.fields["reference"], self.fields["document"])
        if not findings.is_settled:
            del self.fields["reason"]

    def clean_document(self) -> Document | None:
        return self.documents.get(self.cleaned_data["document"])
