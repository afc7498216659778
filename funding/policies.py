"""Which awards, meetings and papers a user can access, and what they may do with them.

A scope is the rows that a user may know of; others are a 404. The `require…` and
`refuse…` functions check what the user may do with a row; if they may not, it is a 403.
"""

from datetime import date
from typing import TypeGuard

from django.db.models import Q, QuerySet

from bids.models import Bid, CaseDocument
from bids.models.round import Route
from bids.policies import is_in_organisation_of, working_bids
from bids.states import BidState
from funding.models import (
    AgendaItem,
    Award,
    Correction,
    EvaluationReport,
    GrantFile,
    Import,
    ImportedCase,
    Interest,
    Meeting,
    MonitoringReport,
    Payment,
    Terms,
    Variation,
)
from funding.models.imports import ImportState
from funding.models.interest import Mitigation
from funding.states import CorrectionState, MeetingState
from innovation.accounts import policies as account_policies
from innovation.accounts.models import WRITING_STANDINGS, User
from innovation.accounts.permissions import Visitor, has_permission, require_permission
from innovation.accounts.roles import Permission
from innovation.core.errors import NotAllowed, TooLate
from innovation.documents.models import Document
from innovation.organisations.models import Organisation

_EXCLUDING_MITIGATIONS = [
    mitigation for mitigation in Mitigation if mitigation != Mitigation.NONE_NEEDED
]
_DECIDED_STATES = [BidState.APPROVED, BidState.DECLINED]


def require_authoriser(user: User, award: Award) -> None:
    """Require a user who may bind the recipient of the grant. Call it after locking the
    award: the permission then holds until the transaction ends.
    """
    require_permission(user, Permission.RESPOND_TO_OFFER)
    if award.lead is None:
        raise NotAllowed("This award is known from published sources only.")
    account_policies.require_authoriser(user, award.lead)


def may_bind(user: User, award: Award) -> bool:
    """Whether the user may answer the offer, claim, report and request changes."""
    if award.lead is None or not has_permission(user, Permission.RESPOND_TO_OFFER):
        return False
    return account_policies.may_authorise(user, award.lead)


def awards_to_bind(user: User) -> QuerySet[Award]:
    """The user's own awards, of organisations that they may sign for."""
    return own_awards(user).filter(
        lead__in=account_policies.organisations_authorised_by(user)
    )


def may_write_for(user: User, award: Award) -> bool:
    """Whether the user edits the organisation's cases, so that they can see what its
    authorisers have to do and ask them to.
    """
    memberships = account_policies.confirmed_memberships(user, WRITING_STANDINGS)
    return memberships.filter(organisation=award.lead_id).exists()


def require_writer(user: User, award: Award) -> None:
    """Require somebody who may prepare a claim or a report: editors and authorisers."""
    require_permission(user, Permission.RESPOND_TO_OFFER)
    if not may_prepare(user, award):
        raise NotAllowed("You can read this grant but not act on it.")


def may_prepare(user: User, award: Award) -> bool:
    return may_write_for(user, award) or may_bind(user, award)


def refuse_own_organisations(user: User, case: Bid, act: str) -> None:
    """Nobody decides on money for an organisation they belong to. `act` completes
    “somebody else must …”.
    """
    if is_in_organisation_of(user, case):
        raise NotAllowed(
            f"You belong to an organisation of this case, so somebody else must {act}."
        )


def conflicts(user: User) -> QuerySet[Interest]:
    """The interests that exclude the user from cases."""
    return Interest.objects.filter(member=user, mitigation__in=_EXCLUDING_MITIGATIONS)


def _own_organisations(user: User) -> Q:
    memberships = account_policies.confirmed_memberships(user)
    return Q(lead__in=memberships.values("organisation"))


def may_read_awards(user: Visitor) -> TypeGuard[User]:
    return has_permission(user, Permission.READ_AWARDS, Permission.MANAGE_GRANTS)


def awards_for(user: Visitor) -> QuerySet[Award]:
    """All awards for the department; their own for applicants.

    Awards of cases in which the user has declared an interest are left out.
    """
    if not user.is_authenticated:
        return Award.objects.none()
    if may_read_awards(user):
        awards = Award.objects.all()
    elif has_permission(user, Permission.RESPOND_TO_OFFER):
        awards = Award.objects.filter(_own_organisations(user))
    else:
        return Award.objects.none()
    return awards.exclude(bid__in=conflicts(user).values("bid"))


def own_awards(user: Visitor) -> QuerySet[Award]:
    """The awards of the user's own organisations, without those of cases in which the
    user has declared an interest.
    """
    if not has_permission(user, Permission.RESPOND_TO_OFFER):
        return Award.objects.none()
    own = Award.objects.filter(_own_organisations(user))
    return own.exclude(bid__in=conflicts(user).values("bid"))


def public_awards(today: date) -> QuerySet[Award]:
    """Awards whose day of announcement has come."""
    return Award.objects.filter(public_award(today))


def public_award(today: date, path: str = "") -> Q:
    """The condition of `public_awards` on the award at the end of `path`, such as
    `award__`.
    """
    return Q(**{f"{path}announced_on__lte": today})


def public_organisations(today: date) -> QuerySet[Organisation]:
    """The lead organisations and partners of announced awards."""
    announced = public_awards(today)
    return Organisation.objects.filter(
        Q(pk__in=announced.values("lead"))
        | Q(partner_awards__in=announced.values("pk"))
    )


def public_reports(today: date) -> QuerySet[EvaluationReport]:
    """Reports on announced awards, or on the whole programme."""
    return EvaluationReport.objects.filter(
        Q(award__isnull=True) | public_award(today, "award__"),
        published_on__lte=today,
    )


def terms_for(user: Visitor) -> QuerySet[Terms]:
    """All versions, for those who read awards. A recipient reads the version of their
    offer with it: see `own_awards`.
    """
    if not may_read_awards(user):
        return Terms.objects.none()
    return Terms.objects.all()


def payments_for(user: Visitor) -> QuerySet[Payment]:
    return Payment.objects.filter(award__in=awards_for(user))


def monitoring_for(user: Visitor) -> QuerySet[MonitoringReport]:
    return MonitoringReport.objects.filter(award__in=awards_for(user))


def variations_for(user: Visitor) -> QuerySet[Variation]:
    return Variation.objects.filter(award__in=awards_for(user))


def meetings_for(user: Visitor) -> QuerySet[Meeting]:
    """All meetings for the secretary; for a member, those they are invited to."""
    if has_permission(user, Permission.RUN_BOARD):
        return Meeting.objects.all()
    if has_permission(user, Permission.ADVISE):
        return Meeting.objects.filter(attendance__member=user)
    return Meeting.objects.none()


def papers_for(user: Visitor) -> QuerySet[AgendaItem]:
    """The items of the user's agendas, once the papers have been sent.

    A member with an interest in a case cannot see it: not on the agenda, in a count or
    by its reference.
    """
    if has_permission(user, Permission.RUN_BOARD):
        items = AgendaItem.objects.all()
    elif has_permission(user, Permission.ADVISE):
        items = AgendaItem.objects.filter(
            meeting__in=meetings_for(user).exclude(state=MeetingState.PLANNED)
        )
    else:
        return AgendaItem.objects.none()
    return items.exclude(bid__in=conflicts(user).values("bid"))


def bids_before_board(user: Visitor) -> QuerySet[Bid]:
    return Bid.objects.filter(agenda_items__in=papers_for(user)).distinct()


def bids_to_decide(user: User) -> QuerySet[Bid]:
    """Bids with the minister or decided: the full route for the minister's office, seed
    grants for the delegated approver.
    """
    routes = Q()
    if has_permission(user, Permission.DECIDE):
        routes |= ~Q(round__route=Route.SEED)
    if has_permission(user, Permission.DECIDE_SEED):
        routes |= Q(round__route=Route.SEED)
    if not routes:
        return Bid.objects.none()
    bids = Bid.objects.filter(
        routes, state__in=[BidState.WITH_MINISTER, *_DECIDED_STATES]
    )
    return bids.exclude(pk__in=bids_in_conflict(user))


def may_read_advice(user: User) -> bool:
    """Whether the user reads the Board’s advice and the decision on the cases that they
    work on: officials, grant managers and analysts.
    """
    return user.may(Permission.READ_CASES) and user.may(Permission.READ_AWARDS)


def bids_with_advice(user: User) -> QuerySet[Bid]:
    """The sent bids whose advice and decision the user reads, once there are any."""
    if not may_read_advice(user):
        return Bid.objects.none()
    return working_bids(user).filter(submitted_at__isnull=False)


def documents_for(user: User) -> QuerySet[Document]:
    """The files of the bids that the user advises or decides on, and those of claims
    and reports: for the department once they were sent.
    """
    readable = Q(bid__in=bids_before_board(user)) | Q(bid__in=bids_to_decide(user))
    case_documents = CaseDocument.objects.filter(readable, removed_at=None)
    present = GrantFile.objects.filter(removed_at=None)
    of_own = Q(payment__award__in=own_awards(user)) | Q(
        report__award__in=own_awards(user)
    )
    of_award = Q(payment__award__in=awards_for(user)) | Q(
        report__award__in=awards_for(user)
    )
    grant_files = present.filter(of_own | of_award & Q(sent_at__isnull=False))
    return Document.objects.filter(
        Q(pk__in=case_documents.values("document"))
        | Q(pk__in=grant_files.values("document"))
    )


def bids_to_record_interests_in(user: Visitor) -> QuerySet[Bid]:
    """Bids that are or will be on an agenda of the Board."""
    if not has_permission(user, Permission.RUN_BOARD):
        return Bid.objects.none()
    bids = Bid.objects.filter(state__in=[BidState.ASSESSED, BidState.AT_BOARD])
    return bids.exclude(pk__in=bids_in_conflict(user))


def may_read_minutes(user: User, meeting: Meeting) -> bool:
    """Minutes are one text about all cases on the agenda, so a user who is excluded
    from one of them cannot read it.
    """
    if not meetings_for(user).filter(pk=meeting.pk).exists():
        return False
    return not meeting.items.filter(bid__in=bids_in_conflict(user)).exists()


def bids_to_list(user: Visitor) -> QuerySet[Bid]:
    """Assessed bids that are on no agenda."""
    if not has_permission(user, Permission.RUN_BOARD):
        return Bid.objects.none()
    bids = Bid.objects.filter(state=BidState.ASSESSED).exclude(round__route=Route.SEED)
    return bids.exclude(pk__in=bids_in_conflict(user))


def interests_for(user: Visitor) -> QuerySet[Interest]:
    """The register of interests for the secretary, without cases closed to them."""
    if not has_permission(user, Permission.RUN_BOARD):
        return Interest.objects.none()
    return Interest.objects.exclude(bid__in=bids_in_conflict(user))


def bids_to_offer(user: Visitor) -> QuerySet[Bid]:
    """Approved bids without an award."""
    if not has_permission(user, Permission.MANAGE_GRANTS):
        return Bid.objects.none()
    bids = Bid.objects.filter(state=BidState.APPROVED, award__isnull=True)
    return bids.exclude(pk__in=bids_in_conflict(user))


def bids_in_conflict(user: User) -> QuerySet[Bid]:
    """The bids closed to a user who has declared an interest, whatever their roles."""
    return Bid.objects.filter(
        interests__member=user, interests__mitigation__in=_EXCLUDING_MITIGATIONS
    )


def people_in_conflict(bids: QuerySet[Bid]) -> QuerySet[User]:
    """The people to whom one of the bids is closed."""
    interests = Interest.objects.filter(
        bid__in=bids, mitigation__in=_EXCLUDING_MITIGATIONS
    )
    return User.objects.filter(pk__in=interests.values("member"))


def imports_for(user: Visitor) -> QuerySet[Import]:
    """All imports, for users who may import past cases."""
    may_import = has_permission(user, Permission.IMPORT_CASES)
    return Import.objects.all() if may_import else Import.objects.none()


def imported_cases_for(user: Visitor) -> QuerySet[ImportedCase]:
    """The imported cases, for users who may import. A case in which the user has
    declared an interest is left out.
    """
    if not has_permission(user, Permission.IMPORT_CASES):
        return ImportedCase.objects.none()
    closed = bids_in_conflict(user).values("expression__key")
    return ImportedCase.objects.exclude(subject__in=closed)


def refuse_in_conflict(user: User, imported: Import) -> None:
    """A file has every case of an import, so a user who is excluded from one of them
    cannot read it.
    """
    readable = imported_cases_for(user).filter(imported=imported)
    if readable.count() < imported.cases.count():
        raise NotAllowed("You have declared an interest in a case of this file.")


def corrections_for(user: Visitor) -> QuerySet[Correction]:
    if not has_permission(user, Permission.IMPORT_CASES):
        return Correction.objects.none()
    closed = bids_in_conflict(user).values("expression")
    return Correction.objects.exclude(expression__in=closed)


def corrections_to_confirm(user: Visitor) -> QuerySet[Correction]:
    """The corrections that somebody else asked for."""
    waiting = corrections_for(user).filter(state=CorrectionState.WAITING)
    return waiting.exclude(asked_by=user.pk)


def require_waiting(correction: Correction) -> None:
    if not correction.is_waiting:
        raise TooLate("This correction has already been answered.")


def require_may_confirm_correction(user: User, correction: Correction) -> None:
    """Require that somebody else asked for it, who may still do so."""
    require_waiting(correction)
    if user.pk == correction.asked_by_id:
        raise NotAllowed("You asked for this, so somebody else must confirm it.")
    if not correction.asked_by.may(Permission.IMPORT_CASES):
        raise TooLate(
            f"{correction.asked_by} can no longer correct cases, so you can only "
            "refuse this. You can then ask for it again."
        )


def require_may_confirm(user: User, imported: Import) -> None:
    """Require that the import was sent by somebody else, who may still do so."""
    sender = imported.sent_by
    if sender is None or imported.state != ImportState.WAITING:
        raise TooLate("This file does not wait for a second person.")
    if user.pk == sender.pk:
        raise NotAllowed("You sent this file, so somebody else must confirm it.")
    if not sender.may(Permission.IMPORT_CASES):
        raise TooLate(
            f"{sender} can no longer import cases, so you can only refuse this file. "
            "You can then check it again and send it yourself."
        )


def imports_to_confirm(user: Visitor) -> QuerySet[Import]:
    """The imports that somebody else sent to a second person."""
    return imports_for(user).filter(state=ImportState.WAITING).exclude(sent_by=user.pk)
