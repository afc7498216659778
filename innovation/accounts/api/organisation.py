"""Organisations over the API."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from innovation.accounts import policies
from innovation.accounts.models import User
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.scopes import Scope
from innovation.api.filters import ListFilters, text_filter
from innovation.api.views import Resource
from innovation.organisations.api import OrganisationSerializer
from innovation.organisations.domain.queries import organisations as queries
from innovation.organisations.models import Organisation
from innovation.organisations.models.organisation import ApplicantType


class OrganisationFilters(ListFilters):
    meaning = queries.OrganisationFilters
    applicant_type = filters.ChoiceFilter(choices=ApplicantType.choices)
    council = text_filter(
        100, "A name, DfE number or GSS code of a council, or how a name begins."
    )


class OrganisationResource(Resource):
    """The organisations that apply and lead. An applicant can read their own, the
    department all of them. One that an applicant has added as a partner is among them
    once an official has confirmed it. The one that was added last comes first.
    """

    required_scope = Scope.ORGANISATIONS
    policy = SIGNED_IN
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters

    @staticmethod
    def rows(user: User) -> QuerySet[Organisation]:
        organisations = policies.organisations_for(user)
        return organisations.select_related("council", "merged_into").prefetch_related(
            "identifiers"
        )
