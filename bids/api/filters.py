"""The filters that expressions, bids and awards share."""

from django_filters import rest_framework as filters

from innovation.api.filters import text_filter, yes_or_no_filter


class CaseFilters(filters.FilterSet):
    round = text_filter("round__key", 20, "The key of a round.")
    lead = text_filter("lead__key", 20, "The key of the lead organisation.")
    council = text_filter("councils__dfe_number", 3, "A council’s DfE number.")
    demonstration = yes_or_no_filter("demonstration", "Made-up cases, or none of them.")
