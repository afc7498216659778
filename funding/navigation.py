"""What the answering side adds to the service's navigation."""

from innovation.accounts.policy import EVERYBODY, may
from innovation.accounts.roles import Verb
from innovation.web import navigation


def register() -> None:
    entry = navigation.register
    entry("Projects", "funding:projects", EVERYBODY, order=15)
    entry("Board", "funding:meetings", may(Verb.RUN_BOARD, Verb.ADVISE), order=30)
    entry("Interests", "funding:interests", may(Verb.RUN_BOARD), order=31)
    entry(
        "Decisions", "funding:decisions", may(Verb.DECIDE, Verb.DECIDE_SEED), order=32
    )
    entry("Awards", "funding:awards", may(Verb.READ_AWARDS), order=40)
    entry("Payments", "funding:payments", may(Verb.RELEASE_PAYMENT), order=41)
    entry("Your grants", "funding:grants", may(Verb.RESPOND_TO_OFFER), order=42)
    entry("Import", "funding:imports", may(Verb.IMPORT_CASES), order=85)
