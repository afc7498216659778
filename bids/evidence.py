"""Which rows of bids are evidence: see `innovation.audit.evidence`.

Versions of answers and presence only concern drafts, so they are not evidence.
"""

from bids import models as m
from bids.domain.bids import WRITABLE
from bids.models.application import COLLECTIONS, REFERENCES
from bids.states import ExpressionState
from innovation.audit.evidence import Check, Draft, Evidence, checks, declared
from innovation.audit.models import Chain

_ASSESSOR_MISMATCHES = """
    SELECT bid.key FROM bids_bid AS bid
    JOIN bids_round AS round ON round.id = bid.round_id
    LEFT JOIN (SELECT bid_id, count(*) AS number FROM bids_assessment GROUP BY bid_id)
        AS assigned ON assigned.bid_id = bid.id
    WHERE assessors_missing <> assessments_needed - coalesce(number, 0)
    ORDER BY bid.key
"""
_TEXTS = ("title", "summary")
_REFERENCES = tuple(f"{name}_id" for name in REFERENCES)
EXPRESSION_DRAFT = Draft((ExpressionState.DRAFT,), (*_TEXTS, *_REFERENCES))
BID_DRAFT = Draft(
    tuple(WRITABLE),
    (*_TEXTS, "theory_of_change", "evaluation_plan", "asked", *_REFERENCES),
)
_EXPRESSION_OR_BID = ("expression", "bid")


def register() -> None:
    checks.register(
        Check(
            _ASSESSOR_MISMATCHES,
            "{0} was altered: how many people still have to assess it is wrong.",
        )
    )
    declared.register(
        Evidence(
            m.Expression,
            draft=EXPRESSION_DRAFT,
            kind=Chain.Kind.CASE,
            stage="expression",
            excluded=("provisional",),
        ),
        Evidence(m.Bid, draft=BID_DRAFT, stage="bid", excluded=("assessors_missing",)),
        *_draft_parts(),
        Evidence(m.Assessment, ("bid",)),
        Evidence(m.Score, ("assessment.bid",)),
        Evidence(m.ModeratedScore, ("bid",)),
        Evidence(m.Assignment, ("expression",)),
        Evidence(m.BatchCase, ("expression",)),
        Evidence(m.BarrierEntry, kind=Chain.Kind.SERVICE),
        Evidence(m.BarrierStep, ("entry",)),
        Evidence(m.BarrierCase, ("expression",)),
        Evidence(m.Clarification, ("expression",)),
        Evidence(
            m.ClarificationQuestion,
            ("clarification.expression",),
            excluded=("draft",),
        ),
        Evidence(m.Comment, ("bid",)),
        Evidence(m.Feedback, _EXPRESSION_OR_BID),
        Evidence(m.Message, ("expression",)),
        Evidence(m.Note, ("expression",)),
        Evidence(m.CheckResult, ("expression",)),
        Evidence(m.DueDiligence, ("expression",)),
        Evidence(m.Flag, ("expression",)),
        Evidence(m.TriageException, ("expression",)),
        Evidence(m.Reconsideration, _EXPRESSION_OR_BID),
        Evidence(m.Return, ("bid",)),
        Evidence(m.Reopening, ("bid",)),
        Evidence(m.Signature, _EXPRESSION_OR_BID),
        Evidence(m.SignatureRequest, _EXPRESSION_OR_BID, excluded=("reminded_at",)),
        Evidence(m.LateAttempt, ("expression",)),
        Evidence(m.LateEntry, ("round",)),
        Evidence(m.Round, kind=Chain.Kind.ROUND),
        Evidence(m.Strand, ("round",)),
        Evidence(m.Criterion, ("round",)),
        Evidence(m.CriterionVersion, ("criterion.round",)),
        Evidence(m.EligibilityCheck, ("round",)),
        Evidence(m.Envelope, ("round",)),
        Evidence(m.QuestionSet, ("round",)),
        Evidence(m.Question, ("question_set.round",)),
    )


def _draft_parts() -> list[Evidence]:
    """The parts of a draft: stated when it is submitted, and evidence from then on."""
    of_expression = (m.MoneyAsked, m.ExpectedOutcome)
    of_bid = (
        m.BidMoney,
        m.OtherFunding,
        m.Outcome,
        m.Milestone,
        m.Risk,
        m.PartnerLetter,
    )
    of_either = (m.Answer, m.CaseDocument, m.SupportNeed, m.Barrier)
    return [
        *(Evidence(model, ("expression",), part=True) for model in of_expression),
        *(Evidence(model, ("bid",), part=True) for model in of_bid),
        *(Evidence(model, _EXPRESSION_OR_BID, part=True) for model in of_either),
        *(
            Evidence(getattr(case, name).through, (owner,), part=True)
            for case, owner in ((m.Expression, "expression"), (m.Bid, "bid"))
            for name in COLLECTIONS
        ),
    ]
