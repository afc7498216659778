"""Organisations that applicants add as partners, and what officials make of them.

One that an applicant has added is unconfirmed. Only applicants of the same lead
organisation can name it, and officials see it once a case that names it was sent. So
two applicants who add the same organisation make two rows, and neither learns of the
other; an official merges them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate, TooMuch
from innovation.core.folding import Fold, fold
from innovation.core.lines import single_line
from innovation.core.registry import Registry
from innovation.core.rows import lock_row
from innovation.organisations.domain import organisations, schemes
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import (
    ApplicantType,
    Identifier,
    Organisation,
    OrganisationState,
)


class MergeListener(Protocol):
    def __call__(
        self, organisations: Sequence[Organisation], *, by: events.Actor, at: datetime
    ) -> None: ...


merge_listeners: Registry[MergeListener] = Registry()
"""What apps do about merged organisations, in the transaction that merges them."""


@transaction.atomic
def add(
    *,
    name: str,
    applicant_type: str,
    added_for: Organisation,
    by: events.Actor,
    at: datetime,
    scheme: str = "",
    number: str = "",
) -> Organisation:
    """Add an organisation that is not registered, unconfirmed, and return it.

    A registered one with this name, or one that the same lead organisation has added,
    is returned in its place. Raise `Invalid` if that has another number, and for an
    impossible number.
    """
    name = single_line(name)
    _require(name, applicant_type)
    claim = _claim(scheme, number)
    # Two of its applicants may add the same one at once.
    lead = lock_row(added_for)
    existing = organisations.registered_as(name) or _matching_addition(
        lead, name, claim
    )
    if existing is not None:
        _require_same(existing, name, claim)
        return existing
    if lead.additions.count() >= limits.ADDED_ORGANISATIONS:
        raise TooMuch(
            f"Your organisation has added {limits.ADDED_ORGANISATIONS} organisations, "
            "so it cannot add another. Send us a message to have one added."
        )
    organisation = Organisation(
        chain=events.open_chain(Chain.Kind.ORGANISATION),
        name=name,
        applicant_type=applicant_type,
        state=OrganisationState.UNCONFIRMED,
        added_for=lead,
        claimed_scheme=claim[0],
        claimed_number=claim[1],
        demonstration=lead.demonstration,
    )
    organisation.save()
    events.record(
        OrganisationsEvent.ORGANISATION_ADDED,
        organisation,
        by=by,
        at=at,
        data={
            "applicant_type": applicant_type,
            "added_for": lead.key,
            "org_id": organisation.claimed_org_id,
        },
        stage="organisation.unconfirmed",
    )
    return organisation


def name_in_case(
    partners: QuerySet[Organisation], *, by: events.Actor, at: datetime
) -> None:
    """Show officials the unconfirmed partners that a case names which is being sent.
    The caller holds the case's lock. One that is confirmed or merged meanwhile stays as
    it is: the case says what its applicant named.
    """
    unnamed = partners.filter(state=OrganisationState.UNCONFIRMED, named_at=None)
    for partner in unnamed.order_by("pk"):
        organisation = lock_row(partner)
        if organisation.is_unconfirmed and organisation.named_at is None:
            organisation.named_at = at
            organisation.save(update_fields=["named_at"])
            events.record(
                OrganisationsEvent.ORGANISATION_NAMED, organisation, by=by, at=at
            )


@transaction.atomic
def correct(
    organisation: Organisation,
    *,
    name: str,
    applicant_type: str,
    by: events.Actor,
    at: datetime,
    scheme: str = "",
    number: str = "",
) -> Organisation:
    """Change what the applicant wrote; the event keeps what that was."""
    organisation = lock_unconfirmed(organisation)
    name = single_line(name)
    _require(name, applicant_type)
    claim = _claim(scheme, number)
    before = facts_of(organisation)
    organisation.name, organisation.applicant_type = name, applicant_type
    organisation.claimed_scheme, organisation.claimed_number = claim
    if before == facts_of(organisation):
        return organisation
    organisation.save(
        update_fields=["name", "applicant_type", "claimed_scheme", "claimed_number"]
    )
    events.record(
        OrganisationsEvent.ORGANISATION_CORRECTED,
        organisation,
        by=by,
        at=at,
        data={"before": before, "after": facts_of(organisation)},
    )
    return organisation


@transaction.atomic
def confirm(
    organisation: Organisation, *, by: events.Actor, at: datetime
) -> Organisation:
    """Register it, with its claimed number. Raise `Invalid` if a registered one has its
    name or number: they have to be merged.
    """
    organisation = lock_unconfirmed(organisation)
    if other := organisations.registered_as(organisation.name):
        raise Invalid.field(
            None,
            f"{other.name} ({other.key}) is already registered. Merge this one into it",
        )
    numbers = dict([_claimed(organisation)]) if organisation.claimed_number else {}
    for scheme, value in numbers.items():
        if holder := Identifier.objects.filter(scheme=scheme, value=value).first():
            other = holder.organisation.current
            raise Invalid.field(
                None,
                f"{scheme}-{value} is the number of {other.name} ({other.key}). Merge "
                "this one into it, or correct the number",
            )
    organisation.state = OrganisationState.REGISTERED
    try:
        with transaction.atomic():
            organisation.save(update_fields=["state"])
            Identifier.objects.bulk_create(
                Identifier(organisation=organisation, scheme=scheme, value=value)
                for scheme, value in numbers.items()
            )
    except IntegrityError:
        # Another of the same name or number was registered a moment ago.
        raise TooLate(
            "An organisation with this name or number has been registered meanwhile. "
            "Merge this one into it."
        ) from None
    events.record(
        OrganisationsEvent.ORGANISATION_CONFIRMED,
        organisation,
        by=by,
        at=at,
        data={"org_ids": [f"{scheme}-{value}" for scheme, value in numbers.items()]},
        stage="organisation.registered",
    )
    return organisation


@transaction.atomic
def merge(
    organisation: Organisation,
    *,
    into: Organisation,
    by: events.Actor,
    at: datetime,
) -> Organisation:
    """Merge an unconfirmed organisation into the registered one that it is. Nothing
    that names it changes; whoever reads it is led on. Return the one that is kept.
    """
    duplicate, target = lock_both(organisation, into)
    require_unconfirmed(duplicate)
    mark_merged(duplicate, target, by=by, at=at)
    return target


def lock_both(
    duplicate: Organisation, target: Organisation
) -> tuple[Organisation, Organisation]:
    """Lock both in one order, so that two who merge each into the other do not wait for
    each other. Raise `Invalid` or `TooLate` if they cannot be merged.
    """
    if duplicate.pk == target.pk:
        raise Invalid.field("into", "Select another organisation")
    rows = sorted((duplicate, target), key=lambda row: row.pk)
    locked = {row.pk: lock_row(row) for row in rows}
    into = locked[target.pk]
    if into.state == OrganisationState.MERGED:
        raise TooLate(
            f"{into.name} has been merged into another organisation meanwhile. Choose "
            f"that one: {into.current.key}."
        )
    if into.is_unconfirmed:
        # Whoever names the duplicate is led on to it, and may not know of it yet.
        raise Invalid.field(
            "into",
            f"Nobody has confirmed {into.name} yet. Confirm it first, then merge this "
            "one into it",
        )
    return locked[duplicate.pk], into


def mark_merged(
    duplicate: Organisation, target: Organisation, *, by: events.Actor, at: datetime
) -> None:
    """Record it, for locked rows, and call the listeners. What was merged into the
    duplicate leads on to the target.
    """
    duplicate.state, duplicate.merged_into = OrganisationState.MERGED, target
    duplicate.save(update_fields=["state", "merged_into"])
    merged = [duplicate, *duplicate.merged_from.order_by("pk")]
    for row in merged[1:]:
        row.merged_into = target
        row.save(update_fields=["merged_into"])
    for row in merged:
        events.record(
            OrganisationsEvent.ORGANISATION_MERGED,
            row,
            by=by,
            at=at,
            data={"into": target.key},
            stage="organisation.merged",
        )
    events.record(
        OrganisationsEvent.ORGANISATION_MERGED,
        target,
        by=by,
        at=at,
        data={"from": duplicate.key},
        stage="",
    )
    for listener in merge_listeners:
        listener(merged, by=by, at=at)


def lock_unconfirmed(organisation: Organisation) -> Organisation:
    locked = lock_row(organisation)
    require_unconfirmed(locked)
    return locked


def require_unconfirmed(organisation: Organisation) -> None:
    if organisation.state == OrganisationState.MERGED:
        raise TooLate("This organisation has already been merged into another.")
    if not organisation.is_unconfirmed:
        raise TooLate("This organisation has already been confirmed.")


def additions_of(lead: Organisation) -> QuerySet[Organisation]:
    """The organisations that applicants of `lead` have added and may still name."""
    return Organisation.objects.filter(
        added_for=lead, state=OrganisationState.UNCONFIRMED
    )


def _matching_addition(
    lead: Organisation, name: str, claim: tuple[str, str]
) -> Organisation | None:
    rows = additions_of(lead).order_by("pk")
    namesake = rows.alias(folded=Fold("name")).filter(folded=fold(name)).first()
    if namesake is not None or not claim[1]:
        return namesake
    return rows.filter(claimed_scheme=claim[0], claimed_number=claim[1]).first()


def _require_same(existing: Organisation, name: str, claim: tuple[str, str]) -> None:
    """Raise `Invalid` if an organisation has the name or the number, and not both."""
    scheme, number = claim
    if fold(existing.name) != fold(name):
        raise Invalid.field(
            "number",
            f"You have added “{existing.name}” with this number. Check the name and "
            "the number",
        )
    known = {i.scheme: i.value for i in existing.identifiers.all()}
    if existing.claimed_number:
        known.setdefault(existing.claimed_scheme, existing.claimed_number)
    if number and known.get(scheme, number) != number:
        raise Invalid.field(
            "number",
            f"“{existing.name}” has another number in this register. If yours is a "
            "different organisation, say so in its name, for example by its town",
        )


def _require(name: str, applicant_type: str) -> None:
    if not fold(name):
        raise Invalid.field("name", "Enter the organisation’s name")
    if applicant_type not in ApplicantType.values:
        raise Invalid.field("applicant_type", "Select what kind of organisation it is")


def _claim(scheme: str, number: str) -> tuple[str, str]:
    """The scheme and the number in it as they are stored; both empty for no number."""
    if not number.strip():
        return "", ""
    [(scheme, value)] = schemes.clean({scheme: number}).items()
    return scheme, value


def _claimed(organisation: Organisation) -> tuple[str, str]:
    return organisation.claimed_scheme, organisation.claimed_number


def facts_of(organisation: Organisation) -> dict[str, str]:
    """What an official can correct."""
    return {
        "name": organisation.name,
        "applicant_type": organisation.applicant_type,
        "org_id": organisation.claimed_org_id,
    }
