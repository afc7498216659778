"""Registers organisations, with their names and official numbers."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from innovation.audit import events
from innovation.audit.models import Chain, Event
from innovation.core.errors import Invalid
from innovation.core.folding import Fold, fold
from innovation.core.rows import lock_row
from innovation.organisations.domain import schemes
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import (
    ApplicantType,
    Council,
    Identifier,
    Organisation,
)


def register(
    *,
    name: str,
    applicant_type: str,
    by: events.Actor,
    at: datetime,
    legal_form: str = "",
    council: Council | None = None,
    identifiers: Mapping[str, str] | None = None,
    source: str = "",
    notes: str = "",
    demonstration: bool = False,
) -> Organisation:
    """Create an organisation and its chain.

    `identifiers` maps a scheme of the org-id list (`GB-COH`) to the number in it.
    Raise `Invalid` for a name or number that another organisation has.
    """
    name = " ".join(name.split())
    numbers = schemes.clean(identifiers or {})
    with transaction.atomic():
        _check(name, applicant_type, numbers)
        organisation = Organisation(
            chain=events.open_chain(Chain.Kind.ORGANISATION),
            name=name,
            applicant_type=applicant_type,
            legal_form=legal_form,
            council=council,
            source=source,
            notes=notes,
            demonstration=demonstration,
        )
        organisation.save()
        Identifier.objects.bulk_create(
            Identifier(organisation=organisation, scheme=scheme, value=value)
            for scheme, value in numbers.items()
        )
        events.record_all([_registration_event(organisation, numbers, by=by, at=at)])
    return organisation


def find_or_register(
    *,
    name: str,
    applicant_type: str,
    identifiers: Mapping[str, str],
    by: events.Actor,
    at: datetime,
) -> Organisation:
    """The organisation with one of these numbers, or with this name, or a new one.

    Two who register the same number at once get the same organisation: the unique
    constraint lets one through, and the other then finds its row. Raise `Invalid` if an
    organisation with this name has another number in the same register.
    """
    numbers = schemes.clean(identifiers)
    organisation = _find(name, numbers)
    if organisation is not None:
        return organisation
    try:
        return register(
            name=name,
            applicant_type=applicant_type,
            identifiers=numbers,
            by=by,
            at=at,
        )
    except (IntegrityError, Invalid):
        # Another caller has just registered it, or the error has another cause.
        organisation = _find(name, numbers)
        if organisation is None:
            raise
        return organisation


def _find(name: str, numbers: Mapping[str, str]) -> Organisation | None:
    for scheme, value in numbers.items():
        identifiers = Identifier.objects.filter(scheme=scheme, value=value)
        if identifier := identifiers.select_related(
            "organisation__merged_into"
        ).first():
            return identifier.organisation.current
    organisation = registered_as(name)
    if organisation is None or not numbers:
        return organisation
    if organisation.identifiers.filter(scheme__in=numbers).exists():
        raise Invalid.field(
            "name",
            "An organisation with this name is registered with another number",
        )
    return organisation


def registered_as(name: str) -> Organisation | None:
    """The registered organisation that a person would say has this name. One that has
    exactly this name comes first.
    """
    registered = Organisation.objects.registered()
    named = registered.alias(folded=Fold("name")).filter(folded=fold(name))
    same = sorted(named, key=lambda row: row.name.casefold() != name.casefold())
    return same[0] if same else None


@transaction.atomic
def add_number(
    organisation: Organisation,
    *,
    scheme: str,
    value: str,
    by: events.Actor,
    at: datetime,
) -> None:
    """Give an organisation a number, unless it has one in that register.

    Raise `Invalid` for a number that another organisation has.
    """
    [(scheme, value)] = schemes.clean({scheme: value}).items()
    lock_row(organisation)
    if organisation.identifiers.filter(scheme=scheme).exists():
        return
    _check_numbers({scheme: value})
    Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    events.record(
        OrganisationsEvent.ORGANISATION_NUMBERED,
        organisation,
        by=by,
        at=at,
        data={"org_ids": [f"{scheme}-{value}"]},
    )


def register_all(
    organisations: Iterable[Organisation], *, by: events.Actor, at: datetime
) -> list[Organisation]:
    """Create many organisations and their chains in few statements, for loaders."""
    created = list(organisations)
    with transaction.atomic():
        chains = Chain.objects.bulk_create(
            Chain(kind=Chain.Kind.ORGANISATION) for _ in created
        )
        for organisation, chain in zip(created, chains, strict=True):
            organisation.chain = chain
        Organisation.objects.bulk_create(created)
        events.record_all(_registration_event(row, {}, by=by, at=at) for row in created)
    return created


def _check(name: str, applicant_type: str, numbers: Mapping[str, str]) -> None:
    if not name:
        raise Invalid.field("name", "Enter the organisation’s name")
    if applicant_type not in ApplicantType.values:
        raise Invalid.field("applicant_type", "Select what kind of organisation it is")
    if registered_as(name):
        raise Invalid.field("name", "This organisation is already registered")
    _check_numbers(numbers)


def _check_numbers(numbers: Mapping[str, str]) -> None:
    for scheme, value in numbers.items():
        if Identifier.objects.filter(scheme=scheme, value=value).exists():
            raise Invalid.field(
                "identifiers", f"{scheme}-{value} belongs to another organisation"
            )


def _registration_event(
    organisation: Organisation,
    numbers: Mapping[str, str],
    *,
    by: events.Actor,
    at: datetime,
) -> Event:
    return events.draft(
        OrganisationsEvent.ORGANISATION_REGISTERED,
        organisation,
        by=by,
        at=at,
        data={
            "applicant_type": organisation.applicant_type,
            "council": organisation.council_id,
            "org_ids": [f"{scheme}-{value}" for scheme, value in numbers.items()],
        },
        stage="organisation.registered",
    )
