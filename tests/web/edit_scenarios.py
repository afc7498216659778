"""Two people who change the same thing at once: what each page of
`test_versions` is driven with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import resolve, reverse

from bids.domain import clarifications as clarifications_
from bids.domain import feedback_drafts, question_sets
from bids.models import EligibilityCheck, Round
from bids.views import barriers as barrier_views
from bids.views import clarifications, eligibility_checks, partner_checks, rounds
from bids.views import feedback_drafts as feedback_draft_views
from bids.views import question_sets as question_set_views
from bids.views import scores as score_views
from funding.domain import grant_drafts, offers
from funding.models import MonitoringReport, Offer, Opinion, Payment
from funding.views import awards as award_views
from funding.views import claims, monitoring, opinions
from funding.views import interests as interest_views
from funding.views import payments as payment_views
from innovation.accounts.models import User
from innovation.accounts.views import memberships, own_account, people
from innovation.core import clock
from innovation.core.formatting import format_date
from innovation.registers.definitions import REGISTERS
from innovation.registers.register import Register
from innovation.web import pages
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.factories import (
    barriers,
    cases,
    grants,
    partners,
    registers,
    triage,
    users,
)
from tests.funding.page_requests import date_fields
from tests.narrowing import not_none


@dataclass(frozen=True, slots=True)
class EditScenario:
    """Two people and what each types into the same page; `value` is what is saved."""

    mine: dict[str, Any]
    theirs: dict[str, Any]
    address: str
    people: tuple[User, User]
    value: Callable[[], Any]
    words: tuple[str, str, str]
    """As seen, theirs and mine, on the page that asks."""


def of_registers() -> dict[type[pages.EditPage], Callable[[], EditScenario]]:
    return {_change_page(each): _row_of_register(each) for each in REGISTERS}


def _change_page(register: Register[Any]) -> type[pages.EditPage]:
    match = resolve(reverse(f"registers:{register.name}-change", args=["key"]))
    page: type[pages.EditPage] = vars(match.func)["view_class"]
    return page


def _row_of_register(register: Register[Any]) -> Callable[[], EditScenario]:
    name = register.columns[0]

    def row() -> EditScenario:
        register_row = registers.row(register, **{name: "As it was"})
        return EditScenario(
            {name: "Mine"},
            {name: "Theirs"},
            reverse(f"registers:{register.name}-change", args=[register_row.key]),
            (users.administrator(), users.administrator()),
            lambda: getattr(
                type(register_row)._default_manager.get(pk=register_row.pk), name
            ),
            ("As it was", "Theirs", "Mine"),
        )

    row.__name__ = register.name
    return row


def round_() -> EditScenario:
    round = cases.round_(summary="As it was")
    return EditScenario(
        {"summary": "Mine"},
        {"summary": "Theirs"},
        reverse("bids:manage-round-change", args=[round.key]),
        (users.administrator(), users.administrator()),
        lambda: Round.objects.get(pk=round.pk).summary,
        ("As it was", "Theirs", "Mine"),
    )


def question() -> EditScenario:
    by = users.administrator()
    question_set = question_sets.begin(
        cases.round_(), stage="expression", by=by, at=MOMENT
    )
    question_with_hint = question_set.questions.exclude(hint="").first()
    assert question_with_hint is not None
    return EditScenario(
        {"hint": "Mine"},
        {"hint": "Theirs"},
        reverse(
            "bids:manage-question-change",
            args=[question_set.key, question_with_hint.code],
        ),
        (by, users.administrator()),
        lambda: question_set.questions.get(pk=question_with_hint.pk).hint,
        (question_with_hint.hint, "Theirs", "Mine"),
    )


def own_name() -> EditScenario:
    person = users.official()
    return EditScenario(
        {"name": "Ann Mine"},
        {"name": "Ann Theirs"},
        reverse("accounts:account-name"),
        (person, person),
        lambda: User.objects.get(pk=person.pk).name,
        (person.name, "Ann Theirs", "Ann Mine"),
    )


def name_of_another() -> EditScenario:
    person = users.official()
    return EditScenario(
        {"name": "Ann Mine"},
        {"name": "Ann Theirs"},
        reverse("accounts:person-rename", args=[person.key]),
        (users.administrator(), users.administrator()),
        lambda: User.objects.get(pk=person.pk).name,
        (person.name, "Ann Theirs", "Ann Mine"),
    )


def standing() -> EditScenario:
    body = users.council_organisation()
    one, other = (users.applicant(body, "administrator") for _ in range(2))
    member = users.applicant(body, "administrator").memberships.get()
    return EditScenario(
        {"standing": "editor"},
        {"standing": "viewer"},
        reverse("accounts:membership-change", args=[member.key]),
        (one, other),
        lambda: type(member).objects.get(pk=member.pk).standing,
        (
            "manage its people",
            "View applications",
            "View and edit applications",
        ),
    )


def date_to_answer_by() -> EditScenario:
    clarification = cases.open_clarification()
    today = clock.london_day(clock.now())
    mine, theirs = today + timedelta(days=10), today + timedelta(days=20)
    return EditScenario(
        date_fields("due_on", mine),
        date_fields("due_on", theirs),
        reverse("bids:case-redate", args=[clarification.expression.key]),
        (users.official(), users.official()),
        lambda: clarification.expression.clarifications.get().due_on,
        ("19 November 2014", str(theirs.year), str(mine.year)),
    )


def prepared_feedback() -> EditScenario:
    case, by = cases.submitted_expression(), users.official()
    first, last = cases.feedback(case.round)
    texts = {first: "As seen", last: "The same"}
    feedback_drafts.save(case, texts=texts, by=by, at=MOMENT)
    return EditScenario(
        {f"criterion_{first}": "Mine", f"criterion_{last}": "The same"},
        {f"criterion_{first}": "Theirs", f"criterion_{last}": "The same"},
        reverse("bids:case-feedback", args=[case.key]),
        (users.official(), users.official()),
        lambda: feedback_drafts.texts_of(case)[first],
        ("As seen", "Theirs", "Mine"),
    )


def answers() -> EditScenario:
    clarification = cases.open_clarification()
    lead = clarification.expression.lead
    by = cases.editor_of(lead)
    drafts = {1: "As seen"}
    clarifications_.save_drafts(clarification, answers=drafts, by=by, at=MOMENT)
    return EditScenario(
        {"answer_1": "Mine", "save": "yes"},
        {"answer_1": "Theirs", "save": "yes"},
        reverse("bids:expression-answer", args=[clarification.expression.key]),
        (by, users.applicant(lead)),
        lambda: clarification.questions.get().draft,
        ("As seen", "Theirs", "Mine"),
    )


def scores() -> EditScenario:
    person, bid = users.official(), cases.submitted_bid()
    assessment = cases.assessment(bid, by=person, values=(1, 1), finish=False)
    pk = not_none(bid.round.criteria.first()).pk
    return EditScenario(
        {f"value_{pk}": "3"},
        {f"justification_{pk}": "Theirs"},
        reverse("bids:assessment", args=[assessment.key]),
        (person, person),
        lambda: assessment.scores.values_list("value", "justification").get(
            criterion=pk
        ),
        ("As the bid says.", "Theirs", "3"),
    )


def criterion() -> EditScenario:
    round = cases.round_()
    force_update(round.criteria.filter(name="Impact"), description="As it was")
    return EditScenario(
        {"description": "Mine"},
        {"description": "Theirs"},
        reverse("bids:manage-criterion-change", args=[round.key, 1]),
        (users.administrator(), users.administrator()),
        lambda: round.criteria.get(name="Impact").description,
        ("As it was", "Theirs", "Mine"),
    )


def check() -> EditScenario:
    added = triage.check(wording="As it was")
    return EditScenario(
        {"wording": "Mine"},
        {"wording": "Theirs"},
        reverse("bids:manage-check-change", args=[added.key]),
        (users.administrator(), users.administrator()),
        lambda: EligibilityCheck.objects.get(pk=added.pk).wording,
        ("As it was", "Theirs", "Mine"),
    )


def partner() -> EditScenario:
    added = partners.to_check("As it was")
    return EditScenario(
        {"name": "Mine"},
        {"name": "Theirs"},
        reverse("bids:partner-correct", args=[added.key]),
        (users.official(), users.official()),
        lambda: type(added).objects.get(pk=added.pk).name,
        ("As it was", "Theirs", "Mine"),
    )


def view() -> EditScenario:
    member = users.member()
    item = grants.agenda_item(members=[member, *grants.board_members(2)])
    return EditScenario(
        {"text": "Mine"},
        {"text": "Theirs"},
        reverse("funding:paper-view", args=[item.key]),
        (member, member),
        lambda: Opinion.objects.get().text,
        ("Nothing", "Theirs", "Mine"),
    )


def interest() -> EditScenario:
    member = users.member()
    item = grants.agenda_item(members=[member, *grants.board_members(2)])
    declared = grants.interest(item.bid, member)
    return EditScenario(
        {"mitigation": "leaves"},
        {"mitigation": "none_needed"},
        reverse("funding:interest-agree", args=[declared.key]),
        (users.secretary(), users.secretary()),
        lambda: type(declared).objects.get().mitigation,
        ("leaves the room", "No action needed", "leaves the room"),
    )


def payments() -> EditScenario:
    award = grants.planned_payment().award
    mine, theirs = (grants.DUE_ON + timedelta(days=n) for n in (1, 2))
    return EditScenario(
        date_fields("due_1", mine),
        date_fields("due_1", theirs),
        reverse("funding:award-plan-payments", args=[award.key]),
        (users.grant_manager(), users.grant_manager()),
        lambda: Payment.objects.get(award=award).due_on,
        ("20 November 2014", "22 November 2014", "21 November 2014"),
    )


def date_of_offer() -> EditScenario:
    award, today = grants.offered_award(), clock.london_day(clock.now())
    offers.redate(
        award,
        reply_by=today + timedelta(days=5),
        by=users.grant_manager(),
        at=clock.now(),
    )
    seen, mine, theirs = (today + timedelta(days=n) for n in (5, 6, 7))
    return EditScenario(
        date_fields("reply_by", mine),
        date_fields("reply_by", theirs),
        reverse("funding:award-redate-offer", args=[award.key]),
        (users.grant_manager(), users.grant_manager()),
        lambda: Offer.objects.get(award=award).reply_by,
        (format_date(seen), format_date(theirs), format_date(mine)),
    )


def draft_of_claim() -> EditScenario:
    payment = grants.planned_payment()
    return _draft(payment, "funding:grant-claim", "note")


def draft_of_report() -> EditScenario:
    report = grants.monitoring_report()
    return _draft(report, "funding:grant-hand-in", "progress")


def _draft(row: Payment | MonitoringReport, page: str, field: str) -> EditScenario:
    holder = grants.recipient_of(row.award)
    colleague = users.applicant(not_none(row.award.lead), "editor")
    grant_drafts.save(row, values={field: "As it was"}, by=holder, at=clock.now())
    return EditScenario(
        {"save": "yes", field: "Mine"},
        {"save": "yes", field: "Theirs"},
        reverse(page, args=[row.key]),
        (holder, colleague),
        lambda: not_none(grant_drafts.of_subject(row)).values[field],
        ("As it was", "Theirs", "Mine"),
    )


def barrier() -> EditScenario:
    entry = barriers.entry()
    step = entry.steps.get()
    form = {
        "law_or_rule": step.law_or_rule,
        "what_it_stops": step.what_it_stops,
        "state": step.state,
        "route": "",
        "owner": "",
        "outcome": "",
        "reason": "We asked",
        **date_fields("raised_on", step.raised_on),
    }
    return EditScenario(
        mine=form | {"law_or_rule": "Mine"},
        theirs=form | {"law_or_rule": "Theirs"},
        address=f"/barriers/{entry.key}/change",
        people=(users.official(), users.official()),
        value=lambda: entry.steps.as_of().get().law_or_rule,
        words=(step.law_or_rule, "Theirs", "Mine"),
    )


EDIT_SCENARIOS: dict[type[pages.EditPage], Callable[[], EditScenario]] = {
    score_views.Scores: scores,
    rounds.Change: round_,
    rounds.ChangeCriterion: criterion,
    eligibility_checks.ChangeCheck: check,
    memberships.ChangeStanding: standing,
    own_account.Name: own_name,
    interest_views.AgreeInterest: interest,
    opinions.GiveView: view,
    people.Rename: name_of_another,
    question_set_views.ChangeQuestion: question,
    payment_views.PlanPayments: payments,
    award_views.RedateOffer: date_of_offer,
    claims.Claim: draft_of_claim,
    monitoring.HandIn: draft_of_report,
    clarifications.AnswerClarification: answers,
    barrier_views.ChangeBarrier: barrier,
    clarifications.ChangeClarificationDate: date_to_answer_by,
    feedback_draft_views.PrepareFeedback: prepared_feedback,
    partner_checks.Correct: partner,
    **of_registers(),
}
