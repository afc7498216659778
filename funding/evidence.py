"""Which rows of the answering side are evidence: see `innovation.audit.evidence`."""

from funding import models as m
from innovation.audit.evidence import Evidence, check, declare, own, stage
from innovation.audit.models import Chain

_OF_AWARD = ("award",)
_MARKED = """
    SELECT key FROM accounts_user AS person
    WHERE declared_interest <> EXISTS (
        SELECT FROM funding_interest WHERE member_id = person.id)
    ORDER BY id
"""


def register() -> None:
    own(Chain.Kind.CASE, m.Award)
    own(Chain.Kind.MEETING, m.Meeting)
    own(Chain.Kind.SERVICE, m.Import)
    stage(award=m.Award, meeting=m.Meeting)
    # Named `import` in the log, which is no name in Python.
    stage(**{"import": m.Import})
    check(_MARKED, "{0} was altered: whether they declared an interest is not so.")
    declare(
        Evidence(m.Meeting),
        Evidence(m.Attendance, ("meeting",)),
        Evidence(m.AgendaItem, ("bid",)),
        Evidence(m.Interest, ("bid",), values=("agreed_by",)),
        Evidence(m.Opinion, ("item.bid",)),
        Evidence(m.Recommendation, ("bid",)),
        Evidence(m.RecommendedAmount, ("recommendation.bid",)),
        Evidence(m.Decision, ("bid",), values=("overspend_by",)),
        Evidence(m.DecidedAmount, ("decision.bid",)),
        Evidence(m.MoneyLine, ("bid", "award")),
        Evidence(m.Award),
        Evidence(m.AwardYear, _OF_AWARD),
        Evidence(m.AwardReason, _OF_AWARD),
        *(
            Evidence(getattr(m.Award, name).through, _OF_AWARD)
            for name in ("partners", "councils", "practice_models")
        ),
        Evidence(m.Payment, _OF_AWARD),
        Evidence(m.MonitoringReport, _OF_AWARD),
        Evidence(m.OutcomeActual, ("report.award",)),
        Evidence(m.Variation, _OF_AWARD),
        Evidence(m.Evaluation, _OF_AWARD),
        Evidence(m.EvaluationReport, _OF_AWARD, without=("authors",)),
        Evidence(m.Finding, ("report.award",)),
        Evidence(m.Import, without=("content",), values=("digest",)),
        Evidence(m.ImportedCase, ("imported",), values=("digest", "subject")),
    )
