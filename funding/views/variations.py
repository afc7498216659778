"""Pages of changes to a grant: asked for by the holder, answered by the manager."""

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import variations
from funding.forms import variation as forms
from funding.models import Award, Variation
from funding.views.awards import GRANT_MANAGER
from funding.views.grants import GRANT_HOLDER, require_may_bind
from innovation.core import clock
from innovation.web import pages


class AskChange(pages.StepPage[Award, forms.AskChangeForm]):
    policy = GRANT_HOLDER
    scope = policies.own_awards
    object_page = "funding:grant"
    title = "Ask for a change"
    form_class = forms.AskChangeForm
    submit_label = "Ask for the change"
    success_message = "You have asked for the change"
    step = variations.ask

    def check(self) -> None:
        require_may_bind(self.user, self.object)


class AnswerChange(pages.FormPage[Variation, forms.AnswerChangeForm]):
    policy = GRANT_MANAGER
    scope = policies.variations_for
    title = "Answer a request for a change"
    template_name = "funding/department/answer_variation.html"
    form_class = forms.AnswerChangeForm
    submit_label = "Answer"
    success_message = "The change is answered"

    def rows_in_scope(self) -> QuerySet[Variation]:
        return super().rows_in_scope().select_related("award")

    def back_url(self) -> str:
        return reverse("funding:award-reports", args=[self.object.award.key])

    def perform(self, form: forms.AnswerChangeForm) -> pages.Destination:
        is_agreed = form.cleaned_data["verdict"] == "agree"
        step = variations.agree if is_agreed else variations.refuse
        text = form.cleaned_data["answer"]
        step(self.object, answer=text, by=self.user, at=clock.now())
        return self.back_url()
