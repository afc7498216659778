"""Which rows of funding are evidence: see `innovation.audit.evidence`."""

from bids.models.application import COLLECTIONS
from funding import models as m
from innovation.audit.evidence import Check, Evidence, checks, declared
from innovation.audit.models import Chain

_AWARD_PATH = ("award",)
_ALTERED_FILES = """
    SELECT key FROM funding_import
    WHERE content IS NOT NULL AND encode(sha256(content), 'hex') <> digest
    ORDER BY id
"""
_INTEREST_MISMATCHES = """
    SELECT key FROM accounts_user AS person
    WHERE declared_interest <> EXISTS (
        SELECT FROM funding_interest WHERE member_id = person.id)
    ORDER BY id
"""


def register() -> None:
    checks.register(
        Check(
            _INTEREST_MISMATCHES,
            "{0} was altered: whether they declared an interest is wrong.",
        ),
        Check(_ALTERED_FILES, "{0} was altered: its file is another one."),
    )
    declared.register(
        Evidence(m.Meeting, kind=Chain.Kind.MEETING, stage="meeting"),
        Evidence(m.Attendance, ("meeting",)),
        Evidence(m.AgendaItem, ("bid",)),
        Evidence(m.Interest, ("bid",), values=("agreed_by",)),
        Evidence(m.Opinion, ("item.bid",)),
        Evidence(m.Recommendation, ("bid",)),
        Evidence(m.RecommendedAmount, ("recommendation.bid",)),
        Evidence(m.Decision, ("bid",), values=("overspend_by",)),
        Evidence(m.DecidedAmount, ("decision.bid",)),
        Evidence(m.MoneyLine, ("bid", "award")),
        Evidence(m.Award, kind=Chain.Kind.CASE, stage="award"),
        Evidence(m.AwardYear, _AWARD_PATH),
        Evidence(m.Terms, ("round",)),
        Evidence(m.Offer, _AWARD_PATH),
        Evidence(m.AwardReason, _AWARD_PATH),
        *(
            Evidence(getattr(m.Award, name).through, _AWARD_PATH)
            for name in COLLECTIONS
        ),
        Evidence(m.Payment, _AWARD_PATH),
        Evidence(m.MonitoringReport, _AWARD_PATH),
        Evidence(m.Claim, ("payment.award",)),
        Evidence(m.GrantFile, ("document",)),
        Evidence(m.OutcomeActual, ("report.award",)),
        Evidence(m.Variation, _AWARD_PATH),
        Evidence(m.Evaluation, _AWARD_PATH),
        Evidence(m.EvaluationReport, _AWARD_PATH, excluded=("authors",)),
        Evidence(m.Finding, ("report.award",)),
        Evidence(
            m.Import,
            excluded=("content",),
            values=("digest",),
            kind=Chain.Kind.SERVICE,
            stage="import",
        ),
        Evidence(m.Correction, ("award", "expression"), values=("sheet_column",)),
        Evidence(m.ImportedCase, ("imported",), values=("digest", "subject")),
    )
