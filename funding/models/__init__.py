from funding.models.award import Award, AwardReason, AwardYear
from funding.models.claim import Claim
from funding.models.correction import Correction
from funding.models.decision import DecidedAmount, Decision
from funding.models.evaluation import Evaluation, EvaluationReport, Finding
from funding.models.grant_draft import GrantDraft
from funding.models.grant_file import GrantFile
from funding.models.imports import Import, ImportedCase
from funding.models.interest import Interest
from funding.models.ledger import MoneyLine
from funding.models.meeting import AgendaItem, Attendance, Meeting
from funding.models.monitoring import MonitoringReport, OutcomeActual
from funding.models.offer import Offer
from funding.models.opinion import Opinion
from funding.models.payment import Payment
from funding.models.recommendation import Recommendation, RecommendedAmount
from funding.models.terms import Terms
from funding.models.variation import Variation

__all__ = [
    "AgendaItem",
    "Attendance",
    "Award",
    "AwardReason",
    "AwardYear",
    "Claim",
    "Correction",
    "DecidedAmount",
    "Decision",
    "Evaluation",
    "EvaluationReport",
    "Finding",
    "GrantDraft",
    "GrantFile",
    "Import",
    "ImportedCase",
    "Interest",
    "Meeting",
    "MoneyLine",
    "MonitoringReport",
    "Offer",
    "Opinion",
    "OutcomeActual",
    "Payment",
    "Recommendation",
    "RecommendedAmount",
    "Terms",
    "Variation",
]
