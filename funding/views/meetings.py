"""Pages of the Board's meetings, for the secretary and the members."""

from typing import Never

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


class Meetings(pages.ListPage[Meeting]):
    policy = BOARD
    scope = policies.meetings_for
    title = "Investment Board meetings"
    template_name = "funding/board/meetings.html"
    ordering = ("-starts_at", "key")

    def context(self) -> dict[str, object]:
        may_plan = self.user.may(Permission.RUN_BOARD)
        return {"tags": MEETING_TAGS, "may_plan": may_plan}


class MeetingPage(pages.DetailPage[Meeting]):
    policy = BOARD
    scope = policies.meetings_for
    back = "funding:meetings"
    template_name = "funding/board/meeting.html"

    def page_title(self) -> str:
        return str(self.object.title)

    def context(self) -> dict[str, object]:
        may_run_board = self.user.may(Permission.RUN_BOARD)
        minutes = self.object.minutes
        if minutes and not policies.may_read_minutes(self.user, self.object):
            minutes = ""
        return {
            "items": board.agenda(self.object, self.user),
            "attendance": board.attendance(self.object),
            "actions": available_actions(
                _ACTIONS_BY_STATE.get(self.object.state, []),
                self.object.key,
                may_run_board,
            ),
            "may_run_board": may_run_board,
            "minutes": minutes,
        }


class Plan(pages.FormPage[Never, forms.PlanForm]):
    policy = SECRETARY
    back = "funding:meetings"
    title = "Plan a meeting"
    form_class = forms.PlanForm
    submit_label = "Plan the meeting"
    success_message = "The meeting is planned"

    def form_options(self) -> dict[str, object]:
        return {"people": board.options(board.members())}

    def perform(self, form: forms.PlanForm) -> pages.Destination:
        meeting = meetings.plan(
            title=form.cleaned_data["title"],
            starts_at=form.starts_at(),
            quorum=form.cleaned_data["quorum"],
            members=board.users_by_keys(form.cleaned_data["members"]),
            by=self.user,
            at=clock.now(),
        )
        return reverse("funding:meeting", args=[meeting.key])


class _MeetingStep(pages.Page[Meeting]):
    """A step of one meeting, by the secretary."""

    policy = SECRETARY
    scope = policies.meetings_for
    object_page = "funding:meeting"


class Invite(_MeetingStep, pages.FormPage[Meeting, forms.PeopleForm]):
    title = "Invite members"
    form_class = forms.PeopleForm
    submit_label = "Invite"
    success_message = "The members are invited"

    def form_options(self) -> dict[str, object]:
        invited = self.object.attendance.values("member")
        other_members = board.members().exclude(pk__in=invited)
        return {"people": board.options(other_members), "label": "Members to invite"}

    def perform(self, form: forms.PeopleForm) -> pages.Destination:
        people = board.users_by_keys(form.cleaned_data["people"])
        meetings.invite(self.object, members=people, by=self.user, at=clock.now())
        return self.back_url()


class ListBid(_MeetingStep, pages.StepPage[Meeting, forms.ListBidForm]):
    title = "List a bid"
    form_class = forms.ListBidForm
    submit_label = "List the bid"
    success_message = "The bid is on the agenda"
    step = meetings.list_bid

    def form_options(self) -> dict[str, object]:
        return {"bids": policies.bids_to_list(self.user).order_by("title", "pk")}


class SendPapers(_MeetingStep, pages.ActionPage[Meeting]):
    title = "Send the papers"
    explanation = (
        "The members can read the agenda and papers from now on. We will write to tell "
        "them. A member with an interest in a case does not see it."
    )
    submit_label = "Send the papers"
    success_message = "The papers were sent"
    step = meetings.send_papers


class Hold(_MeetingStep, pages.FormPage[Meeting, forms.PeopleForm]):
    title = "Record who was present"
    form_class = forms.PeopleForm
    submit_label = "Record"
    success_message = "The meeting is recorded as held"

    def form_options(self) -> dict[str, object]:
        invited = board.options(self.object.members.order_by("name", "pk"))
        return {"people": invited, "label": "Who was present?"}

    def perform(self, form: forms.PeopleForm) -> pages.Destination:
        present = board.users_by_keys(form.cleaned_data["people"])
        meetings.hold(self.object, present=present, by=self.user, at=clock.now())
        return self.back_url()


class Minute(_MeetingStep, pages.StepPage[Meeting, forms.MinutesForm]):
    title = "Write the minutes"
    form_class = forms.MinutesForm
    submit_label = "Close the meeting"
    success_message = "The minutes are recorded"
    step = meetings.minute
