"""Finds variables that templates use but no view provides, for which Django raises no
error.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

IN_ANY_PAGE = {
    "back_url",
    "filters",
    "form",
    "metadata",
    "subject",
    "unsent",
    "version",
}
"""What the frame and the base of forms ask for, and not every page has."""
OPTIONAL = {
    "account/login.html": "intro warning",
    "account/logout.html": "warning",
    "account/password_reset.html": "warning",
    "account/password_set.html": "intro warning",
    "account/signup.html": "warning",
    "accounts/invitation_answer.html": "names_address",
    "accounts/letters/role_changed.txt": "second",
    "accounts/person.html": "role",
    "bids/administrator/change_round.html": (
        "assessments_needed opens_at route wide_spread"
    ),
    "bids/administrator/section_preview.html": (
        "accepted answer_notes codes_with_versions"
    ),
    "bids/administrator/round.html": "name",
    "bids/applicant/bid.html": "ask_to_withdraw_url by text withdraw_url",
    "bids/applicant/briefing.html": "expression_id",
    "bids/applicant/check_application.html": "closed_at",
    "bids/applicant/expression_tasks.html": "is_checking",
    "bids/applicant/section.html": (
        "answer_notes as_field_group closed_at is_checking key"
    ),
    "bids/applicant/signature.html": "closed_at sending sign_url signature",
    "bids/department/bid.html": "by href text",
    "bids/department/case.html": "bid by href text",
    "bids/department/scores.html": "as_field_group",
    "contact/give_feedback.html": "as_field_group",
    "funding/applicant/grant.html": "acts by text",
    "funding/board/paper.html": "by recommendation text",
    "funding/department/award.html": "files href notes",
    "funding/department/award_history.html": "by text",
    "funding/minister/approve_decision.html": "reason",
    "funding/public/project.html": "files href notes",
    "mfa/index.html": "totp",
    "mfa/recovery_codes/generate.html": "redirect_field warning",
    "registers/row.html": "by files href notes text",
}
"""What a template asks whether it is there, by the template that was rendered."""


class _Collector(logging.Handler):
    """Django says of each in its log which name it was, and in which template."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.missing: set[tuple[str, str]] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple):
            name, template = record.args
            self.missing.add((str(template), str(name)))


@contextmanager
def missing_values() -> Iterator[set[tuple[str, str]]]:
    """Templates and their missing names, inside the block."""
    log, collector = logging.getLogger("django.template"), _Collector()
    level, propagates = log.level, log.propagate
    log.addHandler(collector)
    log.setLevel(logging.DEBUG)
    log.propagate = False  # Each comes with a traceback, which costs to be kept.
    try:
        yield collector.missing
    finally:
        log.removeHandler(collector)
        log.setLevel(level)
        log.propagate = propagates


def unexpected(missing: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {
        (template, name)
        for template, name in missing
        if name not in IN_ANY_PAGE and name not in OPTIONAL.get(template, "").split()
    }
