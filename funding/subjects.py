"""The subjects of pages about awards, papers, meetings and their related rows."""

from django.urls import reverse

from bids.states import BidState
from funding.models import (
    AgendaItem,
    Award,
    Correction,
    Import,
    Interest,
    Meeting,
    MonitoringReport,
    Payment,
    Variation,
)
from funding.wording import (
    AWARD_TAGS,
    IMPORT_TAGS,
    MEETING_TAGS,
    OWN_AWARD_TAGS,
    PAYMENT_TAGS,
    VARIATION_TAGS,
    Tag,
)
from innovation.accounts.permissions import Visitor, has_permission
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience, stage_tag
from innovation.web.subjects import Description, Subject, descriptions


def award(row: Award, reader: Visitor) -> Subject:
    if _is_department(reader):
        href = reverse("funding:award", args=[row.key])
        return Subject(row.key, row.title, AWARD_TAGS[row.state], href)
    href = reverse("funding:grant", args=[row.key])
    return Subject(row.key, row.title, OWN_AWARD_TAGS[row.state], href)


def payment(row: Payment, reader: Visitor) -> Subject:
    title = f"Instalment {row.instalment} of {row.award.title}"
    if has_permission(reader, Permission.RELEASE_PAYMENT):
        href = reverse("funding:payment", args=[row.key])
    else:
        href = _payments_href(row.award, reader)
    return Subject(row.key, title, PAYMENT_TAGS[row.state], href)


def monitoring(report: MonitoringReport, reader: Visitor) -> Subject:
    """The subject of a report, with the award's reference and the period."""
    award_subject = award(report.award, reader)
    state = ("Handed in", "green") if report.handed_in_at else ("Due", "yellow")
    title = f"Report on {report.period}: {award_subject.title}"
    return Subject(award_subject.reference, title, state, award_subject.href)


def variation(row: Variation, reader: Visitor) -> Subject:
    award_subject = award(row.award, reader)
    title = f"Change to {award_subject.title}"
    tag = VARIATION_TAGS[row.state]
    return Subject(award_subject.reference, title, tag, award_subject.href)


def agenda_item(row: AgendaItem, reader: Visitor) -> Subject:
    """The subject of an item, with its outcome at the meeting: the Board does not see
    the decision.
    """
    href = reverse("funding:paper", args=[row.key])
    return Subject(row.bid.key, row.bid.title, _agenda_outcome(row), href)


def interest(row: Interest, reader: Visitor) -> Subject:
    bid = row.bid
    state = stage_tag(f"bid.{bid.state}", Audience.DEPARTMENT)
    return Subject(bid.key, bid.title, state, reverse("funding:interests"))


def meeting(row: Meeting, reader: Visitor) -> Subject:
    href = reverse("funding:meeting", args=[row.key])
    return Subject(row.key, row.title, MEETING_TAGS[row.state], href)


def import_file(row: Import, reader: Visitor) -> Subject:
    href = row.get_absolute_url()
    return Subject(row.key, row.file_name, IMPORT_TAGS[row.state], href)


def correction(row: Correction, reader: Visitor) -> Subject:
    return Subject(row.key, row.title, row.tag, row.get_absolute_url())


def register() -> None:
    descriptions.register(
        Description(Award, award),
        Description(Payment, payment),
        Description(MonitoringReport, monitoring),
        Description(Variation, variation),
        Description(AgendaItem, agenda_item),
        Description(Interest, interest),
        Description(Meeting, meeting),
        Description(Import, import_file),
        Description(Correction, correction),
    )


def _is_department(reader: Visitor) -> bool:
    return has_permission(reader, Permission.READ_AWARDS, Permission.MANAGE_GRANTS)


def _payments_href(row: Award, reader: Visitor) -> str:
    page = "funding:award-money" if _is_department(reader) else "funding:grant"
    return reverse(page, args=[row.key])


def _agenda_outcome(row: AgendaItem) -> Tag:
    recommendation = getattr(row, "recommendation", None)
    if recommendation is not None:
        return f"Advised: {recommendation.get_outcome_display().lower()}", "purple"
    if row.deferred_at:
        return "Deferred", "grey"
    if row.bid.state == BidState.WITHDRAWN:
        return "Withdrawn", "grey"
    return "To be discussed", "blue"
