"""The page of a council for those who work on cases and grants."""

from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from funding.domain.queries import councils
from funding.forms.council import CouncilDayForm
from funding.policies import may_read_awards
from funding.wording import AWARD_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import Visitor
from innovation.accounts.policies import COUNCIL_READERS
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.core.clock import end_of_day
from innovation.organisations.domain.queries import council_facts
from innovation.organisations.domain.queries.council_facts import CouncilFacts
from innovation.organisations.models import Council
from innovation.web.as_at import AsAtPage

READ_COUNCIL = permission_required(*COUNCIL_READERS)
LISTED = 20
"""Cases, awards and reports that the page shows of each; their lists have the rest."""


def councils_in_scope(user: Visitor) -> QuerySet[Council]:
    """All councils: they are public."""
    return Council.objects.all()


class CouncilPage(AsAtPage[Council]):
    """Its dated facts, and the cases, awards and evaluations that the reader may know
    of.
    """

    policy = READ_COUNCIL
    scope = staticmethod(councils_in_scope)
    lookup = "dfe_number"
    back = "accounts:councils"
    template_name = "funding/department/council.html"
    form_class = CouncilDayForm

    def rows_in_scope(self) -> QuerySet[Council]:
        return super().rows_in_scope().select_related("region", "organisation")

    def page_title(self) -> str:
        return str(self.object.name)

    @cached_property
    def known_at(self) -> datetime | None:
        """The moment whose knowledge is asked for; `None` for now."""
        if self.form.is_bound and self.form.is_valid():
            known_on = self.form.cleaned_data["known_on"]
            return end_of_day(known_on) if known_on else None
        return None

    def context(self) -> dict[str, object]:
        council, user, today = self.object, self.user, self.today
        awards = councils.council_awards(council, user, today)
        return {
            "today": today,
            "organisation": getattr(council, "organisation", None),
            "successors": council.successors.all(),
            "known_at": self.known_at,
            "summary": _summary(
                council_facts.facts_on(council, self.day, self.known_at)
            ),
            "timeline": council_facts.timeline(council, self.known_at),
            "may_record": user.may(Permission.RECORD_COUNCIL_FACTS),
            "reads_cases": user.may(Permission.READ_CASES),
            "cases": councils.council_cases(council, user, most=LISTED),
            "audience": Audience.DEPARTMENT,
            "reads_awards": may_read_awards(user),
            "awards": awards[:LISTED],
            "award_tags": AWARD_TAGS,
            "reports": councils.council_reports(council, user, today)[:LISTED],
        }


def _summary(facts: CouncilFacts) -> list[dict[str, str]]:
    rows = {
        "Ofsted judgement": [facts.judgement] if facts.judgement else [],
        "Services run by": facts.trusts or ["The council, as far as we know"],
        "Intervention": facts.interventions,
        "Partner in Practice": facts.partnerships,
    }
    return [
        {"label": label, "value": "\n".join(lines) or "None recorded by this day"}
        for label, lines in rows.items()
    ]
