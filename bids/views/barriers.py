"""The pages of the barrier register, and those that put a case’s barriers on it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from bids import barrier_policies
from bids.domain import barriers
from bids.domain.queries import barriers as queries
from bids.forms import barrier as forms
from bids.models import BarrierCase, BarrierEntry, BarrierStep, Expression
from bids.models.barrier import BarrierState
from bids.views.cases import READ, CaseStep
from innovation.accounts.models import User
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience
from innovation.core import clock
from innovation.core.clock import end_of_day, london_day
from innovation.core.errors import TooLate
from innovation.core.formatting import format_date
from innovation.web import pages
from innovation.web.as_at import AsAtPage

WRITE = permission_required(Permission.TRIAGE)
STATE_TAGS = {
    BarrierState.RAISED: ("Raised", "blue"),
    BarrierState.IN_HAND: ("In hand", "yellow"),
    BarrierState.REMOVED: ("Removed", "green"),
    BarrierState.STAYS: ("Cannot be removed", "grey"),
    BarrierState.MISTAKE: ("Entered by mistake", "red"),
}


def steps_in_scope(user: User) -> QuerySet[BarrierStep]:
    """How each entry stands now, with the number of cases that name it."""
    return queries.with_case_count(barrier_policies.present_steps(user), user)


def entries_in_scope(user: User) -> QuerySet[BarrierEntry]:
    return barrier_policies.entries_for(user).select_related("chain")


class Barriers(pages.ListPage[BarrierStep]):
    policy = READ
    scope = staticmethod(steps_in_scope)
    ordering = ("law_or_rule", "id")
    title = "Barrier register"
    filter_form = forms.BarrierFilter
    template_name = "bids/department/barriers.html"

    @cached_property
    def steps(self) -> list[BarrierStep]:
        """All that the reader may know of, for what is counted."""
        return list(barrier_policies.present_steps(self.user))

    def filter_options(self) -> dict[str, object]:
        return {"owners": queries.owners_of(self.steps)}

    def narrow(
        self, rows: QuerySet[BarrierStep], filter_values: Mapping[str, object]
    ) -> QuerySet[BarrierStep]:
        due_by = london_day(clock.now()) if filter_values["due"] else None
        return queries.narrow(rows, filter_values, self.user, due_by)

    def context(self) -> dict[str, object]:
        return {
            "counts": queries.counts(self.steps),
            "entry_count": len(self.steps),
            "made_up_count": sum(step.entry.demonstration for step in self.steps),
            "state_tags": STATE_TAGS,
            "today": london_day(clock.now()),
            "may_write": self.user.may(Permission.TRIAGE),
            "may_report": self.user.may(Permission.MAKE_REPORTS),
            "query": self.request.GET.urlencode(),
        }


class Barrier(AsAtPage[BarrierEntry]):
    """One entry: how it stands or stood, every step, and the cases that name it."""

    policy = READ
    scope = staticmethod(entries_in_scope)
    back = "bids:barriers"
    template_name = "bids/department/barrier.html"
    form_class = forms.BarrierDayForm

    @cached_property
    def known_at(self) -> datetime | None:
        if self.form.is_bound and self.form.is_valid():
            known_on = self.form.cleaned_data["known_on"]
            return end_of_day(known_on) if known_on else None
        return None

    @cached_property
    def steps(self) -> list[BarrierStep]:
        return list(queries.steps_of(self.object))

    @cached_property
    def shown(self) -> BarrierStep | None:
        """The step that says how it stood on the day, as it was known."""
        known = [
            step
            for step in self.steps
            if step.so_on <= self.day
            and (self.known_at is None or step.recorded_at <= self.known_at)
        ]
        return max(known, key=lambda step: (step.so_on, step.pk), default=None)

    @cached_property
    def present(self) -> BarrierStep:
        return max(self.steps, key=lambda step: (step.so_on, step.pk))

    def page_title(self) -> str:
        return self.present.law_or_rule

    def context(self) -> dict[str, object]:
        cases = list(queries.cases_of(self.object, self.user))
        return {
            "today": self.today,
            "known_at": self.known_at,
            "shown": self.shown,
            "summary": _summary(self.shown) if self.shown else [],
            "steps": self.steps,
            "cases": [case for case in cases if case.left_at is None],
            "former_cases": [case for case in cases if case.left_at is not None],
            "audience": Audience.DEPARTMENT,
            "may_write": self.user.may(Permission.TRIAGE),
        }


def _summary(step: BarrierStep) -> list[dict[str, object]]:
    rows: list[tuple[str, object]] = [
        ("Law or rule", step.law_or_rule),
        ("What it stops", step.what_it_stops),
        ("State", step.get_state_display()),
        ("Route", step.get_route_display() or "Not decided"),
        ("Owner", step.owner.name if step.owner else "Nobody"),
        ("Raised", format_date(step.raised_on)),
        ("Due", format_date(step.due_on) if step.due_on else "No day set"),
    ]
    if step.resolved_on:
        rows += [("Settled", format_date(step.resolved_on)), ("Outcome", step.outcome)]
    return [{"label": label, "value": value} for label, value in rows]


class EnterBarrier(pages.FormPage[BarrierEntry, forms.BarrierForm]):
    policy = WRITE
    back = "bids:barriers"
    title = "Enter a barrier that no case names"
    form_class = forms.BarrierForm
    submit_label = "Enter it"
    success_message = "The barrier was entered"

    def perform(self, form: forms.BarrierForm) -> pages.Destination:
        return barriers.enter(
            form.facts(),
            so_on=form.cleaned_data["so_on"],
            reason=form.cleaned_data["reason"],
            by=self.user,
            at=clock.now(),
        )


class ChangeBarrier(pages.EditPage[BarrierEntry, forms.BarrierForm]):
    policy = WRITE
    scope = staticmethod(entries_in_scope)
    object_page = "bids:barrier"
    form_class = forms.BarrierForm
    title = "Record how this barrier stands"
    submit_label = "Record it"
    success_message = "It was recorded"

    def saved_values(self) -> Mapping[str, object]:
        step = self.object.steps.as_of().select_related("owner").get()
        values = {name: getattr(step, name) for name in barriers.FACT_NAMES}
        return {**values, "so_on": london_day(clock.now())}

    def lock(self) -> None:
        self.object = barriers.lock_readable(self.object, self.user)

    def group_title(self, name: str) -> str:
        parts = {"state", "owner", "resolved_on", "outcome"}
        return "How it stands" if name in parts else ""

    def perform(self, form: forms.BarrierForm) -> pages.Destination:
        return barriers.change(
            self.object,
            form.facts(),
            so_on=form.cleaned_data["so_on"],
            reason=form.cleaned_data["reason"],
            by=self.user,
            at=clock.now(),
        )


class JoinBarrier(CaseStep, pages.FormPage[Expression, forms.JoinForm]):
    policy = WRITE
    object_page = "bids:case-answers"
    title = "Put a barrier on the register"
    form_class = forms.JoinForm
    submit_label = "Put it on the register"
    success_message = "The barrier is on the register"

    def check(self) -> None:
        if not barriers.barriers_to_join(self.object).exists():
            raise TooLate("Every barrier of this case is on the register.")

    def form_options(self) -> dict[str, object]:
        return {
            "barriers": barriers.barriers_to_join(self.object),
            "entries": barriers.entries_to_join(self.user, self.object),
        }

    def perform(self, form: forms.JoinForm) -> pages.Destination:
        chosen: BarrierStep | None = form.cleaned_data["entry"]
        named = barriers.join(
            self.object,
            barrier=form.cleaned_data["barrier"],
            entry=chosen.entry if chosen else None,
            reason=form.cleaned_data["reason"],
            by=self.user,
            at=clock.now(),
        )
        return named.entry


class TakeOffBarrier(CaseStep, pages.FormPage[Expression, forms.TakeOffForm]):
    policy = WRITE
    object_page = "bids:case-answers"
    title = "Take a barrier off the register"
    form_class = forms.TakeOffForm
    submit_label = "Take it off"
    success_message = "The barrier was taken off the register"

    def cases(self) -> QuerySet[BarrierCase]:
        return barriers.current_cases(self.object)

    def check(self) -> None:
        if not self.cases().exists():
            raise TooLate("No barrier of this case is on the register.")

    def form_options(self) -> dict[str, object]:
        return {"cases": self.cases()}

    def perform(self, form: forms.TakeOffForm) -> pages.Destination:
        barriers.take_off(
            self.object, **form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()
