"""The eligibility checker: a few questions before applying. No answers are stored.

A “no” comes with the reason and the alternatives. A “yes” only means that the form is
worth starting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bids.models import Round
from bids.models.round import Route
from innovation.core.money import Money
from innovation.organisations.models import ApplicantType

Answers = Mapping[str, str]
YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class EligibilityQuestion:
    """`refusals`: the answers that mean “no”, each with the reason."""

    code: str
    wording: str
    choices: Sequence[tuple[str, str]]
    missing: str
    hint: str = ""
    refusals: Mapping[str, str] = field(default_factory=dict)
    applies: Callable[[Answers], bool] = lambda answers: True


GivenAnswer = tuple[EligibilityQuestion, str]
WHO = EligibilityQuestion(
    "who",
    "What kind of organisation do you work for?",
    [*ApplicantType.choices, ("person", "None: I would apply as an individual")],
    "Select what kind of organisation you work for",
    refusals={
        "person": (
            "Only organisations can apply: a council, a charity, a company, a social "
            "enterprise, a children’s services trust or another public body. You "
            "could bring your idea to one of them."
        )
    },
)
WHERE = EligibilityQuestion(
    "where",
    "Will the work happen in England?",
    [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
    "Select whether the work will happen in England",
    refusals={
        "no": (
            "The programme pays for work in England. Children’s social care in "
            "Scotland, Wales and Northern Ireland is paid for by their own governments."
        )
    },
)
CHILDREN = EligibilityQuestion(
    "children",
    "Is the idea about children’s social care?",
    YES_NO,
    "Select whether the idea is about children’s social care",
    hint=(
        "Such as children who need help or protection, children in care or leaving "
        "it, children on the edge of care, fostering, adoption, or the people who "
        "work with them"
    ),
    refusals={
        "no": (
            "The programme is for better ways of supporting children who get help from "
            "children’s social care. Ideas only for schools, health or early years are "
            "funded elsewhere."
        )
    },
)
FUNDED = EligibilityQuestion(
    "funded",
    "Has the programme funded this project before?",
    YES_NO,
    "Select whether the programme has funded this project before",
    refusals={
        "no": (
            "This round is follow-on money for projects that the programme has "
            "funded already. Look for a round that is open to new ideas."
        )
    },
)


def _signature_question(council: bool) -> EligibilityQuestion:
    signatory = (
        "the director of children’s services or the section 151 officer"
        if council
        else "somebody with the authority to do so"
    )
    return EligibilityQuestion(
        "signature",
        f"Can {signatory} sign it off?",
        [("yes", "Yes"), ("later", "Not yet")],
        "Select whether somebody can sign it off",
        hint="You cannot send anything until they have signed it off",
        applies=lambda answers: (answers.get("who") == "local_authority") is council,
    )


def _amount_question(round: Round) -> EligibilityQuestion | None:
    lowest, highest = round.min_award, round.max_award
    if lowest is None and highest is None:
        return None
    choices = [("within", _award_range(lowest, highest))]
    refusals = {}
    if lowest is not None:
        choices.insert(0, ("less", f"Less than {lowest}"))
        refusals["less"] = f"Awards in this round are {lowest} or more."
    if highest is not None:
        choices.append(("more", f"More than {highest}"))
        refusals["more"] = f"Awards in this round are {highest} or less."
    return EligibilityQuestion(
        "amount",
        "How much funding do you need?",
        choices,
        "Select how much funding you need",
        hint="In total, for all years. You can change this later",
        refusals=refusals,
    )


def _award_range(lowest: Money | None, highest: Money | None) -> str:
    if lowest is None:
        return f"{highest} or less"
    return f"{lowest} or more" if highest is None else f"From {lowest} to {highest}"


def questions(round: Round, answers: Answers) -> list[EligibilityQuestion]:
    """The questions for this user, in order."""
    amount = _amount_question(round)
    listed_questions = [
        WHO,
        WHERE,
        CHILDREN,
        *([FUNDED] if round.route == Route.FOLLOW_ON else []),
        *([amount] if amount else []),
        _signature_question(council=True),
        _signature_question(council=False),
    ]
    return [question for question in listed_questions if question.applies(answers)]


@dataclass(frozen=True, slots=True)
class EligibilityResult:
    """The result so far: the `next` question, or a `refusal`, or neither."""

    answers: Sequence[GivenAnswer]
    next: EligibilityQuestion | None = None
    refusal: str = ""


def check_eligibility(round: Round, answers: Answers) -> EligibilityResult:
    """The result. Stops at the first unanswered question and at the first “no”."""
    given_answers: list[GivenAnswer] = []
    for question in questions(round, answers):
        answer = answers.get(question.code, "")
        if answer not in dict(question.choices):
            return EligibilityResult(given_answers, next=question)
        given_answers.append((question, answer))
        if answer in question.refusals:
            return EligibilityResult(given_answers, refusal=question.refusals[answer])
    return EligibilityResult(given_answers)
