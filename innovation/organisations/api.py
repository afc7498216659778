"""Serializers of organisations and councils."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from innovation.organisations.models import (
    Council,
    CouncilCode,
    Identifier,
    Organisation,
)

COUNCIL = {
    "dfe_number": "301",
    "name": "Barking and Dagenham",
    "official_name": "London Borough of Barking and Dagenham",
    "authority_type": "London borough",
    "region": "London",
    "opened_on": None,
    "closed_on": None,
    "successors": [],
    "codes": [{"gss_code": "E09000002", "valid_from": "2009-01-01", "valid_to": None}],
}
ORGANISATION = {
    "key": "ORG-7K3M2-9QXTR",
    "name": "A made-up charity",
    "applicant_type": "charity",
    "legal_form": "Charitable company",
    "council": None,
    "identifiers": ["GB-CHC-0000000"],
    "demonstration": True,
    "merged_into": None,
}


class CodeSerializer(serializers.ModelSerializer[CouncilCode]):
    class Meta:
        model = CouncilCode
        fields = ["gss_code", "valid_from", "valid_to"]


@extend_schema_serializer(examples=[OpenApiExample("A council", COUNCIL)])
class CouncilSerializer(serializers.ModelSerializer[Council]):
    """The DfE number stays when the GSS code changes, so use the number as the key."""

    region = serializers.CharField(source="region.name")
    codes = CodeSerializer(many=True)
    successors = serializers.SlugRelatedField[Council](
        slug_field="dfe_number",
        many=True,
        read_only=True,
        help_text="DfE numbers of the councils that took over.",
    )

    class Meta:
        model = Council
        fields = list(COUNCIL)


class NamedOrganisation(serializers.ModelSerializer[Organisation]):
    """An organisation as other resources refer to it."""

    class Meta:
        model = Organisation
        fields = ["key", "name"]


class NamedCouncil(serializers.ModelSerializer[Council]):
    class Meta:
        model = Council
        fields = ["dfe_number", "name"]


@extend_schema_serializer(examples=[OpenApiExample("An organisation", ORGANISATION)])
class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    council = NamedCouncil(allow_null=True)
    identifiers = serializers.SlugRelatedField[Identifier](
        slug_field="org_id",
        many=True,
        read_only=True,
        help_text="Official numbers in org-id form, such as GB-COH-01234567.",
    )
    merged_into = NamedOrganisation(
        allow_null=True, help_text="The organisation that it turned out to be."
    )

    class Meta:
        model = Organisation
        fields = list(ORGANISATION)
