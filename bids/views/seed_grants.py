"""The short way to a seed grant: one page to begin, and one with all its questions."""

from functools import cached_property

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bids import policies
from bids.domain import completeness, expressions, lateness
from bids.domain.lateness import LateSubmission
from bids.domain.queries import seed_grants
from bids.domain.question_types.fact_types import total_asked
from bids.domain.sections import is_on_one_page
from bids.forms.section import SectionForm
from bids.forms.seed_grant import StartSeedForm
from bids.models import Expression, Round
from bids.models.expression import UNTITLED
from bids.models.round import Route
from bids.views import sections, signatures
from bids.views.applicant_pages import APPLY
from innovation.accounts.models import User
from innovation.core import clock, constraints
from innovation.core.errors import Invalid, TooLate
from innovation.core.timeouts import SUBMISSION, use_timeouts
from innovation.web import idempotency, pages

SEND, ASK, LATER = "send", "ask", "later"
"""The names of the buttons of the page."""
MAX_ALLOWANCES = 5
"""Of how many organisations the first page says what is left."""
TOO_MUCH = (
    "You ask for {asked}, but {left} is left of what your organisation can have this "
    "financial year"
)


def seed_rounds(user: User) -> QuerySet[Round]:
    return policies.published_rounds(user).filter(route=Route.SEED)


class StartSeedGrant(pages.FormPage[Round, StartSeedForm]):
    policy = APPLY
    scope = staticmethod(seed_rounds)
    object_page = "bids:round"
    template_name = "bids/applicant/start_seed_grant.html"
    title = "Apply for a seed grant"
    form_class = StartSeedForm
    submit_label = "Start now"

    def check(self) -> None:
        if not lateness.rounds_open_to(self.user, clock.now()).contains(self.object):
            raise TooLate(f"{self.object.name} is not open.")

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not policies.leads_for(self.user).exists():
            # That page says how to join an organisation, and comes back here.
            return redirect(f"{reverse('bids:start')}?round={self.object.key}")
        return super().get(request, **kwargs)

    def form_options(self) -> dict[str, object]:
        return {"user": self.user}

    def context(self) -> dict[str, object]:
        now = clock.now()
        leads = policies.leads_for(self.user)[:MAX_ALLOWANCES]
        return {
            "allowances": [
                seed_grants.allowance(lead, self.user, now) for lead in leads
            ],
            "ends_at": self.object.closes_at,
        }

    def perform(self, form: StartSeedForm) -> pages.Destination:
        expression = expressions.start(
            round=self.object,
            lead=form.cleaned_data["lead"],
            title=UNTITLED,
            by=self.user,
            at=self.arrived_at,
        )
        return reverse("bids:expression", args=[expression.key])


class _ExpressionSection(sections.SectionPage):
    object: Expression


class SectionPage(_ExpressionSection):
    """A section of an expression. One with all questions of a seed grant is sent from
    its page, or put before somebody who signs it off.
    """

    @cached_property
    def is_lane(self) -> bool:
        return is_on_one_page(self.object)

    @property
    def is_finished(self) -> bool:
        return self.is_lane and not {SEND, ASK}.isdisjoint(self.request.POST)

    def get_template_name(self) -> str:
        if not self.is_lane:
            return super().get_template_name()
        return "bids/applicant/seed_grant.html"

    def page_title(self) -> str:
        return "Apply for a seed grant" if self.is_lane else super().page_title()

    def back_url(self) -> str:
        """The case's own page only leads here."""
        address = super().back_url()
        leads_here = self.is_lane and address == self.address()
        return reverse("bids:own-cases") if leads_here else address

    @cached_property
    def allowance(self) -> seed_grants.SeedAllowance:
        return seed_grants.allowance(self.object.lead, self.user, clock.now())

    def context(self) -> dict[str, object]:
        if not self.is_lane:
            return super().context()
        return {
            **super().context(),
            **signatures.signature_context(self.object, self.user, self.url_name),
            "allowance": self.allowance,
            "ends_at": lateness.closing_time_for(self.object.round, self.object.lead),
            "withdraw_url": self.address("-withdraw"),
        }

    def remaining_problems(self, form: SectionForm) -> Invalid:
        if not self.is_lane:
            return super().remaining_problems(form)
        saved = self.rows_in_scope().get(pk=self.object.pk)
        problems = completeness.problems(saved, self.arrived_at)
        for code in form.field_names().keys() - form.readable_codes():
            problems.pop(code, None)  # Its field says what is wrong.
        if not self.is_finished:
            answered = form.answered_codes()
            problems = {code: problems[code] for code in answered if code in problems}
        left, asked = self.allowance.left, total_asked(saved)
        if left is not None and asked > left:
            sentence = TOO_MUCH.format(asked=asked, left=left)
            problems["money"] = [*problems.get("money", []), sentence]
        return Invalid(problems)

    def leave(self, form: SectionForm) -> HttpResponse:
        posted = self.request.POST
        if not self.is_lane or LATER in posted:
            return super().leave(form)
        if ASK in posted:
            return redirect(self.address("-ask-to-sign"))
        if SEND not in posted:
            return redirect(self.request.get_full_path())
        try:
            with use_timeouts(SUBMISSION):
                return redirect(idempotency.perform_once(self.request, self.send))
        except (Invalid, IntegrityError) as error:
            form.add_problems(constraints.as_invalid(error))
        return self.show_form(form, 422, saved_with_problems=True)

    def send(self) -> str:
        try:
            expressions.submit(self.object, by=self.user, at=self.arrived_at)
        except LateSubmission:
            return self.address("-late")
        return self.address("-sent")
