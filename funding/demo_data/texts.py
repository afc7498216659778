"""The texts of the made-up cases."""

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
QUESTION = "How many families would take part in the first year?"
ANSWER = "About forty, chosen with the early help team."
WITHDRAWN = "The organisation chose not to go on. (demonstration)"
COMMENTS = {
    "delivery": "Say who leads the team, and from when. (made up)",
    "sustain": "Name the budget that would pay for it then. (made up)",
}
CONVERSATION = (
    ("applicant", "May our health partner join after we have sent this? (made up)"),
    ("official", "Yes: name them in the bid, if we take this forward. (made up)"),
    ("applicant", "Thank you. Who can tell us what a bid asks for? (made up)"),
)
SEED_ANSWERS: dict[str, object] = {
    "difference": "Young people say after a year that somebody stayed with them.",
    "declaration": True,
}
ANSWERS: dict[str, object] = {
    "new": "One person stays with a young person through every move.",
    "known": "Two areas tried it for a year: fewer moves, fewer days missed.",
    "needs": "Young people told us what they missed: one person who stays.",
    "match": "Yes",
    "match_detail": "The council pays a tenth of it.",
    "delivery": "A team of six that works together now; it can begin within a month.",
    "sustain": "Each stay at home pays for two places in the following year.",
    "scale": "Any council with an edge of care team could run it after a year.",
    "declaration": True,
}
OUTCOMES: list[dict[str, object]] = [
    {
        "description": "Young people move less often",
        "measure": "Young people in a hundred who moved less than twice in a year",
    },
    {
        "description": "Young people feel safe",
        "measure": "Young people in a hundred who say so, asked twice a year",
    },
]
RISKS: list[dict[str, object]] = [
    {
        "description": "Too few workers can be found",
        "likelihood": 2,
        "impact": 4,
        "mitigation": "Two of the six are here already; the others are known by name.",
    }
]


def summary(title: str) -> str:
    return f"{title}, tried in two places for a year. Made up for the demonstration."


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
