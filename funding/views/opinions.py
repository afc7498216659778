"""The page on which a member gives their view on a bid."""

from funding.domain import opinions
from funding.domain.queries import board
from funding.forms.opinion import OpinionForm
from funding.models import AgendaItem
from funding.views.papers import MEMBER, PaperStep
from innovation.core import clock
from innovation.web import pages


class GiveView(PaperStep, pages.EditPage[AgendaItem, OpinionForm]):
    policy = MEMBER
    title = "Give your view"
    form_class = OpinionForm
    submit_label = "Give your view"
    success_message = "Your view is recorded"

    def lock(self) -> None:
        opinions.lock(self.object)

    def saved_values(self) -> dict[str, object]:
        own = board.member_opinions(self.object, self.user).own
        return {"text": own.text} if own else {}

    def perform(self, form: OpinionForm) -> pages.Destination:
        text = form.cleaned_data["text"]
        opinions.give(self.object, text=text, by=self.user, at=clock.now())
        return self.back_url()
