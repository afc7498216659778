"""The guards of rounds, expressions, bids and assessments."""

from django.db.models import Model

from bids import models, triage_guards
from bids.barrier_guards import BARRIER_GUARDS
from bids.batch_guards import BATCH_GUARDS
from bids.clarification_guards import CLARIFICATION_QUESTION_GUARD
from bids.correction_guards import (
    RETRACTION,
    in_correction_of,
    in_correction_of_row,
    only_corrected,
    unchanged,
    unchanged_unless,
)
from bids.models.application import COLLECTIONS
from bids.models.expression import CORRECTED_FIELDS
from bids.states import BID, EXPRESSION, RECONSIDERATION
from innovation.audit.guards import (
    ALWAYS,
    EXCLUSIVE_LOCK,
    INSERT,
    NO_EVENT_YET,
    NO_LOCK,
    UPDATE,
    Guard,
    ParentRule,
    follows_transitions,
    guard,
    may_change,
    set_once,
    sql_list,
)
from innovation.core import limits

_WAS_DRAFT = "OLD.state = 'draft'"
_WRITABLE_STATES = "('in_development', 'returned')"
_WAS_WRITABLE = f"OLD.state IN {_WRITABLE_STATES}"
_IN_DRAFT_EXPRESSION = ParentRule(
    "expression", f"parent.state = 'draft' OR {NO_EVENT_YET}"
)
_IN_WRITABLE_BID = ParentRule(
    "bid", f"parent.state IN {_WRITABLE_STATES} OR {NO_EVENT_YET}"
)
_ASSESSMENT_UNFINISHED = "parent.finished_at IS NULL"
_BID_SUBMITTED = "parent.state = 'submitted'"
_NOT_YET_MODERATED = """
    NOT EXISTS (SELECT FROM bids_moderatedscore WHERE id = OLD.id)
    OR EXISTS (
        SELECT FROM bids_reopening WHERE bid_id = parent.id
        AND reopened_at > OLD.moderated_at AND reopened_at <= NEW.moderated_at)
"""
"""Not moderated since the last time the assessment was reopened."""
_CRITERIA_UNUSED = """
    NOT EXISTS (SELECT FROM bids_criterion AS one WHERE one.round_id = parent.id AND (
        EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id)
        OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id)))
"""
_SCALE = ("min_score", "max_score")
_VERSION_KEPT = f"""
    {unchanged(models.Criterion, ["name", *_SCALE])} AND EXISTS (
        SELECT FROM bids_criterionversion AS kept
        WHERE kept.id = (
            SELECT max(id) FROM bids_criterionversion WHERE criterion_id = OLD.id)
        AND (kept.description, kept.guidance, kept.weight)
            = (OLD.description, OLD.guidance, OLD.weight))
"""
"""A criterion that was used changes only after what it said was kept, with a reason."""
_IS_WHAT_IT_SAYS = """
    (parent.description, parent.guidance, parent.weight)
    = (NEW.description, NEW.guidance, NEW.weight)
"""
_CASE_COLUMNS = ("title", "summary", "strand", "maturity", "idea_type")
_IS_SET_ASIDE = "NEW.set_aside"
"""Text that somebody typed after the case was sent is set aside."""
_IMPORTED = "OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL"
_OUTCOMES = sql_list(EXPRESSION.sources("retract"))
"""What an import can say of an expression, and a correction of it."""
_IS_OUTCOME = f"{_IMPORTED} AND OLD.state IN {_OUTCOMES} AND NEW.state IN {_OUTCOMES}"
_TRANSITIONS = follows_transitions("state", EXPRESSION).when
_IMPORTED_FIELDS = sorted(
    {field for fields in CORRECTED_FIELDS.values() for field in fields}
    - {*COLLECTIONS, "money", "state"}
)
_STATE_CORRECTED = f"""
    CASE NEW.state WHEN 'retracted' THEN {RETRACTION}
    ELSE correction.sheet_column = 'outcome' END
"""
_CORRECTED_ROW = in_correction_of_row(
    "expression",
    *only_corrected(models.Expression, _IMPORTED_FIELDS, CORRECTED_FIELDS),
    unchanged_unless(models.Expression, "state", _STATE_CORRECTED),
)
_MOVED_OR_CORRECTED = f"""
    {unchanged(models.Expression, _IMPORTED_FIELDS)} AND NEW.state <> 'retracted'
      AND (NEW.state = OLD.state OR {_TRANSITIONS})
    OR {_CORRECTED_ROW}
"""


def _in_draft_or_correction(field: str) -> ParentRule:
    correction = in_correction_of("expression", field, CORRECTED_FIELDS)
    return ParentRule("expression", f"{_IN_DRAFT_EXPRESSION.condition} OR {correction}")


def _fact_guard(model: type[Model], *parents: ParentRule) -> Guard:
    """A related row of a case: it can change only while the case is a draft."""
    names = [
        column.name
        for column in model._meta.concrete_fields
        if not column.primary_key
        and column.name not in {parent.field for parent in parents}
    ]
    return guard(model, may_change(*names), deletable_when=ALWAYS, parent_rules=parents)


def _collection_guard(model: type[Model], parent: ParentRule) -> Guard:
    """A council, partner or practice model of a case."""
    return guard(model, deletable_when=ALWAYS, parent_rules=[parent])


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
            "min_award",
            "max_award",
            "assessments_needed",
            "wide_spread",
            "due_diligence",
        ),
        may_change("published", when="NEW.published"),
    ),
    guard(models.Strand, may_change("position")),
    guard(
        models.Criterion,
        may_change("name", "description", "guidance", "weight", *_SCALE),
        parent_rules=[
            # Whoever scores, or gives feedback, shares the round.
            ParentRule(
                "round",
                f"{_CRITERIA_UNUSED} OR {_VERSION_KEPT}",
                on=(INSERT, UPDATE),
                lock=EXCLUSIVE_LOCK,
            )
        ],
    ),
    guard(
        models.CriterionVersion,
        parent_rules=[ParentRule("criterion", _IS_WHAT_IT_SAYS, on=(INSERT,))],
    ),
    guard(models.Envelope, may_lock=True),
    guard(models.QuestionSet, set_once("published_at")),
    _fact_guard(
        models.Question, ParentRule("question_set", "parent.published_at IS NULL")
    ),
    # Expressions
    guard(
        models.Expression,
        may_change("started_from", when=_WAS_DRAFT),
        may_change(
            *("title", "summary", "strand", "maturity", "idea_type"),
            when=f"{_WAS_DRAFT} OR {_IMPORTED}",
        ),
        may_change("submitted_by", when=f"{_WAS_DRAFT} AND NEW.state = 'submitted'"),
        may_change(
            "submitted_at",
            when=f"{_WAS_DRAFT} AND NEW.state = 'submitted' OR {_IMPORTED}",
        ),
        may_change("started_at", "round", when=_IMPORTED),
        may_change("provisional", when="NOT NEW.provisional"),
        # Its writer waits at the organisation into which theirs was merged.
        may_change("lead", when=f"OLD.provisional OR {_IMPORTED}"),
        may_change(
            "withdrawn_because",
            when="OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn'",
        ),
        may_change(
            "merged_into", when="OLD.state <> 'merged' AND NEW.state = 'merged'"
        ),
        may_change("state", when=f"{_TRANSITIONS} OR {_IS_OUTCOME}"),
        parent_rules=[
            ParentRule(
                "chain",
                _MOVED_OR_CORRECTED,
                on=(UPDATE,),
                lock=NO_LOCK,
                when=_IMPORTED,
            )
        ],
    ),
    *(
        _collection_guard(
            getattr(models.Expression, name).through, _in_draft_or_correction(name)
        )
        for name in COLLECTIONS
    ),
    _fact_guard(models.MoneyAsked, _in_draft_or_correction("money")),
    _fact_guard(models.ExpectedOutcome, _IN_DRAFT_EXPRESSION),
    # Bids
    guard(
        models.Bid,
        may_change("assessors_missing", when="pg_trigger_depth() > 0"),
        may_change(
            *_CASE_COLUMNS,
            "theory_of_change",
            "evaluation_plan",
            "asked",
            when=_WAS_WRITABLE,
        ),
        may_change(
            "submitted_by",
            "submitted_at",
            when=f"{_WAS_WRITABLE} AND NEW.state = 'submitted'",
        ),
        may_change(
            "withdrawn_because",
            when="OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn'",
        ),
        follows_transitions("state", BID),
    ),
    _collection_guard(models.Bid.councils.through, _IN_WRITABLE_BID),
    _collection_guard(models.Bid.partners.through, _IN_WRITABLE_BID),
    _collection_guard(models.Bid.practice_models.through, _IN_WRITABLE_BID),
    _fact_guard(models.BidMoney, _IN_WRITABLE_BID),
    _fact_guard(models.OtherFunding, _IN_WRITABLE_BID),
    _fact_guard(models.Outcome, _IN_WRITABLE_BID),
    _fact_guard(models.Milestone, _IN_WRITABLE_BID),
    _fact_guard(models.Risk, _IN_WRITABLE_BID),
    _fact_guard(models.PartnerLetter, _IN_WRITABLE_BID),
    # What was written in either
    _fact_guard(models.Answer, _IN_DRAFT_EXPRESSION, _IN_WRITABLE_BID),
    _fact_guard(models.SupportNeed, _IN_DRAFT_EXPRESSION, _IN_WRITABLE_BID),
    _fact_guard(models.Barrier, _IN_DRAFT_EXPRESSION, _IN_WRITABLE_BID),
    guard(
        models.AnswerVersion,
        set_once("settled_at"),
        # Steps that a page saved by itself: see `answer_versions.thin`.
        deletable_when="OLD.autosaved AND OLD.page <> '' AND NOT OLD.set_aside"
        f" AND OLD.saved_at < now() - interval '{limits.AUTOSAVE_LIFE.days} days'",
        initial_condition="NEW.settled_at IS NULL",
        parent_rules=[
            ParentRule(
                "expression",
                f"{_IN_DRAFT_EXPRESSION.condition} OR {_IS_SET_ASIDE}",
                on=(INSERT,),
            ),
            ParentRule(
                "bid", f"{_IN_WRITABLE_BID.condition} OR {_IS_SET_ASIDE}", on=(INSERT,)
            ),
        ],
    ),
    guard(
        models.CaseDocument,
        set_once("removed_at"),
        initial_condition="NEW.removed_at IS NULL",
        parent_rules=[_IN_DRAFT_EXPRESSION, _IN_WRITABLE_BID],
    ),
    guard(
        models.Signature,
        set_once("ended_at"),
        initial_condition="NEW.ended_at IS NULL",
        parent_rules=[_IN_DRAFT_EXPRESSION, _IN_WRITABLE_BID],
    ),
    guard(
        models.SignatureRequest,
        may_change(
            "state", "answered_at", "signature", "reason", when="OLD.state = 'waiting'"
        ),
        may_change("reminded_at", when="OLD.state = 'waiting'"),
        initial_condition="NEW.state = 'waiting'",
        parent_rules=[
            ParentRule("expression", _IN_DRAFT_EXPRESSION.condition, on=(INSERT,)),
            ParentRule("bid", _IN_WRITABLE_BID.condition, on=(INSERT,)),
        ],
    ),
    guard(
        models.LateAttempt,
        parent_rules=[ParentRule("expression", "parent.state = 'draft'")],
    ),
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
        parent_rules=[
            ParentRule(
                "expression",
                f"parent.state = 'clarification' OR {NO_EVENT_YET}",
                on=(INSERT,),
            )
        ],
    ),
    CLARIFICATION_QUESTION_GUARD,
    guard(
        models.Message,
        set_once("settled_by", "settled_at"),
        initial_condition="NEW.settled_at IS NULL",
        parent_rules=[
            ParentRule("expression", "parent.submitted_at IS NOT NULL", on=(INSERT,))
        ],
    ),
    guard(
        models.Note,
        parent_rules=[
            ParentRule("expression", "parent.submitted_at IS NOT NULL", on=(INSERT,))
        ],
    ),
    *BARRIER_GUARDS,
    guard(
        models.Comment,
        set_once("done_by", "done_at"),
        initial_condition="NEW.done_at IS NULL",
        parent_rules=[_IN_WRITABLE_BID],
    ),
    guard(
        models.Reconsideration,
        may_change(
            "reasons",
            "answered_by",
            "answered_at",
            when="OLD.state = 'asked' AND NEW.state <> 'asked'",
        ),
        follows_transitions("state", RECONSIDERATION),
        initial_condition="NEW.state = 'asked' AND NEW.answered_at IS NULL",
        parent_rules=[
            ParentRule("expression", "parent.state = 'declined'"),
            ParentRule("bid", "parent.state = 'declined'"),
        ],
    ),
    guard(
        models.Feedback,
        parent_rules=[
            ParentRule("expression", f"parent.state = 'declined' OR {NO_EVENT_YET}"),
            ParentRule("bid", "parent.state = 'declined'"),
        ],
    ),
    guard(models.Return, parent_rules=[ParentRule("bid", "parent.state = 'returned'")]),
    guard(
        models.Assignment,
        set_once("ended_at"),
        initial_condition="NEW.ended_at IS NULL",
    ),
    *BATCH_GUARDS,
    *triage_guards.GUARDS,
    # Assessment
    guard(
        models.Assessment,
        set_once("started_at"),
        set_once("finished_at"),
        deletable_when="OLD.finished_at IS NULL",
        initial_condition="NEW.finished_at IS NULL",
        parent_rules=[ParentRule("bid", _BID_SUBMITTED)],
    ),
    guard(models.Reopening, parent_rules=[ParentRule("bid", _BID_SUBMITTED)]),
    guard(
        models.Score,
        may_change("value", "not_applicable", "justification"),
        deletable_when=ALWAYS,
        parent_rules=[ParentRule("assessment", _ASSESSMENT_UNFINISHED)],
    ),
    guard(
        models.ModeratedScore,
        may_change("value", "reason", "moderated_by", "moderated_at"),
        parent_rules=[
            ParentRule("bid", f"{_BID_SUBMITTED} AND ({_NOT_YET_MODERATED})")
        ],
    ),
)
EXCUSED = {
    models.FeedbackDraft: "what officials prepare; giving the feedback deletes it",
    models.Presence: "who is typing now; forgotten within minutes",
    models.SavedView: "how somebody looks at the list of cases; decides nothing",
    models.SearchText: "words of cases; collected again whenever they are sent",
    models.SearchWord: "words of cases; collected again every hour",
    models.IdeaType: "a register, loaded from the project’s files",
    models.MaturityStage: "a register, loaded from the project’s files",
    models.PracticeModel: "a register, loaded from the project’s files",
}
