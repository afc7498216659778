"""Awards over the API: only announced ones, for all users (ADR 5)."""

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from bids.api.fields import COUNCILS, ROUND, RelatedRows, YearAmount
from bids.api.filters import CaseFilters
from bids.models import Bid
from funding import policies
from funding.domain.queries import awards
from funding.models import Award, EvaluationReport
from funding.models.award import DatePrecision
from funding.models.ledger import Precision
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.scopes import Scope
from innovation.api.fields import MoneyText
from innovation.api.filters import day_filter, text_filter
from innovation.api.views import Resource
from innovation.core.clock import london_day, now
from innovation.organisations.api import NamedOrganisation

EXAMPLE = {
    "key": "AWD-3B5D7-F9H1K",
    "title": "A made-up project",
    "summary": "Families stay with one social worker throughout.",
    "state": "active",
    "round": ROUND,
    "lead": None,
    "lead_as_published": "A made-up charity",
    "partners": [],
    "councils": COUNCILS,
    "focus_area": "Rethinking children’s social work",
    "idea_type": "New practice model",
    "idea_as_published": "",
    "practice_models": ["Signs of Safety"],
    "amount": "2500000.00",
    "amount_precision": "more than",
    "amount_note": "",
    "years": [],
    "dated_on": "2015-01-31",
    "date_precision": "month",
    "date_kind": "announced",
    "announced_on": "2015-01-31",
    "evaluation_reports": [
        {
            "key": "EVR-9M1N3-P5Q7R",
            "title": "Evaluation of a made-up project",
            "published_on": "2017-07-31",
        }
    ],
    "bid": None,
    "source": "A made-up press notice",
    "confidence": "high",
    "notes": "One of the first awards.",
    "revised_on": None,
    "demonstration": True,
}


class ReportSerializer(serializers.ModelSerializer[EvaluationReport]):
    class Meta:
        model = EvaluationReport
        fields = ["key", "title", "published_on"]


@extend_schema_serializer(examples=[OpenApiExample("An award", EXAMPLE)])
class AwardSerializer(RelatedRows[Award]):
    """Facts that a source does not state are null or empty, never guessed."""

    state = serializers.ChoiceField(choices=AwardState.choices)
    lead = NamedOrganisation(allow_null=True)
    lead_as_published = serializers.CharField(
        source="lead_in_source", help_text="Empty if no source names one."
    )
    amount = MoneyText(allow_null=True)
    amount_precision = serializers.ChoiceField(
        choices=[("", "Not known"), *Precision.choices],
        help_text="How the source states it: “more than £2.5m” is not £2.5m, and a "
        "number without such words is not stated to be exact.",
    )
    years = YearAmount(many=True)
    dated_on = serializers.DateField(
        help_text="The last day of the period the source gives."
    )
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices)
    announced_on = serializers.DateField(
        source="announcement_day",
        allow_null=True,
        help_text="Null if no source gives the day.",
    )
    confidence = serializers.CharField(
        help_text="How far the source can be trusted: high, medium, low, or empty."
    )
    notes = serializers.CharField(
        help_text="What else the sources say, and what is from general knowledge."
    )
    revised_on = serializers.DateField(
        allow_null=True,
        help_text="The last day on which it was added late or corrected. Null if "
        "never.",
    )
    evaluation_reports = ReportSerializer(many=True)
    bid = serializers.SlugRelatedField[Bid](
        slug_field="key",
        read_only=True,
        allow_null=True,
        help_text="Null for an award known from published sources.",
    )

    class Meta:
        model = Award
        fields = list(EXAMPLE)


class AwardFilters(CaseFilters):
    meaning = awards.AwardFilters
    state = filters.ChoiceFilter(choices=AwardState.choices)
    strand = text_filter(120, "The focus area in words.")
    practice_model = text_filter(100, "The name of a practice model.")
    announced_from = day_filter()
    announced_to = day_filter()


class AwardResource(Resource):
    """Announced awards, with their amounts as precisely as is known. An award not yet
    announced is in no answer, not even to those who manage it. The one with the latest
    `dated_on` comes first.
    """

    required_scope = Scope.AWARDS
    policy = SIGNED_IN
    serializer_class = AwardSerializer
    filterset_class = AwardFilters
    ordering = ("-dated_on", "-key")

    @staticmethod
    def rows(user: User) -> QuerySet[Award]:
        today = london_day(now())
        announced = policies.public_awards(today)
        if user.is_authenticated and user.declared_interest:
            announced = announced.exclude(bid__in=policies.bids_in_conflict(user))
        reports = EvaluationReport.objects.filter(published_on__lte=today)
        return announced.select_related(
            "round", "lead", "idea_type", "bid"
        ).prefetch_related(
            "partners",
            "councils",
            "practice_models",
            "years",
            Prefetch("evaluation_reports", reports),
        )
