"""The Board's meetings: what secretary and members both see, and what the secretary
does with them.
"""

from typing import Any

from django.urls import reverse

from funding import policies
from funding.domain import meetings
from funding.domain.queries import board
from funding.forms import meeting as forms
from funding.models import Meeting
from funding.views.actions import available_actions
from funding.wording import MEETING_TAGS
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.web import pages

SECRETARY = permission_required(Permission.RUN_BOARD)
BOARD = permission_required(Permission.RUN_BOARD, Permission.ADVISE)
_ACTIONS_BY_STATE = {
    "planned": [
        ("List a bid", "meeting-list-bid"),
        ("Invite members", "meeting-invite"),
        ("Send the papers", "meeting-send-papers"),
    ],
    "papers_out": [
        ("List a bid", "meeting-list-bid"),
        ("Invite members", "meeting-invite"),
        ("Record who was present", "meeting-hold"),
    ],
    "held": [("Write the minutes", "meeting-minute")],
}


class Meetings(pages.ListPage):
    policy = BOARD
    scope = policies.meetings_for
    title = "Investment Board meetings"
    template_name = "funding/board/meetings.html"
    order = ("-starts_at", "key")

    def context(self) -> dict[str, Any]:
        runs = self.user.may(Permission.RUN_BOARD)
        return {"tags": MEETING_TAGS, "may_plan": runs}


class MeetingPage(pages.DetailPage):
    policy = BOARD
    scope = policies.meetings_for
    template_name = "funding/board/meeting.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def back_url(self) -> str:
        return reverse("funding:meetings")

    def context(self) -> dict[str, Any]:
        runs = self.user.may(Permission.RUN_BOARD)
        return {
            "items": board.agenda(self.object, self.user),
            "attendance": self.object.attendance.select_related("member"),
            "actions": available_actions(
                _ACTIONS_BY_STATE.get(self.object.state, []), self.object, runs
            ),
            "may_run_board": runs,
            "minutes": self.object.minutes
            if self.object.minutes and policies.may_read_minutes(self.user, self.object)
            else "",
        }


class Plan(pages.FormPage):
    policy = SECRETARY
    title = "Plan a meeting"
    form_class = forms.PlanForm
    submit_label = "Plan the meeting"
    success_message = "The meeting is planned"

    def form_options(self) -> dict[str, Any]:
        return {"people": board.options(board.members())}

    def back_url(self) -> str:
        return reverse("funding:meetings")

    def perform(self, form: Any) -> pages.Destination:
        meeting = meetings.plan(
            title=form.cleaned_data["title"],
            starts_at=form.starts_at(),
            quorum=form.cleaned_data["quorum"],
            members=board.users_by_keys(form.cleaned_data["members"]),
            by=self.user,
            at=clock.now(),
        )
        return _meeting_url(meeting)


class _MeetingFormPage(pages.FormPage):
    """A form about one meeting, by the secretary."""

    policy = SECRETARY
    scope = policies.meetings_for

    def back_url(self) -> str:
        return _meeting_url(self.object)


class Invite(_MeetingFormPage):
    title = "Invite members"
    form_class = forms.PeopleForm
    submit_label = "Invite"
    success_message = "The members are invited"

    def form_options(self) -> dict[str, Any]:
        invited = self.object.attendance.values("member")
        others = board.members().exclude(pk__in=invited)
        return {"people": board.options(others), "label": "Members to invite"}

    def perform(self, form: Any) -> pages.Destination:
        people = board.users_by_keys(form.cleaned_data["people"])
        meetings.invite(self.object, members=people, by=self.user, at=clock.now())
        return _meeting_url(self.object)


class ListBid(_MeetingFormPage):
    title = "List a bid"
    form_class = forms.ListBidForm
    submit_label = "List the bid"
    success_message = "The bid is on the agenda"

    def form_options(self) -> dict[str, Any]:
        return {"bids": policies.bids_to_list(self.user)}

    def perform(self, form: Any) -> pages.Destination:
        meetings.list_bid(
            self.object,
            bid=form.cleaned_data["bid"],
            paper=form.cleaned_data["paper"],
            by=self.user,
            at=clock.now(),
        )
        return _meeting_url(self.object)


class SendPapers(pages.ActionPage):
    policy = SECRETARY
    scope = policies.meetings_for
    title = "Send the papers"
    explanation = (
        "The members can read the agenda and papers from now on, and get a letter that "
        "says so. A member with an interest in a case does not see it."
    )
    submit_label = "Send the papers"
    success_message = "The papers are out"

    def back_url(self) -> str:
        return _meeting_url(self.object)

    def perform(self) -> pages.Destination:
        meetings.send_papers(self.object, by=self.user, at=clock.now())
        return _meeting_url(self.object)


class Hold(_MeetingFormPage):
    title = "Record who was present"
    form_class = forms.PeopleForm
    submit_label = "Record"
    success_message = "The meeting is recorded as held"

    def form_options(self) -> dict[str, Any]:
        invited = board.options(self.object.members.order_by("name"))
        return {"people": invited, "label": "Who was present?"}

    def perform(self, form: Any) -> pages.Destination:
        present = board.users_by_keys(form.cleaned_data["people"])
        meetings.hold(self.object, present=present, by=self.user, at=clock.now())
        return _meeting_url(self.object)


class Minute(_MeetingFormPage):
    title = "Write the minutes"
    form_class = forms.MinutesForm
    submit_label = "Close the meeting"
    success_message = "The meeting is minuted"

    def perform(self, form: Any) -> pages.Destination:
        minutes = form.cleaned_data["minutes"]
        meetings.minute(self.object, minutes=minutes, by=self.user, at=clock.now())
        return _meeting_url(self.object)


def _meeting_url(meeting: Meeting) -> str:
    return reverse("funding:meeting", args=[meeting.key])
