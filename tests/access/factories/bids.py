"""Rounds and cases: applications, assessments, comments and files."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bids import policies
from bids.domain import (
    assessments,
    bids,
    comments,
    drafts,
    expressions,
    question_sets,
    reconsiderations,
    saved_views,
    signature_requests,
)
from bids.domain.answer_versions import DraftAnswer
from bids.models import (
    Bid,
    CaseDocument,
    Expression,
    QuestionSet,
    Reconsideration,
    SavedView,
    SignatureRequest,
)
from bids.models.round import Route
from innovation.accounts.models import Standing, User
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.documents.domain import documents
from innovation.organisations.models import Organisation
from tests.access.scenario import Factory, KeyPair, Scenario, keys
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import barriers, cases, partners, triage, users


def _case_factory(make: Callable[..., Any]) -> Factory:
    def of(stage: Scenario, user: User) -> KeyPair:
        cases = [make(lead=lead) for lead in stage.organisations]
        users.assign(stage.people["coach"], getattr(cases[0], "expression", cases[0]))
        return keys(*cases)

    return of


def _declined_expression(lead: Organisation) -> Expression:
    """Declined today, so that the applicant may still ask about it."""
    expression = cases.submitted_expression(lead=lead)
    return expressions.decline(
        expression,
        feedback=cases.feedback(expression.round),
        by=users.official(),
        at=clock.now(),
    )


def _declined_bid(lead: Organisation) -> Bid:
    bid = cases.bid_with_minister(lead=lead)
    feedback, by = cases.feedback(bid.round), users.minister()
    return bids.decline(bid, feedback=feedback, by=by, at=clock.now())


def _reconsideration(lead: Organisation) -> Reconsideration:
    return reconsiderations.ask(
        _declined_expression(lead),
        grounds="You misread it.",
        by=cases.editor_of(lead),
        at=clock.now(),
    )


def _with_summary_version(case: Any) -> Any:
    """With a version of its summary, as a page keeps one."""
    part = DraftAnswer({"summary": ["Typed"]}, facts={"summary": "Typed"})
    by = cases.editor_of(case.lead)
    drafts.save(case, {"summary": part}, by=by, at=MOMENT)
    return case


def _draft(lead: Organisation) -> Any:
    return _with_summary_version(cases.draft(lead=lead))


def _bid(lead: Organisation) -> Any:
    return _with_summary_version(cases.bid_in_development(lead=lead))


def _expression_in_clarification(lead: Organisation) -> Any:
    return cases.open_clarification(lead=lead).expression


def _rounds(stage: Scenario, user: User) -> KeyPair:
    return keys(cases.round_(), cases.round_(published=False))


def _expression_on_register(lead: Organisation) -> Expression:
    """With a barrier that is on the register, and one that is not."""
    expression = barriers.case(lead, "The Act", "The Rule")
    barriers.named(expression)
    return expression


def _barrier_entries(stage: Scenario, user: User) -> KeyPair:
    """Made from a case of the coach, and from one of somebody else."""
    own, other = (barriers.case(lead) for lead in stage.organisations)
    users.assign(stage.people["coach"], own)
    return keys(*(barriers.named(case).entry for case in (own, other)))


def _open_rounds(stage: Scenario, user: User) -> KeyPair:
    return keys(*(cases.round_(closes_at=None, published=up) for up in (True, False)))


def _open_seed_rounds(stage: Scenario, user: User) -> KeyPair:
    rounds = [
        cases.round_(Route.SEED, closes_at=None, published=up) for up in (True, False)
    ]
    return keys(*rounds)


def _question_sets(stage: Scenario, user: User) -> KeyPair:
    return keys(*(cases.question_set(cases.round_()) for _ in range(2)))


def _question_sets_to_write(stage: Scenario, user: User) -> KeyPair:
    return keys(*(_question_set_to_write() for _ in range(2)))


def _question_set_to_write() -> QuestionSet:
    round, by = cases.round_(published=False), users.administrator()
    question_set = question_sets.begin(round, stage="expression", by=by, at=MOMENT)
    facts = {
        "code": "why",
        "section": "Your idea",
        "wording": "Why now?",
        "kind": "long_text",
    }
    question_sets.add(question_set, facts=facts, by=by, at=MOMENT)
    return question_set


def _assessments(stage: Scenario, user: User) -> KeyPair:
    assessments = []
    for assessor in (_assessor(user), users.official()):
        bid = cases.submitted_bid()
        assessments.append(cases.assessment(bid, by=assessor, finish=False))
    return keys(*assessments)


def _assigned_bids(stage: Scenario, user: User) -> KeyPair:
    """To whoever asks, where they can assess, and to somebody else."""
    bids = []
    for assessor in (user, users.official()):
        bid = cases.submitted_bid()
        if user == stage.people["coach"] and assessor == user:
            users.assign(user, bid.expression)
        able = assessor if policies.may_assess(assessor, bid) else users.official()
        assessments.assign(bid, assessor=able, by=users.official(), at=MOMENT)
        bids.append(bid)
    return keys(*bids)


def _reopened_bid(lead: Organisation) -> Any:
    """Reopened, with nothing missing."""
    bid = cases.assessed_bid(lead=lead)
    assessments.reopen(bid, reason="Look again.", by=users.official(), at=MOMENT)
    return bid


def _bids_to_moderate(stage: Scenario, user: User) -> KeyPair:
    """The assessors are far apart; one of them is who asks."""
    bids = []
    for assessor in (_assessor(user), users.official()):
        bid = cases.submitted_bid()
        far = users.official()
        for person in (assessor, far):
            assessments.assign(bid, assessor=person, by=users.official(), at=MOMENT)
        low = cases.assessment(bid, by=assessor, values=(0, 0), finish=False)
        high = cases.assessment(bid, by=far, values=(4, 4), finish=False)
        assessments.finish(low, by=assessor, at=MOMENT)
        assessments.finish(high, by=far, at=MOMENT)
        bids.append(bid)
    return keys(*bids)


def _assessor(user: User) -> User:
    able = user.may(Permission.READ_ALL_CASES) and user.may(Permission.ASSESS)
    return user if able else users.official()


def _documents(stage: Scenario, user: User) -> KeyPair:
    added = []
    for lead in stage.organisations:
        expression = cases.submitted_expression(lead=lead)
        added += documents.add(
            [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
            chain=expression.chain,
            field="chosen",
            by=expression.started_by,
            at=MOMENT,
        )
        with disable_guards(CaseDocument):
            expression.documents.create(code="documents", document=added[-1])
        if lead == stage.own:
            users.assign(stage.people["coach"], expression)
    return keys(*added)


def _case_with_uploads_factory(make: Callable[..., Any], stage: str) -> Factory:
    """Of a round whose questions ask for files."""

    def create_case(lead: Any) -> Any:
        round = cases.round_()
        question_set = QuestionSet.objects.create(round=round, stage=stage, version=1)
        for code, kind in (("why", "long_text"), ("documents", "upload")):
            question_set.questions.create(code=code, kind=kind, position=1, wording="?")
        QuestionSet.objects.filter(pk=question_set.pk).update(published_at=MOMENT)
        return make(lead=lead, round=round)

    return _case_factory(create_case)


def _files(stage: Scenario, user: User) -> KeyPair:
    files = []
    for lead in stage.organisations:
        draft = cases.draft(lead=lead)
        [document] = documents.add(
            [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
            chain=draft.chain,
            field="chosen",
            by=draft.started_by,
            at=MOMENT,
        )
        files.append(draft.documents.create(code="documents", document=document))
    return keys(*files)


def _comment(lead: Any) -> Any:
    bid = cases.bid_in_development(lead=lead)
    by = users.official()
    return comments.add(bid, code="summary", text="Say more.", by=by, at=MOMENT)


def _comments(stage: Scenario, user: User) -> KeyPair:
    comments = [_comment(lead) for lead in stage.organisations]
    users.assign(stage.people["coach"], comments[0].bid.expression)
    return keys(*comments)


def _organisations_to_check(stage: Scenario, user: User) -> KeyPair:
    name = f"Open Doors {Organisation.objects.count()}"
    return keys(*(partners.to_check(name, lead=lead) for lead in stage.organisations))


def _request(case: Any) -> SignatureRequest:
    """Of an authoriser of the lead, by an editor."""
    asker = users.applicant(case.lead, Standing.EDITOR)
    signer = cases.editor_of(case.lead)
    return signature_requests.ask(case, of=signer, by=asker, at=MOMENT)


def _draft_to_sign(lead: Organisation) -> Any:
    return _request(_draft(lead)).case


def _bid_to_sign(lead: Organisation) -> Any:
    return _request(_bid(lead)).case


def _signature_request(lead: Organisation) -> Any:
    return _request(_draft(lead))


def _batches(stage: Scenario, user: User) -> KeyPair:
    chosen = [cases.submitted_expression(lead=lead) for lead in stage.organisations]
    users.assign(stage.people["coach"], chosen[0])
    return keys(*(cases.planned_batch(case) for case in chosen))


def _check_result(lead: Organisation) -> Any:
    case = cases.submitted_expression(lead=lead)
    return triage.result(case, triage.check(case.round))


def _flag(lead: Organisation) -> Any:
    return triage.flag(cases.submitted_expression(lead=lead))


def _eligibility_checks(stage: Scenario, user: User) -> KeyPair:
    return keys(triage.check(), triage.check())


SHARED: dict[str, Factory] = {
    "check result": _case_factory(_check_result),
    "eligibility check": _eligibility_checks,
    "flag": _case_factory(_flag),
    "bid to sign": _case_factory(_bid_to_sign),
    "draft to sign": _case_factory(_draft_to_sign),
    "signature request": _case_factory(_signature_request),
    "expression in clarification": _case_factory(_expression_in_clarification),
    "batch": _batches,
    "assessed bid": _case_factory(cases.assessed_bid),
    "bid": _case_factory(_bid),
    "bid to assess": _case_factory(cases.submitted_bid),
    "bid to conclude": _case_factory(_reopened_bid),
    "bid with files": _case_with_uploads_factory(cases.bid_in_development, "bid"),
    "comment": _comments,
    "document": _documents,
    "declined bid": _case_factory(_declined_bid),
    "declined expression": _case_factory(_declined_expression),
    "draft": _case_factory(_draft),
    "draft with files": _case_with_uploads_factory(cases.draft, "expression"),
    "expression": _case_factory(cases.submitted_expression),
    "file of a draft": _files,
    "open round": _open_rounds,
    "open seed round": _open_seed_rounds,
    "barrier entry": _barrier_entries,
    "expression on the register": _case_factory(_expression_on_register),
    "organisation to check": _organisations_to_check,
    "question set": _question_sets,
    "question set to write": _question_sets_to_write,
    "reconsideration": _case_factory(_reconsideration),
    "round": _rounds,
}


def _saved_views(stage: Scenario, user: User) -> KeyPair:
    mine = user if user.may(Permission.READ_CASES) else users.official()
    return keys(*(_saved_view(owner) for owner in (mine, users.official())))


def _saved_view(owner: User) -> SavedView:
    return saved_views.save(
        name=f"Walk {owner.saved_views.count()}",
        params={"support": "brokering"},
        shared=False,
        by=owner,
        at=MOMENT,
    )


PERSONAL: dict[str, Factory] = {
    "saved view": _saved_views,
    "assessment": _assessments,
    "bid assigned": _assigned_bids,
    "bid to moderate": _bids_to_moderate,
}
