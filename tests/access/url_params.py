"""The factory in `factories` for the first `<part>` of an address.

The longest matching prefix counts. An address without an entry here fails the test.
"""

from innovation.registers.definitions import REGISTERS
from tests.access.routes import Route

FACTORY_BY_PREFIX: dict[str, str] = {
    "accounts/password/reset/key/": "",
    "api/v1/awards/": "announced award",
    "api/v1/bids/": "bid",
    "api/v1/councils/": "council",
    "api/v1/expressions/": "expression",
    "api/v1/organisations/": "organisation",
    "api/v1/rounds/": "round",
    "apply/bids/": "bid",
    "apply/bids/<key>/copy": "bid to assess",
    "apply/bids/<key>/sent": "bid to assess",
    "apply/bids/<key>/reconsider": "declined bid",
    "apply/expressions/": "draft",
    "apply/expressions/<key>/answer": "expression in clarification",
    "apply/expressions/<key>/copy": "expression",
    "apply/expressions/<key>/files/": "draft with files",
    "apply/expressions/<key>/message": "expression",
    "apply/expressions/<key>/reconsider": "declined expression",
    "apply/expressions/<key>/sent": "expression",
    "apply/expressions/<key>/settle": "expression",
    "apply/expressions/<key>/start-again": "expression",
    "apply/bids/<key>/files/": "bid with files",
    "apply/comments/": "comment",
    "apply/bids/<key>/decline-to-sign": "bid to sign",
    "apply/expressions/<key>/decline-to-sign": "draft to sign",
    "apply/signatures/": "signature request",
    "apply/files/": "file of a draft",
    "apply/seed-grants/": "open seed round",
    "assessments/": "assessment",
    "awards/": "award",
    "awards/<key>/plan-payments": "accepted award",
    "awards/<key>/redate-offer": "offer",
    "awards/offer/": "approved bid",
    "batches/": "batch",
    "batches/new/assign/": "person",
    "barriers/": "barrier entry",
    "bids/": "bid to assess",
    "bids/<key>/assess": "bid assigned",
    "bids/<key>/assessments": "bid to assess",
    "bids/<key>/assessed": "bid to conclude",
    "bids/<key>/assessors": "bid to assess",
    "bids/<key>/comment/": "bid with files",
    "bids/<key>/reopen": "assessed bid",
    "bids/<key>/moderate": "bid to moderate",
    "board/": "meeting",
    "cases/": "expression",
    "cases/<key>/barriers/": "expression on the register",
    "cases/<key>/ask/": "expression in clarification",
    "changes/": "variation",
    "checks/": "check result",
    "comments/": "comment",
    "flags/": "flag",
    "decisions/": "bid to decide",
    "home/": "queue of tasks",
    "feedback/received/": "service feedback",
    "corrections/": "correction",
    "council-facts/": "council fact",
    "councils/": "council",
    "documents/": "document",
    "grants/": "offer",
    "grants/<key>/terms": "offer with terms",
    "grants/claim/": "planned payment",
    "grants/report/": "monitoring report",
    "interests/": "interest",
    "import/": "import",
    "import/cases/": "imported case",
    "import/<key>/apply": "import to apply",
    "import/<key>/confirm": "import to confirm",
    "import/<key>/file": "import to apply",
    "import/<key>/refuse": "import to confirm",
    "invitations/": "invitation",
    "invitations/<key>/remind": "sent invitation",
    "invitations/<key>/take-back": "sent invitation",
    "invited/": "",
    "letters/": "posted letter",
    "letters/outbox/": "letter",
    "manage/checks/": "eligibility check",
    "manage/questions/": "question set to write",
    "manage/questions/<key>/preview": "question set",
    "manage/rounds/": "round",
    "memberships/": "membership",
    "organisations/": "organisation",
    "papers/": "paper",
    "partners/": "organisation to check",
    "payments/": "payment",
    "people/": "person",
    "projects/": "project",
    "reports/": "report",
    "reports/<key>/file": "built report",
    "roles/requests/": "role request",
    "roles/requests/<key>/take-back": "own role request",
    "reconsiderations/": "reconsideration",
    "rounds/": "round",
    "rounds/<key>/check": "open round",
    "tokens/": "token",
    "views/": "saved view",
    **{f"registers/{register.name}/": register.noun for register in REGISTERS},
    **{f"api/v1/{register.name}/": register.noun for register in REGISTERS},
    "terms/": "terms version",
}


def factory_name(route: Route) -> str | None:
    """The factory for the first parameter; empty if no row of ours has the key, such as
    a key in a letter.
    """
    if not route.parameters:
        return None
    prefixes = [start for start in FACTORY_BY_PREFIX if route.address.startswith(start)]
    assert prefixes, (
        f"Say in tests/access/url_params.py what <{route.parameters[0]}> is in "
        f"{route.address}"
    )
    return FACTORY_BY_PREFIX[max(prefixes, key=len)]


# What the table says of a key that opens for a whole role, and not only for its owner.
OPEN_TO_WHOLE_ROLE = {
    "bid to decide": "own only",
    "membership": "own only",
    "open round": "once published",
    "open seed round": "once published",
    "project": "once announced",
    "queue of tasks": "own only",
    "round": "once published",
}

# What stands for the parts after the first; 1 where nothing is said.
OTHER_PARAMS = {
    "area": "finance",
    "slug": "the-idea",
    "code": "summary",
    "number": "1",
    "section": "your-idea",
    "question": "why",
    "question_code": "documents",
    "partners_code": "partners",
}
