"""The filters of the list of organisations, for the page and the API."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from innovation.core import keys
from innovation.core.folding import Fold, fold
from innovation.organisations.domain.queries.councils import find_councils
from innovation.organisations.models import CouncilCode, Identifier, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilters:
    """The values to filter by; empty ones are ignored."""

    text: str = ""
    """Part of a name or of an official number, a reference, or a name of a council."""
    applicant_type: str = ""
    council: str = ""
    """A name, number or code of a council."""

    def narrow(self, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """The organisations that match the filters. Raise `Invalid` for a council that
        there is not.
        """
        if self.text:
            rows = rows.filter(self._has_text())
        if self.applicant_type:
            rows = rows.filter(applicant_type=self.applicant_type)
        if self.council:
            rows = rows.filter(council__in=find_councils(self.council, "council"))
        return rows

    def _has_text(self) -> Q:
        numbered = Identifier.objects.filter(value__icontains=self.text.strip())
        return (
            Q(pk__in=organisations_called(self.text).values("pk"))
            | Q(pk__in=numbered.values("organisation"))
            | Q(key=keys.normalise(self.text))
        )


def organisations_called(text: str) -> QuerySet[Organisation]:
    """The organisations with the text in their name, and the councils that ever had it
    as theirs. None for a text without words.
    """
    folded = fold(text)
    if not folded:
        return Organisation.objects.none()
    named = Organisation.objects.alias(folded=Fold("name"))
    codes = CouncilCode.objects.alias(
        folded_name=Fold("name"), folded_official_name=Fold("official_name")
    ).filter(Q(folded_name=folded) | Q(folded_official_name=folded))
    # Each subquery has its own index.
    return Organisation.objects.filter(
        Q(pk__in=named.filter(folded__contains=folded).order_by().values("pk"))
        | Q(council__in=codes.order_by().values("council"))
    ).order_by()
