"""Expressions of interest over the API."""

from django.db.models import OuterRef, QuerySet, Subquery
from django_filters import rest_framework as filters
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from bids import policies
from bids.api.answer import CaseDetail
from bids.api.examples import EXPRESSION, EXPRESSION_DETAIL
from bids.api.fields import CaseSerializer, YearAmount
from bids.api.filters import CaseFilters
from bids.api.rows import Barrier, ExpectedOutcome, Support
from bids.api.triage import Triage, triage_of
from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.models import (
    Bid,
    Expression,
    IdeaType,
    MoneyAsked,
    PracticeModel,
    Round,
    Strand,
    SupportNeed,
)
from bids.models.expression import SupportKind
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.api.filters import day_filter, text_filter
from innovation.api.listing import (
    Listing,
    amount_in_pounds,
    related_object,
    related_rows,
)
from innovation.api.views import Resource
from innovation.organisations.models import Council, Organisation
from innovation.organisations.models.organisation import ApplicantType

STATES = [choice for choice in ExpressionState.choices if choice[0] != "draft"]


@extend_schema_serializer(examples=[OpenApiExample("An expression", EXPRESSION)])
class ExpressionSerializer(CaseSerializer[Expression]):
    state = serializers.ChoiceField(choices=STATES)
    money = YearAmount(many=True, help_text="What is asked for, by financial year.")
    support = serializers.SlugRelatedField[SupportNeed](
        slug_field="kind",
        many=True,
        read_only=True,
        help_text=f"Any of {', '.join(SupportKind.values)}.",
    )
    merged_into = serializers.CharField(
        source="merged_into_key",
        read_only=True,
        allow_null=True,
        help_text="Only where you can read that one too.",
    )
    bid = serializers.SlugRelatedField[Bid](
        slug_field="key",
        read_only=True,
        allow_null=True,
        help_text="The key of the bid it became.",
    )

    class Meta:
        model = Expression
        fields = list(EXPRESSION)


@extend_schema_serializer(examples=[OpenApiExample("An expression", EXPRESSION_DETAIL)])
class ExpressionDetail(CaseDetail, ExpressionSerializer):
    facts = {
        "support_needed": "support",
        "barriers": "barriers",
        "outcomes": "outcomes",
    }
    support_needed = Support(many=True, source="snapshot_support")
    barriers = Barrier(many=True, source="snapshot_barriers")
    outcomes = ExpectedOutcome(many=True, source="snapshot_outcomes")
    triage = serializers.SerializerMethodField(
        help_text="For the department alone; null for an applicant."
    )

    @extend_schema_field(Triage(allow_null=True))
    def get_triage(self, expression: Expression) -> object:
        return triage_of(expression, self.context["request"].user)

    class Meta:
        model = Expression
        fields = list(EXPRESSION_DETAIL)


KEY_AND_NAME = {"key": "key", "name": "name"}
NUMBER_AND_NAME = {"dfe_number": "dfe_number", "name": "name"}
LISTING = Listing(
    {
        "key": "key",
        "title": "title",
        "summary": "summary",
        "state": "state",
        "round": related_object(Round, "round_id", "key", "name"),
        "lead": related_object(Organisation, "lead_id", "key", "name"),
        "partners": related_rows(
            Organisation.objects, "partner_expressions", KEY_AND_NAME
        ),
        "councils": related_rows(Council.objects, "expressions", NUMBER_AND_NAME),
        "strand": related_object(Strand, "strand_id", "name"),
        "maturity": "maturity_id",
        "idea_type": related_object(IdeaType, "idea_type_id", "name"),
        "practice_models": related_rows(PracticeModel.objects, "expressions", "name"),
        "money": related_rows(
            MoneyAsked.objects,
            "expression",
            {"financial_year": "financial_year", "amount": amount_in_pounds("amount")},
        ),
        "support": related_rows(
            SupportNeed.objects.order_by("pk"), "expression", "kind"
        ),
        "submitted_at": "submitted_at",
        "merged_into": "merged_into_key",
        "bid": "bid__key",
        "reconsideration": "reconsideration__state",
        "demonstration": "demonstration",
    }
)


class ExpressionFilters(CaseFilters):
    meaning = CaseSearchFilters
    state = filters.ChoiceFilter(choices=STATES)
    region = text_filter(9, "The GSS code of a region of its councils.")
    applicant_type = filters.ChoiceFilter(
        choices=ApplicantType.choices, help_text="Of the lead organisation."
    )
    submitted_from = day_filter()
    submitted_to = day_filter()


class ExpressionResource(Resource):
    """Expressions of interest that have been sent. Applicants can read those of their
    organisations, coaches those assigned to them, and the department all of them.
    Nobody can read a case in which they have declared an interest. A single expression
    also has its facts, row by row, and its answers, by question. The one that was sent
    last comes first.
    """

    required_scope = Scope.EXPRESSIONS
    policy = permission_required(Permission.APPLY, Permission.READ_CASES)
    serializer_class = ExpressionSerializer
    detail_class = ExpressionDetail
    filterset_class = ExpressionFilters
    listing = LISTING
    ordering = ("-submitted_at", "-key")

    @staticmethod
    def rows(user: User) -> QuerySet[Expression]:
        expressions = policies.expressions_for(user)
        into = (
            expressions.filter(pk=OuterRef("merged_into_id")).order_by().values("key")
        )
        return (
            expressions.filter(submitted_at__isnull=False)
            .annotate(merged_into_key=Subquery(into))
            .defer("search")
            .select_related(
                "round", "lead", "strand", "idea_type", "bid", "reconsideration"
            )
            .prefetch_related(
                "partners", "councils", "practice_models", "money", "support"
            )
        )
