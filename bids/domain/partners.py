"""Partners that are not registered: an applicant adds them while writing, and once they
have sent it, an official confirms, corrects or merges them.

The history of each case that names the partner says so, and the people who edit the
case get a letter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import drafts
from bids.domain.answer_versions import DraftAnswer
from bids.domain.applications import Case
from bids.domain.queries.answer_versions import newest_versions
from bids.domain.recipients import lead_editors
from bids.domain.standard_questions import questions_of
from bids.events import BidsEvent
from bids.models import Question
from bids.models.question_type import QuestionType
from bids.partner_policies import sent_cases_naming
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import NotAllowed
from innovation.core.folding import fold
from innovation.core.rows import lock_row
from innovation.notifications import letters
from innovation.organisations.domain import organisation_additions
from innovation.organisations.models import Organisation, OrganisationState


def question_of(case: Case, code: str) -> Question | None:
    """The question with this code, if it asks for partners."""
    for question in questions_of(case):
        if question.code == code and question.kind == QuestionType.PARTNERS:
            return question
    return None


def partner_lines(case: Case, code: str) -> list[str]:
    """The lines of the newest text of the answer, or the saved partners."""
    version = newest_versions(case, [code]).get(code)
    if version is None:
        return [partner.name for partner in case.partners.all()]
    return "\n".join(version.raw_input.get(code, [])).splitlines()


def changed_partners(case: Case) -> list[Organisation]:
    """The partners of a case with its snapshot that nobody has confirmed, or that were
    merged into another.
    """
    if not case.snapshot_partners:
        return []
    rows = case.partners.exclude(state=OrganisationState.REGISTERED)
    return list(rows.select_related("merged_into").order_by("name", "pk"))


@transaction.atomic
def add(
    case: Case,
    *,
    code: str,
    name: str,
    applicant_type: str,
    read: Callable[[str], DraftAnswer],
    by: User,
    at: datetime,
    scheme: str = "",
    number: str = "",
    instead_of: str = "",
) -> Organisation:
    """Add an organisation, and its name to the partners: in place of the line
    `instead_of`, or as a new one. `read` reads the text of the answer.
    """
    # In the order in which somebody leaves, is confirmed or is merged: it, then cases.
    lock_row(case.lead)
    case = drafts.lock_for_writing(case, by)
    drafts.require_writable(case)
    partner = organisation_additions.add(
        name=name,
        applicant_type=applicant_type,
        scheme=scheme,
        number=number,
        added_for=case.lead,
        by=by,
        at=at,
    )
    lines = [line for line in partner_lines(case, code) if line.strip()]
    replaced = fold(instead_of)
    lines = [
        partner.name if replaced and fold(line) == replaced else line for line in lines
    ]
    if fold(partner.name) not in map(fold, lines):
        lines.append(partner.name)
    drafts.save(case, {code: read("\n".join(lines))}, by=by, at=at)
    return partner


@transaction.atomic
def correct(
    organisation: Organisation,
    *,
    name: str,
    applicant_type: str,
    scheme: str,
    number: str,
    by: User,
    at: datetime,
) -> Organisation:
    """Change what the applicant wrote of it; the case shows it from then on."""
    _require_checker(by, organisation)
    organisation = organisation_additions.lock_unconfirmed(organisation)
    before = organisation_additions.facts_of(organisation)
    organisation = organisation_additions.correct(
        organisation,
        name=name,
        applicant_type=applicant_type,
        scheme=scheme,
        number=number,
        by=by,
        at=at,
    )
    if before != organisation_additions.facts_of(organisation):
        facts = {"partner": organisation.name, "before": before["name"]}
        _record_in_cases(
            BidsEvent.EXPRESSION_PARTNER_CORRECTED,
            "partner_corrected",
            [(organisation, facts)],
            by=by,
            at=at,
        )
    return organisation


@transaction.atomic
def confirm(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Register it, so that everybody can name it and its people can join it."""
    _require_checker(by, organisation)
    organisation = organisation_additions.confirm(organisation, by=by, at=at)
    _record_in_cases(
        BidsEvent.EXPRESSION_PARTNER_CONFIRMED,
        "partner_confirmed",
        [(organisation, {"partner": organisation.name})],
        by=by,
        at=at,
    )
    return organisation


def merge(
    organisation: Organisation, *, into: Organisation, by: User, at: datetime
) -> Organisation:
    """Merge it into the one that it is. It has no people, so one official can do it."""
    _require_checker(by, organisation)
    return organisation_additions.merge(organisation, into=into, by=by, at=at)


def record_merges(
    organisations: Sequence[Organisation], *, by: events.Actor, at: datetime
) -> None:
    """Record in the cases that name them what these merged organisations are now."""
    _record_in_cases(
        BidsEvent.EXPRESSION_PARTNER_MERGED,
        "partner_merged",
        [
            (row, {"partner": row.name, "into": row.current.name})
            for row in organisations
        ],
        by=by,
        at=at,
    )


def _record_in_cases(
    event: BidsEvent,
    letter: str,
    decisions: Iterable[tuple[Organisation, Mapping[str, str]]],
    *,
    by: events.Actor,
    at: datetime,
) -> None:
    """Record the event, with its facts, in each case that names the organisation, and
    queue the letter to the people who edit the case.
    """
    cases = [
        (expression, facts)
        for organisation, facts in decisions
        for expression in sent_cases_naming(organisation).select_related(
            "chain", "lead"
        )
    ]
    # An event locks its chain: two officials lock those of several cases in one order.
    cases.sort(key=lambda case: case[0].chain_id)
    events.record_all(
        events.draft(event, expression, by=by, at=at, data=facts, stage="")
        for expression, facts in cases
    )
    for expression, facts in cases:
        letters.queue(
            letter,
            to=lead_editors(expression),
            chain=expression.chain,
            subject=expression.key,
            at=at,
            facts={"title": expression.title, **facts},
        )


def _require_checker(by: User, organisation: Organisation) -> None:
    """Require an official who is not of the organisation that added it."""
    require_permission(by, Permission.CONFIRM_ORGANISATIONS)
    lead = organisation.added_for
    if lead is not None and policies.is_member_of(by, lead):
        raise NotAllowed(
            f"You belong to {lead.name}, which added this organisation, so somebody "
            "else must check it."
        )
