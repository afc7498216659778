"""Pages of the messages about a case, for both sides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from bids import policies
from bids.domain import messages
from bids.domain.applications import Case
from bids.forms.message import MessageForm, SettleForm
from bids.models import Bid, Expression, Message
from bids.models.application import Row
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.web import pages
from innovation.web.pages import F

DEPARTMENT = "The department"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry for `jinja2/timeline.html`."""

    title: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """`unanswered` is the number of the other side's unanswered messages; the addresses
    are empty if this user has nothing to do.
    """

    lines: list[Line]
    unanswered: int
    write_url: str = ""
    settle_url: str = ""


def conversation_with_department(case: Case, *, may_write: bool) -> Conversation:
    """The conversation for the applicant, without names of the department."""
    return _conversation(case, "expression", department=False, may_write=may_write)


def conversation_with_applicant(case: Case, *, may_write: bool) -> Conversation:
    """The conversation for the department."""
    return _conversation(case, "case", department=True, may_write=may_write)


class _MessagePage(pages.StepPage[Expression, F]):
    """A form below the earlier messages. It settles only messages that it shows."""

    template_name = "bids/message.html"
    conversation: ClassVar[Callable[..., Conversation]]
    """`conversation_with_department` or `conversation_with_applicant`."""

    def initial(self) -> dict[str, object]:
        rows = self.object.snapshot_messages
        return {"seen": rows[-1]["key"] if rows else ""}

    def context(self) -> dict[str, object]:
        return {"conversation": type(self).conversation(self.object, may_write=False)}


class WriteMessage(_MessagePage[MessageForm]):
    title = "Write a message"
    form_class = MessageForm
    submit_label = "Send the message"
    success_message = "The message was sent"
    step = messages.send

    def check(self) -> None:
        messages.is_department_side(self.user, self.object)


class SettleMessages(_MessagePage[SettleForm]):
    title = "Say that no answer is needed"
    form_class = SettleForm
    submit_label = "No answer is needed"
    success_message = "You do not need to answer these messages"
    step = messages.settle

    def check(self) -> None:
        messages.require_unanswered(self.object, self.user)


class UnansweredMessages(pages.ListPage[Message]):
    """Unanswered messages of the other side, oldest first."""

    policy = permission_required(Permission.APPLY, Permission.DEVELOP)
    scope = staticmethod(policies.messages_waiting)
    ordering = ("written_at", "key")
    template_name = "bids/unanswered_messages.html"
    title = "Messages to answer"

    def rows(self) -> QuerySet[Message]:
        return self.rows_in_scope().select_related("expression__lead", "written_by")


def _conversation(
    case: Case, page: str, *, department: bool, may_write: bool
) -> Conversation:
    expression = case.expression if isinstance(case, Bid) else case
    unanswered_count = sum(
        row["from_department"] != department and row["settled_at"] is None
        for row in case.snapshot_messages
    )
    writes = may_write and expression.submitted_at is not None
    return Conversation(
        lines=[_line(row, names=department) for row in case.snapshot_messages],
        unanswered=unanswered_count,
        write_url=_address(expression, page, "message") if writes else "",
        settle_url=_address(expression, page, "settle")
        if writes and unanswered_count
        else "",
    )


def _address(expression: Expression, page: str, ending: str) -> str:
    return reverse(f"bids:{page}-{ending}", args=[expression.key])


def _line(row: Row, *, names: bool) -> Line:
    author = row["written_by"] or "Somebody"
    if names:
        author += ", the department" if row["from_department"] else ", the applicant"
    elif row["from_department"]:
        author = DEPARTMENT
    return Line(author, row["text"], datetime.fromisoformat(row["written_at"]))
