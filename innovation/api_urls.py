"""The addresses of the API: a list and a detail address for each resource."""

from django.urls import URLPattern, path

from bids.api.bid import BidResource
from bids.api.expression import ExpressionResource
from bids.api.round import RoundResource
from funding.api.award import AwardResource
from innovation.accounts.api.council import CouncilResource
from innovation.accounts.api.organisation import OrganisationResource
from innovation.api.schema import Schema
from innovation.api.views import Resource
from innovation.registers import api as registers

app_name = "api"

RESOURCES: dict[str, type[Resource]] = {
    "rounds": RoundResource,
    "expressions": ExpressionResource,
    "bids": BidResource,
    "awards": AwardResource,
    "organisations": OrganisationResource,
    "councils": CouncilResource,
    **registers.RESOURCES,
}


def _addresses(name: str, resource: type[Resource]) -> list[URLPattern]:
    detail_path = f"{name}/<str:{resource.lookup_field}>/"
    return [
        path(f"{name}/", resource.as_view({"get": "list"}), name=name),
        path(detail_path, resource.as_view({"get": "retrieve"}), name=f"{name}-one"),
    ]


urlpatterns = [
    path("schema", Schema.as_view(), name="schema"),
    *(route for name in RESOURCES for route in _addresses(name, RESOURCES[name])),
]
