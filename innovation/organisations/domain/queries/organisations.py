"""The filters of the list of organisations, for the page and the API."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from innovation.organisations.models import Identifier, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilters:
    """The values to filter by; empty ones are ignored."""

    text: str = ""
    """Part of a name or of an official number."""
    applicant_type: str = ""
    council: str = ""
    """A DfE number."""

    def narrow(self, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """The organisations that match the filters."""
        if self.text:
            numbered = Identifier.objects.filter(value__icontains=self.text)
            named = Q(name__icontains=self.text)
            rows = rows.filter(named | Q(pk__in=numbered.values("organisation")))
        if self.applicant_type:
            rows = rows.filter(applicant_type=self.applicant_type)
        if self.council:
            rows = rows.filter(council=self.council)
        return rows
