"""Serializers of organisations and councils."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from innovation.organisations.models import (
    Council,
    CouncilCode,
    CouncilFact,
    Identifier,
    OfstedJudgement,
    Organisation,
)

FACT = {
    "key": "FCT-7K3M2-9QXTR",
    "kind": "trust",
    "what": "independent trust began",
    "started": "2014-10",
    "ended": "",
    "source": "A written answer",
    "end_source": "",
    "confidence": "high",
    "recorded_at": "2026-11-01T09:00:00Z",
}
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
    "judgements": [
        {
            "framework": "SIF",
            "published_on": "2014-06-30",
            "overall": "requires improvement",
            "source": "Ofsted",
        }
    ],
    "facts": [FACT],
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


class JudgementSerializer(serializers.ModelSerializer[OfstedJudgement]):
    class Meta:
        model = OfstedJudgement
        fields = ["framework", "published_on", "overall", "source"]


class CouncilFactSerializer(serializers.ModelSerializer[CouncilFact]):
    class Meta:
        model = CouncilFact
        fields = list(FACT)
        extra_kwargs = {
            "started": {"help_text": "A day, month or year, as the source gives it."},
            "ended": {"help_text": "Likewise; empty while it is so."},
            "recorded_at": {"help_text": "Since when the service knows it."},
        }


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
    judgements = JudgementSerializer(
        many=True, help_text="What Ofsted published, the newest first."
    )
    facts = CouncilFactSerializer(
        many=True,
        help_text="Interventions and partnerships in practice, from published sources. "
        "One that was wrong is gone.",
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
