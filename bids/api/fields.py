"""Serializers that expressions, bids and awards share."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

from bids.models import Round
from bids.states import ReconsiderationState
from innovation.api.fields import MoneyText
from innovation.organisations.api import NamedCouncil, NamedOrganisation

C = TypeVar("C", bound=Model)

ROUND = {"key": "RND-2F4H6-J8K0M", "name": "Round 1"}
LEAD = {"key": "ORG-7K3M2-9QXTR", "name": "A made-up charity"}
COUNCILS = [{"dfe_number": "301", "name": "Barking and Dagenham"}]
MATURITY = (
    "i1 to develop an idea, i2 to test and improve it, i3 to scale and spread it."
)
YEARS = [{"financial_year": 2014, "amount": "250000.00"}]


class NamedRound(serializers.ModelSerializer[Round]):
    class Meta:
        model = Round
        fields = ["key", "name"]


class YearAmount(serializers.Serializer[object]):
    """Money in a financial year, by the year in which it starts in April."""

    financial_year = serializers.IntegerField()
    amount = MoneyText()


class Names(serializers.SlugRelatedField[Any]):
    """The names of related rows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="name", read_only=True, **options)


# These two have no docstring: the API's description would show it for each resource.
class RelatedRows(serializers.ModelSerializer[C]):
    # The related objects of expressions, bids and awards.
    round = NamedRound()
    partners = NamedOrganisation(many=True)
    councils = NamedCouncil(many=True)
    idea_type = Names(allow_null=True)
    practice_models = Names(many=True)


class CaseSerializer(RelatedRows[C]):
    # The other fields that expressions and bids share.
    lead = NamedOrganisation()
    strand = Names(allow_null=True)
    maturity = serializers.CharField(
        source="maturity_id", allow_null=True, help_text=MATURITY
    )
    reconsideration = serializers.ChoiceField(
        choices=ReconsiderationState.choices,
        source="reconsideration.state",
        allow_null=True,
        help_text="What became of the applicant’s request to look at a decline again. "
        "Null if there was none.",
    )
