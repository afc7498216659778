"""Serializers of the related rows of a case, read from its snapshot."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bids.api.fields import YearAmount
from bids.models.application import Row
from bids.models.bid import CostCategory
from bids.models.expression import SupportKind
from innovation.api.fields import MoneyText
from innovation.core.money import Money
from innovation.organisations.api import NamedOrganisation


class Pence(MoneyText):
    """Money as in a snapshot."""

    def to_representation(self, value: Any) -> str:
        return super().to_representation(Money(value))


class Support(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=SupportKind.choices)
    detail = serializers.CharField()


class Barrier(serializers.Serializer[object]):
    """A law or rule that stands in the way."""

    law_or_rule = serializers.CharField()
    what_it_stops = serializers.CharField()


class ExpectedOutcome(serializers.Serializer[object]):
    """What would be different for children, and how it would be measured."""

    description = serializers.CharField()
    measure = serializers.CharField()


class Outcome(ExpectedOutcome):
    """Baseline and target are numbers as text, or null if they are not known yet."""

    baseline = serializers.DecimalField(12, 2, allow_null=True)
    target = serializers.DecimalField(12, 2, allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class Cost(YearAmount):
    """The cost of a year; the lead organisation's own where no partner is named."""

    amount = Pence()
    category = serializers.ChoiceField(choices=CostCategory.choices)
    partner = serializers.SerializerMethodField()
    description = serializers.CharField(help_text="Empty if none was given.")

    @extend_schema_field(NamedOrganisation(allow_null=True))
    def get_partner(self, row: Row) -> Row | None:
        return _organisation(row, "partner") if row["partner"] else None


class OtherFunding(YearAmount):
    """Money from elsewhere, never counted as asked for."""

    source: Any = serializers.CharField()
    amount = Pence()
    secured = serializers.BooleanField()


class Milestone(serializers.Serializer[object]):
    description = serializers.CharField()
    due_on = serializers.DateField()


class Risk(serializers.Serializer[object]):
    """Likelihood and impact are from 1 to 5."""

    description = serializers.CharField()
    likelihood = serializers.IntegerField()
    impact = serializers.IntegerField()
    mitigation = serializers.CharField()


class PartnerLetter(serializers.Serializer[object]):
    organisation = serializers.SerializerMethodField()
    received_on = serializers.DateField()
    text = serializers.CharField()

    @extend_schema_field(NamedOrganisation)
    def get_organisation(self, row: Row) -> Row:
        return _organisation(row, "organisation")


def _organisation(row: Row, column: str) -> Row:
    return {"key": row[f"{column}_key"], "name": row[column]}
