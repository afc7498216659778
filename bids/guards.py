"""What may never happen to what was asked, sent, assessed and answered."""

from typing import Any

from bids import models
from bids.states import BID, EXPRESSION
from innovation.audit.guards import (
    ALONE,
    ALWAYS,
    INSERT,
    NO_EVENT_YET,
    Guard,
    Within,
    guard,
    may_change,
    moves,
    set_once,
)
from innovation.core import limits

_DRAFT = "OLD.state = 'draft'"
_WRITABLE = "('in_development', 'returned')"
_OLD_WRITABLE = f"OLD.state IN {_WRITABLE}"
_DRAFTED = Within("expression", f"parent.state = 'draft' OR {NO_EVENT_YET}")
_WRITTEN = Within("bid", f"parent.state IN {_WRITABLE} OR {NO_EVENT_YET}")
_UNFINISHED = "parent.finished_at IS NULL"
_BEING_ASSESSED = "parent.state = 'submitted'"
_NOT_YET_MODERATED = """
    NOT EXISTS (SELECT FROM bids_moderatedscore WHERE id = OLD.id)
    OR EXISTS (
        SELECT FROM bids_reopening WHERE bid_id = parent.id
        AND reopened_at > OLD.moderated_at AND reopened_at <= NEW.moderated_at)
"""
"""Or once for each time that the assessment was reopened."""
_CASE = ("title", "summary", "strand", "maturity", "idea_type")
_LATE = "NEW.set_aside"
"""What somebody typed after the case was sent is kept aside."""


def _fact(model: Any, *parents: Within) -> Guard:
    """A row of what a case says: changed, added and removed while it is written."""
    names = [
        column.name
        for column in model._meta.concrete_fields
        if not column.primary_key
        and column.name not in {parent.field for parent in parents}
    ]
    return guard(model, may_change(*names), deleted=ALWAYS, within=parents)


def _chosen(model: Any, parent: Within) -> Guard:
    """A council, partner or practice model of a case."""
    return guard(model, deleted=ALWAYS, within=[parent])


GUARDS = (
    # Calls
    guard(
        models.Round,
        may_change(
            "name",
            "summary",
            "route",
            "opens_at",
            "closes_at",
            "opens_note",
            "replies_by",
            "award_least",
            "award_most",
            "assessments_needed",
        ),
        may_change("published", when="NEW.published"),
    ),
    guard(models.Strand, may_change("position")),
    guard(
        models.Criterion,
        within=[
            Within(
                "round",
                "NOT EXISTS (SELECT FROM bids_criterion AS one"
                " WHERE one.round_id = parent.id AND ("
                "EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id) OR "
                "EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id)))",
                # Whoever scores, or gives feedback, shares the round.
                lock=ALONE,
            )
        ],
    ),
    guard(models.Envelope, may_lock=True),
    guard(models.QuestionSet, set_once("published_at")),
    _fact(models.Question, Within("question_set", "parent.published_at IS NULL")),
    # Expressions
    guard(
        models.Expression,
        may_change(*_CASE, "started_from", when=_DRAFT),
        may_change(
            "submitted_by",
            "submitted_at",
            when=f"{_DRAFT} AND NEW.state = 'submitted'",
        ),
        may_change(
            "withdrawn_because",
            when="OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn'",
        ),
        may_change(
            "merged_into", when="OLD.state <> 'merged' AND NEW.state = 'merged'"
        ),
        moves("state", EXPRESSION),
    ),
    _chosen(models.Expression.councils.through, _DRAFTED),
    _chosen(models.Expression.partners.through, _DRAFTED),
    _chosen(models.Expression.practice_models.through, _DRAFTED),
    _fact(models.MoneyAsked, _DRAFTED),
    _fact(models.ExpectedOutcome, _DRAFTED),
    _fact(models.SupportNeed, _DRAFTED),
    _fact(models.Barrier, _DRAFTED),
    # Bids
    guard(
        models.Bid,
        may_change(
            *_CASE, "theory_of_change", "evaluation_plan", "asked", when=_OLD_WRITABLE
        ),
        may_change(
            "submitted_by",
            "submitted_at",
            when=f"{_OLD_WRITABLE} AND NEW.state = 'submitted'",
        ),
        may_change(
            "withdrawn_because",
            when="OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn'",
        ),
        moves("state", BID),
    ),
    _chosen(models.Bid.councils.through, _WRITTEN),
    _chosen(models.Bid.partners.through, _WRITTEN),
    _chosen(models.Bid.practice_models.through, _WRITTEN),
    _fact(models.BidMoney, _WRITTEN),
    _fact(models.OtherFunding, _WRITTEN),
    _fact(models.Outcome, _WRITTEN),
    _fact(models.Milestone, _WRITTEN),
    _fact(models.Risk, _WRITTEN),
    _fact(models.PartnerLetter, _WRITTEN),
    # What was written in either
    _fact(models.Answer, _DRAFTED, _WRITTEN),
    guard(
        models.AnswerVersion,
        set_once("settled_at"),
        # Steps that a page saved by itself: see `domain.thinning`.
        deleted="OLD.autosaved AND OLD.page <> '' AND NOT OLD.set_aside"
        f" AND OLD.saved_at < now() - interval '{limits.THIN_AFTER.days} days'",
        begins="NEW.settled_at IS NULL",
        within=[
            Within("expression", f"{_DRAFTED.condition} OR {_LATE}", on=(INSERT,)),
            Within("bid", f"{_WRITTEN.condition} OR {_LATE}", on=(INSERT,)),
        ],
    ),
    guard(
        models.CaseDocument,
        set_once("removed_at"),
        begins="NEW.removed_at IS NULL",
        within=[_DRAFTED, _WRITTEN],
    ),
    guard(
        models.Signature,
        set_once("ended_at"),
        begins="NEW.ended_at IS NULL",
        within=[_DRAFTED, _WRITTEN],
    ),
    guard(models.LateAttempt, within=[Within("expression", "parent.state = 'draft'")]),
    guard(models.LateEntry),
    # Between the department and the applicant
    guard(
        models.Clarification,
        may_change(
            "due_on",
            "answer",
            "answered_by",
            "answered_at",
            "taken_back_by",
            "taken_back_at",
            when="OLD.answered_at IS NULL AND OLD.taken_back_at IS NULL",
        ),
        within=[
            Within(
                "expression",
                f"parent.state = 'clarification' OR {NO_EVENT_YET}",
                on=(INSERT,),
            )
        ],
    ),
    guard(
        models.Message,
        set_once("settled_by", "settled_at"),
        begins="NEW.settled_at IS NULL",
        within=[Within("expression", "parent.submitted_at IS NOT NULL", on=(INSERT,))],
    ),
    guard(
        models.Comment,
        set_once("done_by", "done_at"),
        begins="NEW.done_at IS NULL",
        within=[_WRITTEN],
    ),
    guard(
        models.Feedback,
        within=[
            Within("expression", f"parent.state = 'declined' OR {NO_EVENT_YET}"),
            Within("bid", "parent.state = 'declined'"),
        ],
    ),
    guard(models.Return, within=[Within("bid", "parent.state = 'returned'")]),
    guard(models.Assignment, set_once("ended_at"), begins="NEW.ended_at IS NULL"),
    # Assessment
    guard(
        models.Assessment,
        set_once("started_at"),
        set_once("finished_at"),
        deleted="OLD.finished_at IS NULL",
        begins="NEW.finished_at IS NULL",
        within=[Within("bid", _BEING_ASSESSED)],
    ),
    guard(models.Reopening, within=[Within("bid", _BEING_ASSESSED)]),
    guard(
        models.Score,
        may_change("value", "not_applicable", "justification"),
        deleted=ALWAYS,
        within=[Within("assessment", _UNFINISHED)],
    ),
    guard(
        models.ModeratedScore,
        may_change("value", "reason", "moderated_by", "moderated_at"),
        within=[Within("bid", f"{_BEING_ASSESSED} AND ({_NOT_YET_MODERATED})")],
    ),
)
EXCUSED = {
    models.Presence: "who is typing now; forgotten within minutes",
    models.Programme: "a register, loaded from the project’s files",
    models.IdeaType: "a register, loaded from the project’s files",
    models.MaturityStage: "a register, loaded from the project’s files",
    models.PracticeModel: "a register, loaded from the project’s files",
}
