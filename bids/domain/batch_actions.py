"""The steps that can be taken for several cases of the list at once.

To add one: a name in `bids/models/batch.py`, its definition here, and its page in
`bids/views/batches.py`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bids.domain import assignments, expressions, feedback_drafts
from bids.domain.queries import flags
from bids.models import ActionName, Assignment, Expression
from bids.states import EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit.presenters import Audience, stage_tag
from innovation.core.errors import TooLate

Options = Mapping[str, object]
"""What a step needs besides its case, as JSON keeps it."""
Reasons = Mapping[int, str]
"""Why cases cannot be included, by the id of the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAction:
    """`reasons` are those for which cases cannot be included. `carry_out` is the domain
    call for one case. An action that writes letters `waits`, and can be called off
    until then; another has `take_back`, which undoes it.

    The words say what happens: “We will take these forward”, “Take 3 cases forward”.
    """

    name: ActionName
    permission: Permission
    waits: bool
    reasons: Callable[[Mapping[Expression, Options]], Reasons]
    carry_out: Callable[[Expression, Options, User, datetime], object]
    take_back: Callable[[Expression, Options, User, datetime], object] | None = None
    future: str
    past: str
    button: str

    def button_label(self, number: int) -> str:
        return self.button.format(_cases(number))

    def happened(self, number: int) -> str:
        return self.past.format(_cases(number))

    def planned(self, number: int) -> str:
        return self.future.format(_cases(number))


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number} cases"


def _unless(verb: str, cases: Mapping[Expression, Options]) -> dict[int, str]:
    """The reasons of the cases whose state does not allow the step."""
    return {
        case.pk: f"Its stage is “{stage_tag(case.chain.stage, Audience.DEPARTMENT)[0]}”"
        for case in cases
        if not EXPRESSION.allows(verb, case.state)
    }


def _already_assigned(cases: Mapping[Expression, Options]) -> dict[int, str]:
    rows = Assignment.objects.filter(
        expression__in=[case.pk for case in cases], ended_at=None
    )
    names = {
        (row.expression_id, row.user.key): row.user.name
        for row in rows.select_related("user")
    }
    return {
        case.pk: f"{names[case.pk, key]} already looks after it"
        for case, options in cases.items()
        if (key := str(options["user"])) and (case.pk, key) in names
    }


def _assign(case: Expression, options: Options, by: User, at: datetime) -> object:
    return assignments.assign(case, user=_user_of(options), by=by, at=at)


def _end_assignment(
    case: Expression, options: Options, by: User, at: datetime
) -> object:
    """If somebody has already ended it, there is nothing to undo."""
    current = assignments.current_of([case], _user_of(options))
    return [assignments.end(row, by=by, at=at) for row in current.values()]


def _user_of(options: Options) -> User:
    return User.objects.get(key=options["user"])


def _take_forward(case: Expression, options: Options, by: User, at: datetime) -> object:
    if concern := _concerns([case]).get(case.pk):
        raise TooLate(f"{concern}.")
    return expressions.take_forward(case, by=by, at=at)


def _concerns(cases: Iterable[Expression]) -> dict[int, str]:
    """A reason to go on in spite of them belongs to one case."""
    return {
        pk: f"{concern} – you can still take it forward by itself, with a reason"
        for pk, concern in flags.first_concerns([case.pk for case in cases]).items()
    }


def _cannot_be_taken_forward(cases: Mapping[Expression, Options]) -> dict[int, str]:
    return _concerns(cases) | _unless("take_forward", cases)


def _decline(case: Expression, options: Options, by: User, at: datetime) -> object:
    texts = options["feedback"]
    assert isinstance(texts, Mapping)
    feedback = {int(criterion): str(text) for criterion, text in texts.items()}
    return expressions.decline(case, feedback=feedback, by=by, at=at)


def _cannot_be_declined(cases: Mapping[Expression, Options]) -> dict[int, str]:
    """Feedback is on the criteria of a round, so all are of the round of the first."""
    first = next(iter(cases)).round
    others = {
        case.pk: f"It is in another round, {case.round.name}"
        for case in cases
        if case.round_id != first.pk
    }
    return others | _unless("decline", cases)


def _lacks_feedback(cases: Mapping[Expression, Options]) -> dict[int, str]:
    return feedback_drafts.missing(list(cases)) | _unless("decline", cases)


_ACTIONS: Sequence[BatchAction] = (
    BatchAction(
        name=ActionName.ASSIGN,
        permission=Permission.ASSIGN,
        waits=False,
        reasons=_already_assigned,
        carry_out=_assign,
        take_back=_end_assignment,
        button="Assign {}",
        future="{} will be assigned",
        past="{} assigned",
    ),
    BatchAction(
        name=ActionName.TAKE_FORWARD,
        permission=Permission.TRIAGE,
        waits=True,
        reasons=_cannot_be_taken_forward,
        carry_out=_take_forward,
        button="Take {} forward",
        future="{} will be taken forward",
        past="{} taken forward",
    ),
    BatchAction(
        name=ActionName.DECLINE,
        permission=Permission.TRIAGE,
        waits=True,
        reasons=_cannot_be_declined,
        carry_out=_decline,
        button="Decline {}",
        future="{} will be declined",
        past="{} declined",
    ),
    BatchAction(
        name=ActionName.RELEASE_FEEDBACK,
        permission=Permission.TRIAGE,
        waits=True,
        reasons=_lacks_feedback,
        carry_out=_decline,
        button="Decline {} and release the feedback",
        future="{} will be declined with their feedback",
        past="{} declined with their feedback",
    ),
)
ACTIONS: Mapping[str, BatchAction] = {action.name: action for action in _ACTIONS}
