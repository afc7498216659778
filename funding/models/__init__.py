from funding.models.award import Award, AwardReason, AwardYear
from funding.models.board import (
    AgendaItem,
    Attendance,
    Interest,
    Meeting,
    Opinion,
    Recommendation,
    RecommendedAmount,
)
from funding.models.decision import DecidedAmount, Decision, MoneyLine
from funding.models.evaluation import Evaluation, EvaluationReport, Finding
from funding.models.imports import Import, ImportedCase
from funding.models.monitoring import MonitoringReport, OutcomeActual, Variation
from funding.models.payment import Payment

__all__ = [
    "AgendaItem",
    "Attendance",
    "Award",
    "AwardReason",
    "AwardYear",
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
