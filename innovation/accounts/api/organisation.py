"""Organisations and councils over the API."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from innovation.accounts import policies
from innovation.accounts.models import User
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.scopes import Scope
from innovation.api.filters import text_filter
from innovation.api.views import Resource
from innovation.organisations.api import CouncilSerializer, OrganisationSerializer
from innovation.organisations.models import Council, Organisation
from innovation.organisations.models.organisation import ApplicantType


class OrganisationFilters(filters.FilterSet):
    applicant_type = filters.ChoiceFilter(choices=ApplicantType.choices)
    council = text_filter("council__dfe_number", 3, "A DfE number.")


class OrganisationResource(Resource):
    """The organisations that apply and lead. An applicant can read their own, the
    department all of them.
    """

    required_scope = Scope.ORGANISATIONS
    policy = SIGNED_IN
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters

    @staticmethod
    def rows(user: User) -> QuerySet[Organisation]:
        organisations = policies.organisations_for(user)
        return organisations.select_related("council").prefetch_related("identifiers")


class CouncilFilters(filters.FilterSet):
    region = text_filter("region__name", 60, "The region’s name.")
    gss_code = text_filter("codes__gss_code", 9, "Now or in the past.")


class CouncilResource(Resource):
    """Councils with children’s services duties, by DfE number."""

    required_scope = Scope.COUNCILS
    policy = SIGNED_IN
    serializer_class = CouncilSerializer
    filterset_class = CouncilFilters
    lookup_field = "dfe_number"
    ascending = True

    @staticmethod
    def rows(user: User) -> QuerySet[Council]:
        return Council.objects.select_related("region").prefetch_related(
            "codes", "successors"
        )
