"""Rounds over the API."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from bids import policies
from bids.api.fields import Names
from bids.domain import programmes
from bids.models import Criterion, Round
from bids.models.round import Route
from innovation.accounts.models import User
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.scopes import Scope
from innovation.api.fields import MoneyText
from innovation.api.filters import ListFilters, text_filter
from innovation.api.views import Resource

_FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
"""Puts rounds whose opening is not known at the end."""
EXAMPLE = {
    "key": "RND-2F4H6-J8K0M",
    "name": "Round 1",
    "programme": "Children’s Social Care Innovation Programme",
    "summary": "Rethinking support for adolescents, and children’s social work.",
    "route": "full",
    "opens_at": "2014-06-30T23:00:00.000000Z",
    "closes_at": None,
    "opens_note": "",
    "min_award": None,
    "max_award": "3000000.00",
    "strands": ["Rethinking children’s social work", "Other area"],
    "criteria": [
        {
            "name": "Children’s lives",
            "description": "How far it would change children’s lives for the better",
            "weight": 3,
            "min_score": 0,
            "max_score": 4,
        }
    ],
    "demonstration": False,
}


class RoundCriterion(serializers.ModelSerializer[Criterion]):
    """Bids are scored by each criterion; one with twice the weight counts twice."""

    class Meta:
        model = Criterion
        fields = ["name", "description", "weight", "min_score", "max_score"]


@extend_schema_serializer(examples=[OpenApiExample("A round", EXAMPLE)])
class RoundSerializer(serializers.ModelSerializer[Round]):
    programme = serializers.CharField(source="programme.name")
    min_award = MoneyText(allow_null=True)
    max_award = MoneyText(allow_null=True)
    strands = Names(many=True)
    criteria = RoundCriterion(many=True)

    class Meta:
        model = Round
        fields = list(EXAMPLE)


@dataclass(frozen=True, kw_only=True)
class _RoundFilters:
    route: str = ""
    programme: str = ""

    def narrow(self, rows: QuerySet[Round]) -> QuerySet[Round]:
        rows = programmes.of_programme(rows, self.programme, "pk")
        return rows.filter(route=self.route) if self.route else rows


class RoundFilters(ListFilters):
    meaning = _RoundFilters
    route = filters.ChoiceFilter(choices=Route.choices)
    programme = text_filter(
        20,
        "The key of a programme, or “all”. Without it, you get the rounds of the main "
        "programme.",
    )


class RoundResource(Resource):
    """Published rounds: what can be, or could be, applied for. The one that opened last
    comes first.
    """

    required_scope = Scope.ROUNDS
    policy = SIGNED_IN
    serializer_class = RoundSerializer
    filterset_class = RoundFilters
    ordering = ("-opens_or_first", "-key")

    @staticmethod
    def rows(user: User) -> QuerySet[Round]:
        published = policies.published_rounds(user).annotate(
            opens_or_first=Coalesce("opens_at", Value(_FIRST_MOMENT))
        )
        return published.select_related("programme").prefetch_related(
            "strands", "criteria"
        )
