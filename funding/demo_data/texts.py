"""The texts of the made-up cases, which vary with the number of the idea."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

APPROACHES = (
    "Family group meetings", "A named key worker", "Restorative practice",
    "A mobile support team", "Peer mentors", "Kinship support",
    "Evening and weekend help", "A shared front door", "Specialist foster carers",
    "Reunification support", "Small practice units", "Trauma-aware training",
    "An edge of care team", "Volunteer befrienders", "A domestic abuse team",
    "Whole-family plans", "Housing with support", "Shared case notes",
    "Clinicians beside social workers",
)  # fmt: skip
GROUPS = (
    "teenagers on the edge of care", "care leavers", "families with a new baby",
    "children returning home", "brothers and sisters placed apart", "young carers",
    "families in temporary housing", "parents who lost a child to care",
    "disabled children", "young people who go missing", "foster carers",
    "young people who arrived alone", "young people at risk of exploitation",
    "families affected by drink and drugs", "newly qualified social workers",
)  # fmt: skip
TITLES = tuple(f"{approach} for {group}" for group in GROUPS for approach in APPROACHES)
"""285 titles, as many as there were expressions of interest in early 2015."""

FEEDBACK = {
    "Children’s lives": "The change for children was clear, but not its size.",
    "New practice": "Much of this is done elsewhere; say what would be new.",
    "Value for money": "The saving was not set against what is spent today.",
    "Can be delivered": "Partners were named, but none had agreed to take part.",
}
DUE_DILIGENCE = {
    "finance": "Three years of accounts, filed in time, without a qualified opinion.",
    "fraud_risk": "Low: payments go to a public body, and two people approve each.",
}
CHECK_NOTE = "The answers do not say whether the hubs also work with families at home."
CHECK_CORRECTED = "The plan says so, on its second page."
FLAG = (
    "The budget counts the same two posts here and in the council’s own plan. Finance "
    "to say which of them we would pay for."
)
QUESTION = "How many families would take part in the first year?"
SECOND_QUESTION = "Which partners have agreed to take part?"
ANSWER = "About forty, chosen with the early help team."
WITHDRAWN = "The organisation chose not to go on. (demonstration)"
COMMENTS = {
    "delivery": "Say who leads the team, and from when.",
    "sustain": "Name the budget that would pay for it then.",
}
CONVERSATION = (
    ("applicant", "May our health partner join after we have sent this?"),
    ("official", "Yes: name them in the bid, if we take this forward."),
    ("applicant", "Thank you. Who can tell us what a bid asks for?"),
)
FROM_DEPARTMENT = (
    "Your coach can visit next week. Which day suits you, and who will be there?"
)
TO_COACH = "Is a table enough for that, or does each partner write a letter?"
FROM_OFFICIAL = "Thank you. May we show your letter of support to the Board?"
SEED_ANSWERS: dict[str, object] = {
    "difference": "Young people say after a year that somebody listened, and three of "
    "their ideas are in use.",
    "declaration": True,
}
_ANSWERS: dict[str, Sequence[str]] = {
    "new": (
        "Today each service works until its own door closes. Here one team stays with "
        "the family until they say that they can manage.",
        "Nobody in our area does this in the evening or at the weekend, when most "
        "calls come.",
        "Others have tried a part of it. We bring the parts together, and one person "
        "answers for the whole.",
        "Families help to plan it and sit on the panel that chooses the staff.",
    ),
    "known": (
        "Two areas tried it for a year: fewer moves, and fewer days missed at school.",
        "A review of eleven studies found small gains for most children and large ones "
        "for those who had moved often.",
        "We tried it with thirty families. A year later, 22 were still together.",
        "Little is known yet. That is why we ask for an evaluation from the first day.",
    ),
    "delivery": (
        "A team of six that works together now. It can begin within a month.",
        "Four of the eight posts are filled from our own staff. The others will be "
        "advertised in the week of the award.",
        "Our partner leads it and has done similar work for nine years. We lend two "
        "social workers and a manager.",
    ),
    "sustain": (
        "Each stay at home pays for two places in the following year.",
        "The three councils have agreed to share the cost from the third year.",
        "Health pays for the clinicians from the second year, and our own budget for "
        "the rest.",
    ),
    "scale": (
        "Any council with an edge of care team could run it after a year.",
        "We will publish a handbook and host visits from four other areas.",
        "The training takes five days, and those who have done it can train others.",
    ),
}
_MATCH = (
    ("Yes", "The council pays a tenth of it."),
    ("Yes", "Health pays for one post, about £45,000 a year."),
    ("No", ""),
    ("Not known yet", ""),
)
HEALTH_RECORDS = "Rules on sharing health records"
PLANNING_RULES = "Planning rules for small children’s homes"
_BARRIERS = (
    (
        HEALTH_RECORDS,
        "The team cannot see whether a child has missed appointments.",
    ),
    (
        PLANNING_RULES,
        "A house for three young people needs the same permission as one for ten.",
    ),
    (
        "Rules on who may hold a case",
        "A family worker cannot be the named worker, even if the family asks for it.",
    ),
)
_SUPPORT = (
    ("evaluation", "Help to choose an evaluator and a fair comparison."),
    ("brokering", "An introduction to the police and to health in the next area."),
    ("barrier", "Advice on what the rules allow."),
    ("other", "A visit to an area that has done it."),
)
_RISKS: Sequence[tuple[str, int, int, str]] = (
    (
        "Too few workers can be found",
        2,
        4,
        "Two of the six are here already, and the others are known to us.",
    ),
    (
        "Families do not want it",
        2,
        5,
        "Parents who were helped before go along to the first visit.",
    ),
    (
        "A partner leaves",
        1,
        4,
        "Each partner has signed for two years, and a second charity would step in.",
    ),
    (
        "It costs more than planned",
        3,
        3,
        "The first ten families show what each costs before we grow.",
    ),
)
_THEORIES = (
    "One trusted adult stays. Trust grows, so trouble is told early. Help comes before "
    "the family breaks, and fewer children move.",
    "Workers with fewer families see them more often. They know what has changed, and "
    "plans are made with the family and kept.",
    "When the people around a child agree on one plan, each does a part of it. Nothing "
    "is done twice, and nothing is left out.",
)
_EVALUATIONS = (
    "Days in care, compared with a neighbouring area, by an evaluator from outside.",
    "Families begin in an order drawn by lot, so that those who wait can be compared.",
    "Interviews with families and staff at the start, after a year and after two.",
)
_JUSTIFICATIONS = {
    "Children’s lives": (
        "The change is plain, and its size is estimated from what the area has seen.",
        "It matters to children. The number who would be reached is modest.",
    ),
    "New practice": (
        "The parts are known, but nobody has put them together in this way.",
        "Others do much of this. What is new here is who answers for it.",
    ),
    "Value for money": (
        "The saving is set out year by year, and does not rest on guesses.",
        "The cost for each family is high in the first year and falls after that.",
    ),
    "Can be delivered": (
        "The team exists, and the partners have signed.",
        "It depends on four posts that are hard to fill.",
    ),
}
_ADVICE = (
    "Our advice is to fund it. The evidence is sound and the cost is fair.",
    "Our advice is to fund it, if the partners sign before the first payment.",
    "Our advice is to fund it. The risk is in finding the staff, and the plan for that "
    "is good.",
)
VIEWS = (
    "Strong on evidence. Ask how it will be staffed.",
    "I would fund it. The families helped to write it, and it shows.",
    "A fair idea, but the second year costs too much for what it adds.",
)
REASONS = (
    "Good evidence, a capable team and partners who have agreed.",
    "It answers a need that every area has, and the costs are clear.",
    "The Board liked the plan to stop early if it does not work.",
)
TERMS = "\n\n".join(
    (
        "These terms and conditions are made up, for the demonstration.",
        "1. Spend the grant on the project that your bid describes, in the financial "
        "years of the offer.",
        "2. Tell us before you change what the project does, who it works with, or "
        "what it costs.",
        "3. Claim each payment when it falls due. Keep invoices for six years.",
        "4. Report on the outcomes of your bid when we ask. Work with the evaluator.",
        "5. Do not announce the grant before the department does.",
        "6. Return what you have not spent within three months of the end of the "
        "project.",
    )
)


def summary(title: str) -> str:
    return f"{title}, tried in two places for a year. Made up for the demonstration."


def pick(choices: Sequence[T], number: int) -> T:
    """One of the choices, in turn."""
    return choices[number % len(choices)]


def answers(number: int) -> dict[str, object]:
    """The answers of an expression of interest; a bid has the same."""
    match, detail = pick(_MATCH, number)
    given: dict[str, object] = {
        code: pick(choices, number + place)
        for place, (code, choices) in enumerate(_ANSWERS.items())
    }
    given["match"] = match
    if detail:
        given["match_detail"] = detail
    return {**given, "declaration": True}


def barriers(number: int) -> list[dict[str, object]]:
    """A law or rule in the way of every third idea."""
    if number % 3:
        return []
    law, stops = pick(_BARRIERS, number // 3)
    return [{"law_or_rule": law, "what_it_stops": stops}]


def support(number: int) -> list[dict[str, object]]:
    """What two of three ideas need besides money."""
    if number % 3 == 1:
        return []
    kind, detail = pick(_SUPPORT, number)
    return [{"kind": kind, "detail": detail}]


def risks(number: int) -> list[dict[str, object]]:
    rows = (pick(_RISKS, number), pick(_RISKS, number + 1))
    return [
        {
            "description": description,
            "likelihood": likelihood,
            "impact": impact,
            "mitigation": mitigation,
        }
        for description, likelihood, impact, mitigation in rows
    ]


def theory_of_change(number: int) -> str:
    return pick(_THEORIES, number)


def evaluation_plan(number: int) -> str:
    return pick(_EVALUATIONS, number)


def justification(criterion: str, number: int) -> str:
    return pick(_JUSTIFICATIONS[criterion], number)


def paper(idea_summary: str, number: int) -> str:
    return f"{idea_summary}\n\n{pick(_ADVICE, number)}"
