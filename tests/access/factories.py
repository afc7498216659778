"""Factories for the names of `url_params.py`: in the user’s scope, and outside it.

The first case is led by the applicant's organisation and assigned to the coach. The
second is another organisation's, without an assignment. The Board member is invited
only to the first meeting, and has declared an interest in the second paper.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from bids import policies
from bids.domain import assessments, comments, drafts
from bids.domain.answer_versions import DraftAnswer
from bids.models import CaseDocument, QuestionSet
from funding.domain import announcements, interests
from innovation.accounts.domain import memberships, tokens
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.core import clock
from innovation.documents.domain import documents
from innovation.notifications.models import Letter, PostedLetter
from innovation.organisations.models import Organisation
from tests.access import (
    imports,
    invitations,
    registers,
    reports,
    role_requests,
    rounds,
)
from tests.access.scenario import KeyPair, Scenario, key_pair_of
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import cases, grants, users

Factory = Callable[[Scenario, User], KeyPair]


def key_pair(stage: Scenario, noun: str, column: str) -> KeyPair:
    """Created once for all users, or for each user who has objects of their own."""
    user = stage.people.get(column) or stage.people["administrator"]
    owner = column if noun in PER_PERSON else ""
    if (noun, owner) not in stage.key_pairs:
        stage.key_pairs[noun, owner] = FACTORIES[noun](stage, user)
    return stage.key_pairs[noun, owner]


def _case_factory(make: Callable[..., Any]) -> Factory:
    def of(stage: Scenario, user: User) -> KeyPair:
        cases = [make(lead=lead) for lead in stage.organisations]
        users.assign(stage.people["coach"], getattr(cases[0], "expression", cases[0]))
        return key_pair_of(*cases)

    return of


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


def _asked_expression(lead: Organisation) -> Any:
    return cases.open_clarification(lead=lead).expression


def _award_factory(make: Callable[..., Any] = grants.active_award) -> Factory:
    def of(stage: Scenario, user: User) -> KeyPair:
        return key_pair_of(
            *(make(cases.assessed_bid(lead=lead)) for lead in stage.organisations)
        )

    return of


def _factory_of_award(make: Callable[..., Any]) -> Factory:
    return _award_factory(lambda bid: make(grants.active_award(bid)))


def _announce(bid: Any) -> Any:
    award, now = grants.active_award(bid), clock.now()
    manager = users.grant_manager()
    return announcements.announce(award, on=clock.london_day(now), by=manager, at=now)


def _projects(stage: Scenario, user: User) -> KeyPair:
    """Announced and not: whose it is does not matter."""
    return key_pair_of(_announce(cases.assessed_bid()), grants.active_award())


def _meetings(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(_meeting_with_member(stage), grants.meeting())


def _meeting_with_member(stage: Scenario) -> Any:
    members = [stage.people["board_member"], *grants.board_members(2)]
    return grants.meeting(members=members)


def _papers(stage: Scenario, user: User) -> KeyPair:
    meeting = _meeting_with_member(stage)
    first = grants.agenda_item(board_meeting=meeting, papers=False)
    second = grants.agenda_item(board_meeting=meeting, papers=True)
    _interest(second.bid, stage.people["board_member"])
    return key_pair_of(first, second)


def _interest(bid: Any, member: User) -> Any:
    return interests.declare(
        bid,
        member=member,
        nature="A relative works there.",
        mitigation="leaves",
        by=member,
        at=MOMENT,
    )


def _interests(stage: Scenario, user: User) -> KeyPair:
    members = stage.people["board_member"], users.member()
    return key_pair_of(*(_interest(cases.assessed_bid(), member) for member in members))


def _assessments(stage: Scenario, user: User) -> KeyPair:
    assessments = []
    for assessor in (_assessor(user), users.official()):
        bid = cases.submitted_bid()
        assessments.append(cases.assessment(bid, by=assessor, finish=False))
    return key_pair_of(*assessments)


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
    return key_pair_of(*bids)


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
    return key_pair_of(*bids)


def _assessor(user: User) -> User:
    able = user.may(Permission.READ_ALL_CASES) and user.may(Permission.ASSESS)
    return user if able else users.official()


def _bids_to_decide(stage: Scenario, user: User) -> KeyPair:
    """A seed grant is its approver's to decide, the others are the minister's."""
    full, seed = grants.bid_with_minister(), cases.seed_bid()
    return (
        key_pair_of(seed, full)
        if user.may(Permission.DECIDE_SEED)
        else key_pair_of(full, seed)
    )


def _letters(stage: Scenario, user: User) -> KeyPair:
    cases.submitted_expression()
    cases.submitted_expression()
    return key_pair_of(*Letter.objects.all()[:2])


def _posted_letters(stage: Scenario, user: User) -> KeyPair:
    """Posted to whoever asks, and to somebody else."""
    mine, theirs = (
        PostedLetter.objects.create(
            reference=uuid4(),
            address=address,
            title="A letter",
            text="Hello.",
            posted_at=MOMENT,
        )
        for address in (user.email, "somebody.else@example.org")
    )
    return str(mine.reference), str(theirs.reference)


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
    return key_pair_of(*added)


def _case_with_uploads_factory(make: Callable[..., Any], stage: str) -> Factory:
    """Of a round whose questions ask for files."""

    def made(lead: Any) -> Any:
        round = cases.round_()
        question_set = QuestionSet.objects.create(round=round, stage=stage, version=1)
        for code, kind in (("why", "long_text"), ("documents", "upload")):
            question_set.questions.create(code=code, kind=kind, position=1, wording="?")
        QuestionSet.objects.filter(pk=question_set.pk).update(published_at=MOMENT)
        return make(lead=lead, round=round)

    return _case_factory(made)


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
    return key_pair_of(*files)


def _comment(lead: Any) -> Any:
    bid = cases.bid_in_development(lead=lead)
    by = users.official()
    return comments.add(bid, code="summary", text="Say more.", by=by, at=MOMENT)


def _comments(stage: Scenario, user: User) -> KeyPair:
    comments = [_comment(lead) for lead in stage.organisations]
    users.assign(stage.people["coach"], comments[0].bid.expression)
    return key_pair_of(*comments)


def _organisations(stage: Scenario, user: User) -> KeyPair:
    return key_pair_of(*stage.organisations)


def _councils(stage: Scenario, user: User) -> KeyPair:
    return users.council().dfe_number, users.council().dfe_number


def _memberships(stage: Scenario, user: User) -> KeyPair:
    """Of somebody who has asked to join; an official confirms the first of a new
    organisation, and the organisation's administrator those after.
    """
    first, after = (
        memberships.ask(organisation=body, by=users.person("applicant"), at=MOMENT)
        for body in (users.organisation(), stage.own)
    )
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return key_pair_of(first, after)
    return key_pair_of(after, first)


def _people(stage: Scenario, user: User) -> KeyPair:
    """Of somebody else: nobody changes their own roles."""
    return key_pair_of(users.official(), stage.people["official"])


def _tokens(stage: Scenario, user: User) -> KeyPair:
    mine = user if user.may(Permission.USE_API) else users.analyst()
    return key_pair_of(*(_token(owner) for owner in (mine, users.analyst())))


def _token(user: User) -> Any:
    now = clock.now()
    row, _ = tokens.make(
        user=user,
        name=f"Walk {user.api_tokens.count()}",
        scopes=Scope.values,
        expires_at=now + timedelta(days=1),
        by=user,
        at=now,
    )
    return row


FACTORIES: dict[str, Factory] = {
    "accepted award": _award_factory(grants.accepted_award),
    "announced award": _award_factory(_announce),
    "approved bid": _award_factory(grants.approved_bid),
    "asked expression": _case_factory(_asked_expression),
    "assessment": _assessments,
    "award": _award_factory(),
    "bid": _case_factory(_bid),
    "assessed bid": _case_factory(cases.assessed_bid),
    "bid assigned": _assigned_bids,
    "bid to assess": _case_factory(cases.submitted_bid),
    "bid to conclude": _case_factory(_reopened_bid),
    "bid to decide": _bids_to_decide,
    "bid to moderate": _bids_to_moderate,
    "built report": reports.built_reports,
    "comment": _comments,
    "council": _councils,
    "bid with files": _case_with_uploads_factory(cases.bid_in_development, "bid"),
    "document": _documents,
    "draft": _case_factory(_draft),
    "draft with files": _case_with_uploads_factory(cases.draft, "expression"),
    "expression": _case_factory(cases.submitted_expression),
    "file of a draft": _files,
    "import": imports.imports,
    "import to apply": imports.imports_to_apply,
    "interest": _interests,
    "invitation": invitations.received_invitations,
    "sent invitation": invitations.sent_invitations,
    "letter": _letters,
    "meeting": _meetings,
    "membership": _memberships,
    "monitoring report": _factory_of_award(grants.monitoring_report),
    "offer": _award_factory(grants.offered_award),
    "open round": rounds.open_rounds,
    "organisation": _organisations,
    "paper": _papers,
    "payment": _factory_of_award(grants.requested_payment),
    "person": _people,
    "posted letter": _posted_letters,
    "project": _projects,
    "question set": rounds.question_sets,
    "question set to write": rounds.question_sets_to_write,
    "report": reports.reports,
    "role request": role_requests.requests_of_others,
    "own role request": role_requests.own_requests,
    "round": rounds.rounds,
    "token": _tokens,
    "variation": _factory_of_award(grants.variation),
    **registers.FACTORIES,
}
PER_PERSON = {
    "own role request",
    "assessment",
    "bid assigned",
    "bid to decide",
    "bid to moderate",
    "built report",
    "invitation",
    "membership",
    "person",
    "posted letter",
    "report",
    "token",
}
