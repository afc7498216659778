"""The definitions of all registers."""

from datetime import datetime

from django.db.models import QuerySet

from innovation.accounts.permissions import Visitor
from innovation.registers.forms import RegisterForm
from innovation.registers.models import (
    ClosedDay,
    ClosedDayState,
    Notice,
    NoticeKind,
    NoticeReaders,
    Programme,
    RegisterRow,
)
from innovation.registers.register import Register
from innovation.web import forms
from innovation.web.forms.datetime_fields import TIME_HINT


class NoticeForm(RegisterForm):
    moments = {"starts_at": "starts_time", "ends_at": "ends_time"}

    text = forms.LongTextField(
        label="What does it say?",
        missing="Enter what it says",
        help_text="Every page shows it. Changes appear within 15 seconds",
        max_length=500,
        rows=3,
    )
    kind = forms.ChoiceField(
        NoticeKind, label="What is it about?", missing="Select what it is about"
    )
    readers = forms.ChoiceField(
        NoticeReaders, label="Who sees it?", missing="Select who sees it"
    )
    starts_at = forms.DateField(
        label="From which day is it shown?", missing="Enter the first day"
    )
    starts_time = forms.TimeField(
        label="From what time?",
        help_text=TIME_HINT,
        missing="Enter the time on the first day",
    )
    ends_at = forms.DateField(label="Until which day?", missing="Enter the last day")
    ends_time = forms.TimeField(
        label="Until what time?",
        help_text=TIME_HINT,
        missing="Enter the time on the last day",
    )


def current_notices(user: Visitor, at: datetime) -> QuerySet[Notice]:
    """The current notices for this user."""
    readers = NoticeReaders if user.is_authenticated else [NoticeReaders.EVERYBODY]
    return Notice.objects.filter(starts_at__lte=at, ends_at__gt=at, readers__in=readers)


NOTICES = Register(
    model=Notice,
    title="Service notices",
    noun="service notice",
    description="The notices now at the top of every page. Without a token, only those "
    "for everybody; with a token, also those for people who are signed in.",
    form=NoticeForm,
    columns=("text", "kind", "readers", "starts_at", "ends_at"),
    published=current_notices,
    example={
        "key": "NOT-2F4H6-J8K0M",
        "text": "The service is closed on Saturday from 8am until midday.",
        "kind": "maintenance",
        "readers": "everybody",
        "starts_at": "2015-02-27T09:00:00.000000Z",
        "ends_at": "2015-02-28T12:00:00.000000Z",
    },
)


class ProgrammeForm(RegisterForm):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")
    co_funder = forms.TextField(
        label="Who else pays for it?",
        help_text="For example another department. The pages of its rounds say so",
        max_length=120,
        required=False,
    )


def all_programmes(reader: Visitor, at: datetime) -> QuerySet[Programme]:
    return Programme.objects.all()


PROGRAMMES: Register[Programme] = Register(
    model=Programme,
    title="Programmes",
    noun="programme",
    description="The programme of this service, and its neighbours. The cases of a "
    "neighbour are only in lists that ask for it.",
    form=ProgrammeForm,
    columns=("name", "co_funder"),
    published=all_programmes,
    example={
        "key": "PRG-2F4H6-J8K0M",
        "name": "Teaching partnerships",
        "co_funder": "Department of Health",
    },
)


class ClosedDayForm(RegisterForm):
    reason = forms.LongTextField(
        label="Why is the department closed?",
        missing="Enter why it is closed",
        max_length=200,
        rows=2,
    )
    day = forms.DateField(
        label="On which day?",
        help_text="Weekends and bank holidays are never working days, so you do not "
        "need to add them",
        missing="Enter the day",
    )
    state = forms.ChoiceField(
        ClosedDayState,
        label="Is it closed?",
        help_text="A day that was entered by mistake is a working day again",
        missing="Select whether it is closed",
    )


def closed_days(user: Visitor, at: datetime) -> QuerySet[ClosedDay]:
    """The same for everybody, whenever they are."""
    return ClosedDay.objects.filter(state=ClosedDayState.CLOSED)


CLOSED_DAYS = Register(
    model=ClosedDay,
    title="Closed days",
    noun="closed day",
    description="The days on which the department is closed, besides weekends and the "
    "bank holidays of England. They are no working days.",
    form=ClosedDayForm,
    columns=("reason", "day", "state"),
    published=closed_days,
    example={
        "key": "CLD-3G5J7-K9M1N",
        "reason": "The department closes early for Christmas.",
        "day": "2014-12-24",
        "state": "closed",
    },
    order=97,
)

REGISTERS: tuple[Register[RegisterRow], ...] = (NOTICES, PROGRAMMES, CLOSED_DAYS)
