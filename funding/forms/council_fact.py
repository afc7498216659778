"""Forms for dated facts about councils."""

from innovation.organisations.models import Confidence, FactKind
from innovation.web import forms

PARTIAL_DATE_HELP = (
    "For example, 14 12 2015. If your source gives only a month or a year, leave the "
    "rest empty"
)


class AddFactForm(forms.Form):
    kind = forms.ChoiceField(
        FactKind, label="What is it about?", missing="Select what it is about"
    )
    what = forms.TextField(
        label="What does the source say?",
        help_text="For example, commissioner appointed, or plan announced to appoint "
        "a commissioner",
        missing="Enter what the source says",
    )
    started = forms.PartialDateField(
        label="When did this begin?",
        help_text=PARTIAL_DATE_HELP,
        missing="Enter when this began",
    )
    source = forms.TextField(
        label="Where is this published?",
        help_text="Everybody can read this. Give the title and date, or the address of "
        "the page",
        max_length=400,
        missing="Enter where this is published",
    )
    confidence = forms.ChoiceField(
        Confidence,
        label="How sure is it?",
        missing="Select how sure it is",
    )


class EndFactForm(forms.Form):
    ended = forms.PartialDateField(
        label="When did it end?",
        help_text=PARTIAL_DATE_HELP,
        missing="Enter when it ended",
    )
    source = forms.TextField(
        label="Where is the end published?",
        help_text="Everybody can read this. Give the title and date, or the address of "
        "the page",
        max_length=400,
        missing="Enter where the end is published",
    )


class WithdrawFactForm(forms.Form):
    because = forms.LongTextField(
        label="What is wrong with it?",
        help_text="Colleagues can read this. The fact no longer counts anywhere, but "
        "stays on the council’s page for staff",
        missing="Enter what is wrong with it",
        max_words=200,
    )
