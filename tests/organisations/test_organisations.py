"""Registering an organisation: once, with numbers from known registers."""

from datetime import datetime

import pytest

from innovation.audit.events import SERVICE
from innovation.core.errors import Invalid
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation


def register_organisation(
    at: datetime, name: str, *, identifiers: dict[str, str]
) -> Organisation:
    return organisations.register(
        name=name,
        applicant_type="charity",
        by=SERVICE,
        at=at,
        identifiers=identifiers,
    )


@pytest.mark.django_db
def test_registering_keeps_the_numbers_and_records_one_event(at: datetime) -> None:
    made = register_organisation(
        at, " Open  Doors ", identifiers={"GB-CHC": " 1 090 095"}
    )
    assert made.name == "Open Doors"
    assert [str(i) for i in made.identifiers.all()] == ["GB-CHC-1090095"]
    event = made.chain.events.get()
    assert (event.name, event.subject, event.at) == (
        "organisation.registered",
        made.key,
        at,
    )
    assert event.data == {
        "applicant_type": "charity",
        "council": None,
        "org_ids": ["GB-CHC-1090095"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "identifiers", "field", "sentence"),
    [
        (
            "open doors",
            {},
            "name",
            "This organisation is already registered",
        ),
        ("", {}, "name", "Enter the organisation’s name"),
        (
            "Other",
            {"GB-CHC": "1090095"},
            "identifiers",
            "GB-CHC-1090095 belongs to another organisation",
        ),
        (
            "Other",
            {"XX-NONE": "1"},
            "identifiers",
            "XX-NONE is not a known register",
        ),
        (
            "Other",
            {"GB-COH": "123"},
            "identifiers",
            "A company number is 8 digits, or 2 letters and 6 digits, "
            "like 01234567 or SC123456",
        ),
    ],
)
def test_registering_refuses_what_is_taken_or_unknown(
    at: datetime, name: str, identifiers: dict[str, str], field: str, sentence: str
) -> None:
    register_organisation(at, "Open Doors", identifiers={"GB-CHC": "1090095"})
    with pytest.raises(Invalid) as raised:
        register_organisation(at, name, identifiers=identifiers)
    assert raised.value.problems == {field: [sentence]}
    assert Organisation.objects.count() == 1
