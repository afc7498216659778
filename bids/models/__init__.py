from bids.models.answer import Answer
from bids.models.answer_version import AnswerVersion
from bids.models.assessment import Assessment, Reopening
from bids.models.assignment import Assignment
from bids.models.barrier import Barrier, BarrierCase, BarrierEntry, BarrierStep
from bids.models.batch import ActionName, Batch, BatchCase
from bids.models.bid import (
    Bid,
    BidMoney,
    Milestone,
    OtherFunding,
    Outcome,
    PartnerLetter,
    Return,
    Risk,
)
from bids.models.case_document import CaseDocument
from bids.models.clarification import Clarification, ClarificationQuestion
from bids.models.comment import Comment
from bids.models.due_diligence import DueDiligence, DueDiligenceState
from bids.models.eligibility_check import (
    CheckOutcome,
    CheckResult,
    EligibilityCheck,
)
from bids.models.expression import (
    ExpectedOutcome,
    Expression,
    MoneyAsked,
    SupportNeed,
)
from bids.models.feedback import Feedback
from bids.models.feedback_draft import FeedbackDraft
from bids.models.flag import Flag, Team, TriageException
from bids.models.lateness import LateAttempt, LateEntry
from bids.models.message import Message
from bids.models.note import Note
from bids.models.presence import Presence
from bids.models.question import Question
from bids.models.question_set import QuestionSet
from bids.models.reconsideration import Reconsideration
from bids.models.register import IdeaType, MaturityStage, PracticeModel
from bids.models.round import (
    Criterion,
    CriterionVersion,
    DueDiligenceArea,
    Envelope,
    Round,
    Strand,
)
from bids.models.saved_view import SavedView
from bids.models.score import ModeratedScore, Score
from bids.models.search_text import SearchText
from bids.models.search_word import SearchWord
from bids.models.signature import Signature
from bids.models.signature_request import SignatureRequest, SignatureRequestState

__all__ = [
    "ActionName",
    "Answer",
    "AnswerVersion",
    "Assessment",
    "Assignment",
    "Barrier",
    "BarrierCase",
    "BarrierEntry",
    "BarrierStep",
    "Batch",
    "BatchCase",
    "Bid",
    "BidMoney",
    "CaseDocument",
    "CheckOutcome",
    "CheckResult",
    "Clarification",
    "ClarificationQuestion",
    "Comment",
    "Criterion",
    "CriterionVersion",
    "DueDiligence",
    "DueDiligenceArea",
    "DueDiligenceState",
    "EligibilityCheck",
    "Envelope",
    "ExpectedOutcome",
    "Expression",
    "Feedback",
    "FeedbackDraft",
    "Flag",
    "IdeaType",
    "LateAttempt",
    "LateEntry",
    "MaturityStage",
    "Message",
    "Milestone",
    "ModeratedScore",
    "MoneyAsked",
    "Note",
    "OtherFunding",
    "Outcome",
    "PartnerLetter",
    "PracticeModel",
    "Presence",
    "Question",
    "QuestionSet",
    "Reconsideration",
    "Reopening",
    "Return",
    "Risk",
    "Round",
    "SavedView",
    "Score",
    "SearchText",
    "SearchWord",
    "Signature",
    "SignatureRequest",
    "SignatureRequestState",
    "Strand",
    "SupportNeed",
    "Team",
    "TriageException",
]
