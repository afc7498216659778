"""Copies the files of an expression to its bid."""

from bids.models import Bid, CaseDocument, Expression, Question
from bids.models.question import QuestionType


def copy(expression: Expression, bid: Bid) -> None:
    """Add the files of the expression to the bid, if it has the same question."""
    questions = (
        bid.question_set.questions if bid.question_set else Question.objects.none()
    )
    codes = questions.filter(kind=QuestionType.UPLOAD).values("code")
    CaseDocument.objects.bulk_create(
        CaseDocument(bid=bid, code=row.code, document=row.document)
        for row in expression.documents.filter(
            removed_at=None, code__in=codes
        ).select_related("document")
    )
