"""How each noun of `nouns.py` is made, twice: in reach and out of it.

Of cases the first is led by the applicant's organisation and assigned to the coach;
the second is another organisation's and nobody's to look after. The Board member sits
at the first meeting only, and has declared an interest in the second paper.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from bids import policies
from bids.domain import assessments, comments, drafts
from bids.domain.drafts import Part
from bids.models import CaseDocument, QuestionSet
from funding.domain import announcements, imports, interests
from innovation.accounts.domain import memberships, tokens
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.accounts.scopes import Scope
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.documents.domain import documents
from innovation.notifications.models import Letter, PostedLetter
from innovation.organisations.models import Organisation
from innovation.reporting import reports
from tests import cases, cast, grants
from tests.access import invitations, requests
from tests.access.stage import Pair, Stage
from tests.dates import MOMENT
from tests.unguarded import unguarded

Maker = Callable[[Stage, User], Pair]


def pair(stage: Stage, noun: str, column: str) -> Pair:
    """Made once for everybody, or for each who has things of their own."""
    user = stage.people.get(column) or stage.people["administrator"]
    owner = column if noun in OF_ONE_PERSON else ""
    if (noun, owner) not in stage.made:
        stage.made[noun, owner] = NOUNS[noun](stage, user)
    return stage.made[noun, owner]


def _keys(*things: Any) -> Pair:
    first, second = things
    return str(first.key), str(second.key)


def _cases(make: Callable[..., Any]) -> Maker:
    def of(stage: Stage, user: User) -> Pair:
        made = [make(lead=lead) for lead in stage.bodies]
        cast.assign(stage.people["coach"], getattr(made[0], "expression", made[0]))
        return _keys(*made)

    return of


def _typed(case: Any) -> Any:
    """With a version of its summary, as a page keeps one."""
    part = Part({"summary": ["Typed"]}, facts={"summary": "Typed"})
    by = cases.editor_of(case.lead)
    drafts.save(case, {"summary": part}, by=by, at=MOMENT)
    return case


def _draft(lead: Organisation) -> Any:
    return _typed(cases.draft(lead=lead))


def _bid(lead: Organisation) -> Any:
    return _typed(cases.bid_in_development(lead=lead))


def _awards(make: Callable[..., Any] = grants.active) -> Maker:
    def of(stage: Stage, user: User) -> Pair:
        return _keys(*(make(cases.bid_assessed(lead=lead)) for lead in stage.bodies))

    return of


def _of_award(make: Callable[..., Any]) -> Maker:
    return _awards(lambda bid: make(grants.active(bid)))


def _announced(bid: Any) -> Any:
    award, now = grants.active(bid), clock.now()
    manager = cast.grant_manager()
    return announcements.announce(award, on=london_day(now), by=manager, at=now)


def _projects(stage: Stage, user: User) -> Pair:
    """Announced and not: whose it is does not matter."""
    return _keys(_announced(cases.bid_assessed()), grants.active())


def _meetings(stage: Stage, user: User) -> Pair:
    return _keys(_meeting_of(stage), grants.meeting())


def _meeting_of(stage: Stage) -> Any:
    members = [stage.people["board_member"], *grants.board(2)]
    return grants.meeting(members=members)


def _papers(stage: Stage, user: User) -> Pair:
    meeting = _meeting_of(stage)
    first = grants.item(on=meeting, papers=False)
    second = grants.item(on=meeting, papers=True)
    _interest(second.bid, stage.people["board_member"])
    return _keys(first, second)


def _interest(bid: Any, member: User) -> Any:
    return interests.declare(
        bid,
        member=member,
        nature="A relative works there.",
        mitigation="leaves",
        by=member,
        at=MOMENT,
    )


def _imports(stage: Stage, user: User) -> Pair:
    """Whoever may import sees every file that was sent."""
    official = cast.official()
    sent = [
        imports.receive(b"kind\n", file_name="past.csv", by=official, at=MOMENT)
        for _ in range(2)
    ]
    return _keys(*sent)


def _interests(stage: Stage, user: User) -> Pair:
    members = stage.people["board_member"], cast.member()
    return _keys(*(_interest(cases.bid_assessed(), member) for member in members))


def _rounds(stage: Stage, user: User) -> Pair:
    return _keys(cases.round_(), cases.round_(published=False))


def _question_sets(stage: Stage, user: User) -> Pair:
    return _keys(*(cases.question_set(cases.round_()) for _ in range(2)))


def _assessments(stage: Stage, user: User) -> Pair:
    made = []
    for assessor in (_assessor(user), cast.official()):
        bid = cases.bid_submitted()
        made.append(cases.assessment(bid, by=assessor, finish=False))
    return _keys(*made)


def _bids_assigned(stage: Stage, user: User) -> Pair:
    """To whoever asks, where they can assess, and to somebody else."""
    made = []
    for assessor in (user, cast.official()):
        bid = cases.bid_submitted()
        if user == stage.people["coach"] and assessor == user:
            cast.assign(user, bid.expression)
        able = assessor if policies.assesses(assessor, bid) else cast.official()
        assessments.assign(bid, assessor=able, by=cast.official(), at=MOMENT)
        made.append(bid)
    return _keys(*made)


def _to_conclude(lead: Organisation) -> Any:
    """Reopened, with nothing missing."""
    bid = cases.bid_assessed(lead=lead)
    assessments.reopen(bid, reason="Look again.", by=cast.official(), at=MOMENT)
    return bid


def _bids_to_moderate(stage: Stage, user: User) -> Pair:
    """The assessors are far apart; one of them is who asks."""
    made = []
    for assessor in (_assessor(user), cast.official()):
        bid = cases.bid_submitted()
        far = cast.official()
        for one in (assessor, far):
            assessments.assign(bid, assessor=one, by=cast.official(), at=MOMENT)
        low = cases.assessment(bid, by=assessor, values=(0, 0), finish=False)
        high = cases.assessment(bid, by=far, values=(4, 4), finish=False)
        assessments.finish(low, by=assessor, at=MOMENT)
        assessments.finish(high, by=far, at=MOMENT)
        made.append(bid)
    return _keys(*made)


def _assessor(user: User) -> User:
    able = user.may(Permission.READ_ALL_CASES) and user.may(Permission.ASSESS)
    return user if able else cast.official()


def _bids_to_decide(stage: Stage, user: User) -> Pair:
    """A seed grant is its approver's to decide, the others are the minister's."""
    full, seed = grants.bid_with_minister(), cases.seed_bid()
    return _keys(seed, full) if user.may(Permission.DECIDE_SEED) else _keys(full, seed)


def _letters(stage: Stage, user: User) -> Pair:
    cases.submitted()
    cases.submitted()
    return _keys(*Letter.objects.all()[:2])


def _posted(stage: Stage, user: User) -> Pair:
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


def _documents(stage: Stage, user: User) -> Pair:
    made = []
    for lead in stage.bodies:
        expression = cases.submitted(lead=lead)
        made += documents.add(
            [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
            chain=expression.chain,
            field="chosen",
            by=expression.started_by,
            at=MOMENT,
        )
        with unguarded(CaseDocument):
            expression.documents.create(code="documents", document=made[-1])
        if lead == stage.own:
            cast.assign(stage.people["coach"], expression)
    return _keys(*made)


def _asking(make: Callable[..., Any], stage: str) -> Maker:
    """Of a round whose questions ask for files."""

    def made(lead: Any) -> Any:
        round = cases.round_()
        asked = QuestionSet.objects.create(round=round, stage=stage, version=1)
        for code, kind in (("why", "long_text"), ("documents", "upload")):
            asked.questions.create(code=code, kind=kind, position=1, wording="?")
        QuestionSet.objects.filter(pk=asked.pk).update(published_at=MOMENT)
        return make(lead=lead, round=round)

    return _cases(made)


def _files(stage: Stage, user: User) -> Pair:
    made = []
    for lead in stage.bodies:
        draft = cases.draft(lead=lead)
        [document] = documents.add(
            [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
            chain=draft.chain,
            field="chosen",
            by=draft.started_by,
            at=MOMENT,
        )
        made.append(draft.documents.create(code="documents", document=document))
    return _keys(*made)


def _comment(lead: Any) -> Any:
    bid = cases.bid_in_development(lead=lead)
    by = cast.official()
    return comments.add(bid, code="summary", text="Say more.", by=by, at=MOMENT)


def _comments(stage: Stage, user: User) -> Pair:
    made = [_comment(lead) for lead in stage.bodies]
    cast.assign(stage.people["coach"], made[0].bid.expression)
    return _keys(*made)


def _organisations(stage: Stage, user: User) -> Pair:
    return _keys(*stage.bodies)


def _councils(stage: Stage, user: User) -> Pair:
    return cast.council().dfe_number, cast.council().dfe_number


def _memberships(stage: Stage, user: User) -> Pair:
    """Of somebody who has asked to join; an official confirms the first of a new
    organisation, and the organisation's administrator those after.
    """
    first, after = (
        memberships.ask(organisation=body, by=cast.person("applicant"), at=MOMENT)
        for body in (cast.organisation(), stage.own)
    )
    if user.may(Permission.CONFIRM_ORGANISATIONS):
        return _keys(first, after)
    return _keys(after, first)


def _people(stage: Stage, user: User) -> Pair:
    """Of somebody else: nobody changes their own roles."""
    return _keys(cast.official(), stage.people["official"])


def _tokens(stage: Stage, user: User) -> Pair:
    mine = user if user.may(Permission.USE_API) else cast.analyst()
    return _keys(*(_token(owner) for owner in (mine, cast.analyst())))


def _token(user: User) -> Any:
    now = clock.now()
    row, _ = tokens.make(
        user=user,
        name="Walk",
        scopes=Scope.values,
        expires_at=now + timedelta(days=1),
        by=user,
        at=now,
    )
    return row


def _reports(stage: Stage, user: User) -> Pair:
    mine = user if user.may(Permission.MAKE_REPORTS) else cast.grant_manager()
    makers = mine, cast.official()
    return _keys(*(reports.ask(params={}, by=one, at=MOMENT) for one in makers))


NOUNS: dict[str, Maker] = {
    "announced award": _awards(_announced),
    "approved bid": _awards(grants.approved),
    "assessment": _assessments,
    "award": _awards(),
    "bid": _cases(_bid),
    "assessed bid": _cases(cases.bid_assessed),
    "bid assigned": _bids_assigned,
    "bid to assess": _cases(cases.bid_submitted),
    "bid to conclude": _cases(_to_conclude),
    "bid to decide": _bids_to_decide,
    "bid to moderate": _bids_to_moderate,
    "comment": _comments,
    "council": _councils,
    "bid with files": _asking(cases.bid_in_development, "bid"),
    "document": _documents,
    "draft": _cases(_draft),
    "draft with files": _asking(cases.draft, "expression"),
    "expression": _cases(cases.submitted),
    "file of a draft": _files,
    "import": _imports,
    "interest": _interests,
    "invitation": invitations.of_user,
    "sent invitation": invitations.sent,
    "letter": _letters,
    "meeting": _meetings,
    "membership": _memberships,
    "monitoring report": _of_award(grants.report),
    "offer": _awards(grants.offered),
    "organisation": _organisations,
    "paper": _papers,
    "payment": _of_award(grants.requested),
    "person": _people,
    "posted letter": _posted,
    "project": _projects,
    "question set": _question_sets,
    "report": _reports,
    "role request": requests.of_others,
    "own role request": requests.own,
    "round": _rounds,
    "token": _tokens,
    "variation": _of_award(grants.variation),
}
OF_ONE_PERSON = {
    "own role request",
    "assessment",
    "bid assigned",
    "bid to decide",
    "bid to moderate",
    "invitation",
    "membership",
    "person",
    "posted letter",
    "report",
    "token",
}
