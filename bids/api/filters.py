"""The filters that expressions and bids share."""

from django_filters import rest_framework as filters


class CaseFilters(filters.FilterSet):  # type: ignore[misc]  # untyped package
    round = filters.CharFilter(
        "round__key", max_length=20, help_text="The key of a round."
    )
    lead = filters.CharFilter(
        "lead__key", max_length=20, help_text="The key of the lead organisation."
    )
    council = filters.CharFilter(
        "councils__dfe_number", max_length=3, help_text="A council’s DfE number."
    )
    demonstration = filters.BooleanFilter(help_text="Made-up cases, or none of them.")
