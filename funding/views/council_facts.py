"""Pages on which officials add, end and withdraw dated facts about councils."""

from django.db.models import QuerySet
from django.urls import reverse

from funding.forms import council_fact as forms
from funding.views.councils import READ_COUNCIL, councils_in_scope
from innovation.accounts.domain import council_facts
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import Visitor
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience
from innovation.core import clock
from innovation.organisations.models import Council, CouncilFact
from innovation.web import pages

RECORD = permission_required(Permission.RECORD_COUNCIL_FACTS)


def facts_in_scope(user: Visitor) -> QuerySet[CouncilFact]:
    """All facts: they have published sources."""
    return CouncilFact.objects.select_related("council", "chain")


class AddFact(pages.FormPage[Council, forms.AddFactForm]):
    policy = RECORD
    scope = staticmethod(councils_in_scope)
    lookup = "dfe_number"
    object_page = "funding:council"
    form_class = forms.AddFactForm
    submit_label = "Add this fact"
    success_message = "The fact was added"

    def page_title(self) -> str:
        return f"Add a fact about {self.object.name}"

    def perform(self, form: forms.AddFactForm) -> pages.Destination:
        council_facts.add(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


class FactPage(pages.DetailPage[CouncilFact]):
    """A fact with its sources and its history."""

    policy = READ_COUNCIL
    scope = staticmethod(facts_in_scope)
    template_name = "funding/department/council_fact.html"

    def page_title(self) -> str:
        return f"{self.object.get_kind_display()}: {self.object.council.name}"

    def back_url(self) -> str:
        return reverse("funding:council", args=[self.object.council_id])

    def context(self) -> dict[str, object]:
        fact = self.object
        is_standing = fact.withdrawn_at is None
        may_record = self.user.may(Permission.RECORD_COUNCIL_FACTS) and is_standing
        return {
            "rows": _rows(fact),
            "may_end": may_record and not fact.ended,
            "may_withdraw": may_record,
            "timeline": presenters.timeline(
                fact.chain, [Audience.DEPARTMENT], names_by_key
            ),
        }


def _rows(fact: CouncilFact) -> list[dict[str, str]]:
    rows = [
        ("What the source says", fact.what),
        ("When", fact.period),
        ("Source", fact.source),
        ("Source of its end", fact.end_source),
        ("Confidence in the source", fact.get_confidence_display()),
        ("Withdrawn because", fact.withdrawn_because),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


class _FactStep(pages.Page[CouncilFact]):
    policy = RECORD
    scope = staticmethod(facts_in_scope)
    object_page = "funding:council-fact"

    def check(self) -> None:
        council_facts.require_standing(self.object)


class EndFact(_FactStep, pages.StepPage[CouncilFact, forms.EndFactForm]):
    title = "Record when this ended"
    template_name = "funding/department/council_fact_step.html"
    form_class = forms.EndFactForm
    submit_label = "Record its end"
    success_message = "Its end was recorded"
    step = council_facts.end

    def check(self) -> None:
        council_facts.require_running(self.object)


class WithdrawFact(_FactStep, pages.StepPage[CouncilFact, forms.WithdrawFactForm]):
    title = "Withdraw this fact"
    template_name = "funding/department/council_fact_step.html"
    form_class = forms.WithdrawFactForm
    submit_label = "Withdraw this fact"
    success_message = "The fact was withdrawn"
    step = council_facts.withdraw
