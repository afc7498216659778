"""Bids over the API."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from bids import policies
from bids.api import rows
from bids.api.answer import CaseDetail
from bids.api.examples import BID, BID_DETAIL, BID_FACTS
from bids.api.fields import CaseSerializer, YearAmount
from bids.api.filters import CaseFilters
from bids.domain.queries import assessments, bids, results
from bids.domain.results import Result
from bids.models import Bid, Expression
from bids.states import BidState
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.api.fields import MoneyText
from innovation.api.views import Resource
from innovation.core import clock


class BidYearAmount(YearAmount):
    category = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("A bid", BID)])
class BidSerializer(CaseSerializer[Bid]):
    expression = serializers.SlugRelatedField[Expression](
        slug_field="key",
        read_only=True,
        help_text="The key of the expression it came from.",
    )
    state = serializers.ChoiceField(
        choices=BidState.choices,
        source="disclosed_state",
        help_text="“approved” only once the award has been announced; until then "
        "the bid is shown as “with_minister”. Applicants see a bid as “assessed” from "
        "its assessment until then.",
    )
    money = BidYearAmount(many=True, help_text="By financial year and kind of cost.")

    class Meta:
        model = Bid
        fields = list(BID)


class AssessmentResult(serializers.Serializer[Result]):
    """The mean of the scores by the weights of the round's criteria, in per cent: 0 is
    the lowest score on every criterion, 100 the highest.
    """

    percent = serializers.DecimalField(4, 1)
    lowest = serializers.DecimalField(
        4, 1, help_text="The lowest result by one assessor’s scores alone."
    )
    highest = serializers.DecimalField(
        4, 1, help_text="The highest result by one assessor’s scores alone."
    )


class Assessment(serializers.Serializer[object]):
    """The progress and the result of the assessment, without its assessors and their
    scores.
    """

    needed = serializers.IntegerField(help_text="Assessments that its round requires.")
    assigned = serializers.IntegerField(help_text="People it was assigned to.")
    finished = serializers.IntegerField(help_text="How many of them have finished.")
    reopened_at = serializers.DateTimeField(
        allow_null=True, help_text="When an official last reopened it."
    )
    result = AssessmentResult(
        allow_null=True, help_text="Once the bid is assessed; null before."
    )


@extend_schema_serializer(examples=[OpenApiExample("A bid", BID_DETAIL)])
class BidDetail(CaseDetail, BidSerializer):
    facts = {name: name for name in BID_FACTS} | {"support_needed": "support"}
    asked = MoneyText(allow_null=True, help_text="The total of the costs.")
    money: Any = rows.Cost(
        many=True,
        source="snapshot_money",
        help_text="By financial year, kind of cost and whose cost it is.",
    )
    other_funding = rows.OtherFunding(many=True, source="snapshot_other_funding")
    support_needed = rows.Support(many=True, source="snapshot_support")
    barriers = rows.Barrier(many=True, source="snapshot_barriers")
    outcomes = rows.Outcome(many=True, source="snapshot_outcomes")
    theory_of_change = serializers.CharField(allow_null=True)
    milestones = rows.Milestone(many=True, source="snapshot_milestones")
    risks = rows.Risk(many=True, source="snapshot_risks")
    evaluation_plan = serializers.CharField(allow_null=True)
    partner_letters = rows.PartnerLetter(many=True, source="snapshot_partner_letters")
    assessment = serializers.SerializerMethodField(
        help_text="For the department alone; null for an applicant."
    )

    @extend_schema_field(Assessment(allow_null=True))
    def get_assessment(self, bid: Bid) -> object:
        reader = self.context["request"].user
        if not policies.may(reader, Permission.READ_CASES, bid.expression):
            return None
        progress = assessments.assessment_progress(bid)
        reopening = bid.reopenings.first()
        return Assessment(
            {
                "needed": progress.needed,
                "assigned": len(progress.assessments),
                "finished": progress.finished_count,
                "reopened_at": reopening and reopening.reopened_at,
                "result": results.bid_result(bid),
            }
        ).data

    class Meta:
        model = Bid
        fields = list(BID_DETAIL)


class BidFilters(CaseFilters):
    meaning = bids.BidFilters
    state = filters.ChoiceFilter("disclosed_state", choices=BidState.choices)


class BidResource(Resource):
    """Bids, from the start of their development. Applicants can read the bids of their
    organisations, coaches those of the cases assigned to them, and the department all
    bids. Nobody can read a case in which they have declared an interest. A single bid
    also has its facts, row by row, and its answers, by question. The one that was
    opened last comes first.
    """

    required_scope = Scope.BIDS
    policy = permission_required(Permission.APPLY, Permission.READ_CASES)
    serializer_class = BidSerializer
    detail_class = BidDetail
    filterset_class = BidFilters
    ordering = ("-opened_at", "-key")

    @staticmethod
    def rows(user: User) -> QuerySet[Bid]:
        today = clock.london_day(clock.now())
        return (
            bids.with_disclosed_state(policies.bids_for(user), user, on=today)
            .select_related(
                "expression", "round", "lead", "strand", "idea_type", "reconsideration"
            )
            .prefetch_related("partners", "councils", "practice_models", "money")
        )
