"""Pages of interests in cases: declared by members, agreed by the secretary."""

from typing import Never

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import interests
from funding.domain.queries import board
from funding.forms import interest as forms
from funding.models import AgendaItem, Interest
from funding.models.interest import Mitigation
from funding.views.meetings import SECRETARY
from funding.views.papers import MEMBER, PaperStep
from innovation.core import clock
from innovation.web import pages


class DeclareInterest(PaperStep, pages.FormPage[AgendaItem, forms.OwnInterestForm]):
    """For a member. They lose access to the case at once, so the next page is the
    meeting.
    """

    policy = MEMBER
    title = "Declare an interest"
    template_name = "funding/board/declare_interest.html"
    form_class = forms.OwnInterestForm
    submit_label = "Declare"
    success_message = "Your interest is recorded. The case is no longer shown to you"

    def perform(self, form: forms.OwnInterestForm) -> pages.Destination:
        interests.declare(
            self.object.bid,
            member=self.user,
            nature=form.cleaned_data["nature"],
            mitigation=Mitigation.LEAVES,
            by=self.user,
            at=clock.now(),
        )
        return reverse("funding:meeting", args=[self.object.meeting.key])


class Interests(pages.ListPage[Interest]):
    policy = SECRETARY
    scope = policies.interests_for
    title = "Register of interests"
    template_name = "funding/board/interests.html"
    ordering = ("-declared_at", "key")

    def rows_in_scope(self) -> QuerySet[Interest]:
        return super().rows_in_scope().select_related("bid", "member")

    def context(self) -> dict[str, object]:
        return {"names": dict(board.options(board.board_and_secretary()))}


class RecordInterest(pages.FormPage[Never, forms.RecordInterestForm]):
    policy = SECRETARY
    back = "funding:interests"
    title = "Record an interest"
    form_class = forms.RecordInterestForm
    submit_label = "Record the interest"
    success_message = "The interest is recorded"

    def form_options(self) -> dict[str, object]:
        bids = policies.bids_to_record_interests_in(self.user)
        return {
            "bids": bids.order_by("title", "pk"),
            "people": board.options(board.members()),
            "agreed_by_options": board.options(board.board_and_secretary()),
        }

    def perform(self, form: forms.RecordInterestForm) -> pages.Destination:
        data, now = form.cleaned_data, clock.now()
        people = {
            p.key: p for p in board.users_by_keys([data["member"], data["agreed_by"]])
        }
        interests.declare(
            data["bid"],
            member=people[data["member"]],
            nature=data["nature"],
            mitigation=data["mitigation"],
            agreed_by=people[data["agreed_by"]],
            agreed_at=min(clock.end_of_day(data["agreed_on"]), now),
            by=self.user,
            at=now,
        )
        return self.back_url()


class AgreeInterest(pages.EditPage[Interest, forms.AgreeInterestForm]):
    policy = SECRETARY
    scope = policies.interests_for
    back = "funding:interests"
    title = "Record what was agreed"
    form_class = forms.AgreeInterestForm
    submit_label = "Record"
    success_message = "What was agreed is recorded"
    confirms_unchanged = True

    def lock(self) -> None:
        self.object = interests.lock(self.object)

    def rows_in_scope(self) -> QuerySet[Interest]:
        return super().rows_in_scope().select_related("bid", "member")

    def saved_values(self) -> dict[str, object]:
        return {"mitigation": self.object.mitigation}

    def perform(self, form: forms.AgreeInterestForm) -> pages.Destination:
        mitigation = form.cleaned_data["mitigation"]
        interests.agree(
            self.object, mitigation=mitigation, by=self.user, at=clock.now()
        )
        return self.back_url()
