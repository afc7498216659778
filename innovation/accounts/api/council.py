"""Councils over the API."""

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters

from innovation.accounts.models import User
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.scopes import Scope
from innovation.api.filters import text_filter
from innovation.api.views import Resource
from innovation.organisations.api import CouncilSerializer
from innovation.organisations.models import Council, CouncilFact


class CouncilFilters(filters.FilterSet):
    region = text_filter(60, "The region’s name.", "region__name")
    gss_code = text_filter(9, "A current or former GSS code.", "codes__gss_code")


class CouncilResource(Resource):
    """Councils with children’s services duties, by DfE number, and dated facts about
    them: Ofsted judgements, interventions and partnerships in practice.
    """

    required_scope = Scope.COUNCILS
    policy = SIGNED_IN
    serializer_class = CouncilSerializer
    filterset_class = CouncilFilters
    lookup_field = "dfe_number"
    ordering = ("pk",)

    @staticmethod
    def rows(user: User) -> QuerySet[Council]:
        return Council.objects.select_related("region").prefetch_related(
            "codes",
            "successors",
            "judgements",
            Prefetch("facts", CouncilFact.objects.known()),
        )
