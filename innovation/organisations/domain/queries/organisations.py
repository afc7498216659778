"""The filters of the list of organisations, for the page and the API."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from innovation.core import keys
from innovation.core.folding import Fold, fold
from innovation.organisations.domain.queries.councils import find_councils, plain_name
from innovation.organisations.models import CouncilCode, Identifier, Organisation

_SCHEME = re.compile(r"^[a-z]{2}-[a-z0-9]{2,6}-", re.IGNORECASE)
"""Of an org-id: `GB-CHC-` before the number."""


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
        numbered = Identifier.objects.filter(value__icontains=_number(self.text))
        return (
            Q(pk__in=organisations_called(self.text).values("pk"))
            | Q(pk__in=numbered.values("organisation"))
            | Q(key=keys.normalise(self.text))
        )


def _number(text: str) -> str:
    """The number in a text such as `GB-CHC-1090095` or `109 0095`."""
    number = _SCHEME.sub("", text.strip())
    is_number = any(character.isdigit() for character in number)
    return "".join(number.split()) if is_number else number


def organisations_called(text: str) -> QuerySet[Organisation]:
    """The organisations with the text in their name, and the councils that ever had it
    as their name, with or without the kind of council, or as their number or code. None
    for a text without words.
    """
    folded = fold(text)
    if not folded:
        return Organisation.objects.none()
    named = Organisation.objects.alias(folded=Fold("name"))
    names = {folded, plain_name(text)}
    codes = CouncilCode.objects.alias(
        folded_name=Fold("name"), folded_official_name=Fold("official_name")
    ).filter(
        Q(folded_name__in=names)
        | Q(folded_official_name__in=names)
        | Q(gss_code=folded.upper())
        | Q(council=folded)
    )
    # Each subquery has its own index.
    return Organisation.objects.filter(
        Q(pk__in=named.filter(folded__contains=folded).order_by().values("pk"))
        | Q(council__in=codes.order_by().values("council"))
    ).order_by()
