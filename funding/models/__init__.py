from funding.models.award import Award, AwardReason, AwardYear
from funding.models.correction import Correction
from funding.models.decision import DecidedAmount, Decision
from funding.models.evaluation import Evaluation, EvaluationReport, Finding
from funding.models.imports import Import, ImportedCase
from funding.models.interest import Interest
from funding.models.ledger import MoneyLine
from funding.models.meeting import AgendaItem, Attendance, Meeting
from funding.models.monitoring import MonitoringReport, OutcomeActual
from funding.models.opinion import Opinion
from funding.models.payment import Payment
from funding.models.recommendation import Recommendation, RecommendedAmount
from funding.models.variation import Variation

__all__ = [
    "AgendaItem",
    "Attendance",
    "Award",
    "AwardReason",
    "AwardYear",
    "Correction",
    "DecidedAmount",
    "Decision",
    "Evaluation",
    "EvaluationReport",
    "Finding",
    "Import",
    "ImportedCase",
    "Interest",
    "Meeting",
    "MoneyLine",
    "MonitoringReport",
    "Opinion",
    "OutcomeActual",
    "Payment",
    "Recommendation",
    "RecommendedAmount",
    "Variation",
]
