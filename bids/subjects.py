"""The subjects of pages about expressions of interest, bids and their related rows."""

from django.urls import reverse

from bids import policies
from bids.domain.applications import Case
from bids.models import (
    Assessment,
    Bid,
    CaseDocument,
    CheckResult,
    Comment,
    Expression,
    Flag,
    Reconsideration,
)
from innovation.accounts.models import User
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience, stage_tag
from innovation.web.subjects import Description, Subject, descriptions


def expression_subject(case: Expression, reader: User) -> Subject:
    works = policies.may(reader, Permission.READ_CASES, case)
    stage = case.chain.stage if works else f"expression.{case.state}"
    page = "bids:case" if works else "bids:expression"
    return _subject(case, stage, works, page)


def bid_subject(case: Bid, reader: User) -> Subject:
    """The subject of a bid. Deciders see bids on pages of `funding`."""
    works = policies.may(reader, Permission.READ_CASES, case.expression)
    decides = has_permission(reader, Permission.DECIDE, Permission.DECIDE_SEED)
    stage = case.chain.stage if works else f"bid.{case.state}"
    if decides and not works:
        return _subject(case, stage, True, "")
    return _subject(case, stage, works, "bids:bid" if works else "bids:own-bid")


def register() -> None:
    descriptions.register(
        Description(Expression, expression_subject),
        Description(Bid, bid_subject),
        Description(Assessment, lambda row, reader: bid_subject(row.bid, reader)),
        Description(Comment, lambda row, reader: bid_subject(row.bid, reader)),
        *(
            Description(
                model, lambda row, reader: expression_subject(row.expression, reader)
            )
            for model in (CheckResult, Flag)
        ),
        Description(CaseDocument, _file_subject),
        Description(Reconsideration, _reconsideration_subject),
    )


def _file_subject(document: CaseDocument, reader: User) -> Subject:
    if document.bid is not None:
        return bid_subject(document.bid, reader)
    assert document.expression is not None
    return expression_subject(document.expression, reader)


def _reconsideration_subject(row: Reconsideration, reader: User) -> Subject:
    if row.bid is not None:
        return bid_subject(row.bid, reader)
    assert row.expression is not None
    return expression_subject(row.expression, reader)


def _subject(case: Case, stage: str, department: bool, page: str) -> Subject:
    audience = Audience.DEPARTMENT if department else Audience.APPLICANT
    href = reverse(page, args=[case.key]) if page else ""
    return Subject(case.key, case.title, stage_tag(stage, audience), href)
