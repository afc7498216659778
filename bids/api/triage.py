"""What officials found of a case, over the API: checks, flags and due diligence."""

from collections.abc import Sequence

from rest_framework import serializers

from bids import policies
from bids.domain.queries import due_diligence, eligibility_checks, flags
from bids.domain.queries.due_diligence import AreaFindings
from bids.domain.queries.eligibility_checks import CaseCheck
from bids.models import (
    CheckOutcome,
    DueDiligenceArea,
    DueDiligenceState,
    Expression,
    Team,
)
from bids.models import Flag as FlagRow
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


class Check(serializers.Serializer[object]):
    """An eligibility check of the round, and what was recorded last."""

    wording = serializers.CharField()
    outcome = serializers.ChoiceField(
        choices=CheckOutcome.choices,
        allow_null=True,
        help_text="Null until somebody has recorded one.",
    )
    recorded_at = serializers.DateTimeField(allow_null=True)


class Flag(serializers.Serializer[FlagRow]):
    team = serializers.ChoiceField(choices=Team.choices)
    raised_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(
        allow_null=True, help_text="Null while it is open."
    )


class Finding(serializers.Serializer[object]):
    """An area of due diligence, and what was found last."""

    area = serializers.ChoiceField(choices=DueDiligenceArea.choices)
    needed = serializers.BooleanField(
        help_text="Whether the round needs it before a grant is offered."
    )
    state = serializers.ChoiceField(
        choices=DueDiligenceState.choices,
        allow_null=True,
        help_text="Null until somebody has begun.",
    )
    checked_on = serializers.DateField(allow_null=True)


class Triage(serializers.Serializer[object]):
    checks = Check(many=True)
    flags = Flag(many=True, help_text="The open ones first.")
    due_diligence = Finding(
        many=True,
        allow_null=True,
        help_text="Null for users who only read the cases assigned to them.",
    )


def triage_of(expression: Expression, reader: User) -> object:
    """`None` for applicants. Five queries at most."""
    if not policies.may(reader, Permission.READ_CASES, expression):
        return None
    checks = eligibility_checks.of_case(expression.pk, expression.round_id)
    open_flags, resolved_flags = flags.of_case(expression.pk)
    findings = None
    if reader.may(Permission.READ_ALL_CASES):
        found = due_diligence.of_case(expression.pk, expression.round.due_diligence)
        findings = _findings(found)
    return Triage(
        {
            "checks": _checks(checks),
            "flags": [*open_flags, *resolved_flags],
            "due_diligence": findings,
        }
    ).data


def _checks(checks: Sequence[CaseCheck]) -> list[dict[str, object]]:
    return [
        {
            "wording": row.check.wording,
            "outcome": row.result and row.result.outcome,
            "recorded_at": row.result and row.result.recorded_at,
        }
        for row in checks
    ]


def _findings(areas: Sequence[AreaFindings]) -> list[dict[str, object]]:
    return [
        {
            "area": row.area,
            "needed": row.is_needed,
            "state": row.current and row.current.state,
            "checked_on": row.current and row.current.checked_on,
        }
        for row in areas
        if row.is_needed or row.records
    ]
