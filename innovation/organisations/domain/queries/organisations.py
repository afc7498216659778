"""The list of organisations and its filters: one reading for the page and the API."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from innovation.organisations.models import Identifier, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilters:
    """What nobody asked for is empty."""

    text: str = ""
    """Part of a name or of an official number."""
    applicant_type: str = ""
    council: str = ""
    """A DfE number."""

    def narrow(self, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Those of these organisations that match."""
        if self.text:
            numbered = Identifier.objects.filter(value__icontains=self.text)
            named = Q(name__icontains=self.text)
            rows = rows.filter(named | Q(pk__in=numbered.values("organisation")))
        if self.applicant_type:
            rows = rows.filter(applicant_type=self.applicant_type)
        if self.council:
            rows = rows.filter(council=self.council)
        return rows
