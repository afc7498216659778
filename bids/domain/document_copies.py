"""The files of an expression go with it into its bid."""

from bids.models import Bid, CaseDocument, Expression, Question
from bids.models.question_type import QuestionType


def copy(expression: Expression, bid: Bid) -> None:
    """What an expression brought, its bid begins with, where it asks for it too."""
    asked = bid.question_set.questions if bid.question_set else Question.objects.none()
    codes = asked.filter(kind=QuestionType.UPLOAD).values("code")
    CaseDocument.objects.bulk_create(
        CaseDocument(bid=bid, code=row.code, document=row.document)
        for row in expression.documents.filter(
            removed_at=None, code__in=codes
        ).select_related("document")
    )
