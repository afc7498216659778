"""The public pages of rounds, and the pages on which administrators edit them."""

from functools import cached_property
from typing import Never

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bids import policies
from bids.domain import criteria, programmes, round_changes, rounds
from bids.forms import round as forms
from bids.models import Criterion, DueDiligenceArea, Round
from innovation.accounts.models import User
from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.permissions import has_permission
from innovation.accounts.roles import Permission
from innovation.core import clock, keys
from innovation.core.formatting import format_deadline
from innovation.registers.models import Programme
from innovation.web import pages

MANAGE = permission_required(Permission.MANAGE_ROUNDS)


class PublishedRounds(pages.Page):
    policy = EVERYBODY
    shared = True
    template_name = "bids/public/rounds.html"
    title = "Funding rounds"
    description = (
        "Rounds of the Children’s Social Care Innovation Programme that are open, "
        "coming or closed, with their dates and how much you can ask for."
    )

    @cached_property
    def programme(self) -> Programme | None:
        """The neighbour that the address names; `None` for the main programme."""
        key = self.request.GET.get("programme", "")
        if not key:
            return None
        return get_object_or_404(programmes.neighbours(), key=keys.normalise(key))

    def page_title(self) -> str:
        return f"{self.title}: {self.programme}" if self.programme else self.title

    def context(self) -> dict[str, object]:
        now = clock.now()
        published = policies.published_rounds(self.request.user)
        # Of a round of the past the dates may not be known.
        is_over = Q(closes_at__lt=now) | Q(opens_at__isnull=True)
        return {
            "programme": self.programme,
            "open_rounds": self._of_programme(rounds.rounds_open_at(now)),
            "upcoming_rounds": self._of_programme(rounds.rounds_coming_at(now)),
            "closed_rounds": self._of_programme(published.filter(is_over))[:50],
            "neighbours": programmes.neighbours()
            .filter(rounds__in=published.values("pk"))
            .distinct(),
        }

    def _of_programme(self, rows: QuerySet[Round]) -> QuerySet[Round]:
        key = self.programme.key if self.programme else ""
        return programmes.of_programme(rows, key, "pk")


class PublishedRound(pages.DetailPage[Round]):
    policy = EVERYBODY
    shared = True
    scope = staticmethod(policies.published_rounds)
    back = "bids:rounds"
    template_name = "bids/public/round.html"

    def rows_in_scope(self) -> QuerySet[Round]:
        return super().rows_in_scope().select_related("programme")

    def page_title(self) -> str:
        return str(self.object.name)

    def page_description(self) -> str:
        round = self.object
        parts = [f"{round.name}: {round.get_route_display().lower()}."]
        if round.closes_at:
            parts.append(f"Closes at {format_deadline(round.closes_at)}.")
        return " ".join([*parts, round.summary])

    def context(self) -> dict[str, object]:
        sets = rounds.published_sets(self.object).prefetch_related("questions")
        return {
            "may_start": self._may_start(),
            "may_give_more_time": has_permission(self.user, Permission.TRIAGE)
            and rounds.has_closed(self.object, clock.now()),
            "may_rank": has_permission(self.user, Permission.READ_ALL_CASES),
            "is_upcoming": rounds.rounds_coming_at(clock.now())
            .filter(pk=self.object.pk)
            .exists(),
            "strands": self.object.strands.all(),
            "criteria": criteria.in_order(self.object),
            "question_sets": sets,
        }

    def _may_start(self) -> bool:
        """Whether the user may apply or has not signed in; not the department."""
        if not rounds.is_open(self.object, clock.now()):
            return False
        return not self.user.is_authenticated or has_permission(
            self.user, Permission.APPLY
        )


def all_rounds(user: User) -> QuerySet[Round]:
    return Round.objects.all()


class Rounds(pages.ListPage[Round]):
    policy = MANAGE
    scope = staticmethod(all_rounds)
    ordering = ("name", "key")
    template_name = "bids/administrator/rounds.html"
    title = "Manage rounds"


class Add(pages.FormPage[Never, forms.NewRoundForm]):
    policy = MANAGE
    back = "bids:manage-rounds"
    title = "Add a round"
    form_class = forms.NewRoundForm
    submit_label = "Add"
    success_message = "The round was added"

    def perform(self, form: forms.NewRoundForm) -> pages.Destination:
        round = rounds.add(
            programme=form.cleaned_data["programme"],
            facts=form.facts(),
            by=self.user,
            at=clock.now(),
        )
        return reverse("bids:manage-round", args=[round.key])


class Detail(pages.DetailPage[Round]):
    policy = MANAGE
    scope = staticmethod(all_rounds)
    back = "bids:manage-rounds"
    template_name = "bids/administrator/round.html"

    def page_title(self) -> str:
        return str(self.object.name)

    def context(self) -> dict[str, object]:
        return {
            "strands": self.object.strands.all(),
            "criteria": criteria.in_order(self.object),
            "due_diligence": [
                DueDiligenceArea(area).label for area in self.object.due_diligence
            ],
            "eligibility_checks": self.object.eligibility_checks.all(),
            "criteria_fixed": round_changes.used_criteria_reason(self.object),
            "envelopes": self.object.envelopes.select_related("strand"),
            "question_sets": self.object.question_sets.all(),
        }


class RoundStep(pages.Page[Round]):
    policy = MANAGE
    scope = staticmethod(all_rounds)
    object_page = "bids:manage-round"


class Change(RoundStep, pages.EditPage[Round, forms.RoundForm]):
    """Facts that can no longer change are shown, without fields."""

    template_name = "bids/administrator/change_round.html"
    title = "Change this round"
    form_class = forms.RoundForm
    submit_label = "Save"
    success_message = "The round was changed"

    def lock(self) -> None:
        self.object = rounds.lock(self.object, self.user)

    def group_title(self, name: str) -> str:
        return forms.RoundForm.group_title(name)

    def saved_values(self) -> dict[str, object]:
        return forms.RoundForm.initial_values(self.object)

    def form_options(self) -> dict[str, object]:
        return {
            "fixed": round_changes.frozen_fact_reasons(self.object, self.arrived_at)
        }

    def context(self) -> dict[str, object]:
        return {
            "fixed": round_changes.frozen_fact_reasons(self.object, self.arrived_at),
            "criteria": round_changes.used_criteria_reason(self.object),
            "has_sent_cases": round_changes.has_submissions(self.object),
            "draft_count": round_changes.waiting_drafts(self.object).count(),
        }

    def perform(self, form: forms.RoundForm) -> pages.Destination:
        facts = form.facts(self.changed_fields)
        rounds.change(self.object, facts=facts, by=self.user, at=self.arrived_at)
        return self.back_url()


class Publish(RoundStep, pages.StepPage[Round, forms.PublishForm]):
    title = "Publish this round"
    form_class = forms.PublishForm
    submit_label = "Publish"
    success_message = "The round was published"
    step = rounds.publish


class AddStrand(RoundStep, pages.StepPage[Round, forms.StrandForm]):
    title = "Add a strand"
    form_class = forms.StrandForm
    submit_label = "Add"
    success_message = "The strand was added"
    step = rounds.add_strand


class AddCriterion(RoundStep, pages.FormPage[Round, forms.CriterionForm]):
    title = "Add a criterion"
    form_class = forms.CriterionForm
    submit_label = "Add"
    success_message = "The criterion was added"

    def initial(self) -> dict[str, object]:
        return {"weight": 1, "min_score": 0, "max_score": 4}

    def perform(self, form: forms.CriterionForm) -> pages.Destination:
        rounds.add_criterion(
            self.object, facts=form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()


class ChangeCriterion(RoundStep, pages.EditPage[Round, forms.ChangeCriterionForm]):
    """The address has the place of the criterion, which never changes."""

    template_name = "bids/administrator/change_round_criterion.html"
    title = "Change a criterion"
    form_class = forms.ChangeCriterionForm
    submit_label = "Save"
    success_message = "The criterion was changed"

    def check(self) -> None:
        self.criterion = self._find()

    def lock(self) -> None:
        self.object = rounds.lock(self.object, self.user)
        self.criterion = self._find()

    def _find(self) -> Criterion:
        place = int(self.kwargs["place"])
        rows: list[Criterion] = list(self.object.criteria.all())
        if not 1 <= place <= len(rows):
            raise Http404
        return rows[place - 1]

    def saved_values(self) -> dict[str, object]:
        return forms.ChangeCriterionForm.initial_values(self.criterion)

    def form_options(self) -> dict[str, object]:
        return {"is_used": bool(round_changes.used_criteria_reason(self.object))}

    def context(self) -> dict[str, object]:
        return {
            "criterion": self.criterion,
            "used": round_changes.used_criteria_reason(self.object),
        }

    def perform(self, form: forms.ChangeCriterionForm) -> pages.Destination:
        facts = {
            name: form.cleaned_data[name]
            for name in self.changed_fields
            if name != "reason"
        }
        criteria.change(
            self.criterion,
            facts=facts,
            reason=form.cleaned_data.get("reason", ""),
            by=self.user,
            at=self.arrived_at,
        )
        return self.back_url()


class AddEnvelope(RoundStep, pages.FormPage[Round, forms.EnvelopeForm]):
    title = "Add a budget envelope"
    form_class = forms.EnvelopeForm
    submit_label = "Add"
    success_message = "The envelope was added"

    def form_options(self) -> dict[str, object]:
        return {"round": self.object}

    def perform(self, form: forms.EnvelopeForm) -> pages.Destination:
        rounds.add_envelope(
            self.object, facts=form.cleaned_data, by=self.user, at=clock.now()
        )
        return self.back_url()
