"""The filters that expressions, bids and awards share."""

from django_filters import rest_framework as filters

from innovation.api.filters import text, yes_or_no


class CaseFilters(filters.FilterSet):
    round = text("round__key", 20, "The key of a round.")
    lead = text("lead__key", 20, "The key of the lead organisation.")
    council = text("councils__dfe_number", 3, "A council’s DfE number.")
    demonstration = yes_or_no("demonstration", "Made-up cases, or none of them.")
