"""The guards of the Board, decisions, money, grants and evaluations."""

from bids.correction_guards import (
    RETRACTION,
    in_correction_of,
    in_correction_of_row,
    only_corrected,
    unchanged_unless,
)
from bids.models.application import COLLECTIONS
from funding import models
from funding.import_guards import IMPORT_GUARDS
from funding.models.award import CORRECTED_FIELDS
from funding.states import AWARD, MEETING, PAYMENT, VARIATION
from innovation.audit.guards import (
    ALWAYS,
    DELETE,
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
)

_BID_LISTABLE = "parent.state IN ('assessed', 'at_board')"
_BID_AT_BOARD = "parent.state = 'at_board'"
_BID_WITH_MINISTER = "parent.state = 'with_minister'"
_MEETING_UPCOMING = "parent.state IN ('planned', 'papers_out')"
_ANNOUNCEABLE_STATES = "('accepted', 'active', 'suspended', 'closing', 'closed')"
_BEFORE_FIRST_EVENT = ParentRule("award", NO_EVENT_YET)
_IMPORTED_FIELDS = sorted(
    {field for fields in CORRECTED_FIELDS.values() for field in fields}
    - {*COLLECTIONS, "announced_on"}
)
_CORRECTED_ROW = in_correction_of_row(
    "award",
    *only_corrected(models.Award, _IMPORTED_FIELDS, CORRECTED_FIELDS),
    unchanged_unless(
        models.Award,
        "announced_on",
        f"(correction.sheet_column = 'date' OR {RETRACTION})",
    ),
    unchanged_unless(models.Award, "state", RETRACTION),
)

# A ledger line of a bid must agree with another row, so that no money is made up.
_BID_LINE_RULE = f"""
    CASE NEW.status
    WHEN 'pipeline' THEN {_BID_LISTABLE} AND NEW.amount = (
        SELECT sum(amount) FROM bids_bidmoney
        WHERE bid_id = parent.id AND financial_year = NEW.financial_year)
    WHEN 'recommended' THEN {_BID_AT_BOARD} AND EXISTS (
        SELECT FROM funding_recommendation AS advice JOIN funding_recommendedamount
            AS advised ON advised.recommendation_id = advice.id
        WHERE advice.bid_id = parent.id
          AND NEW.source = 'recommendation ' || advice.key
          AND (advised.financial_year, advised.amount)
            = (NEW.financial_year, NEW.amount))
    WHEN 'approved' THEN parent.state = 'approved' AND NEW.award_id IS NOT NULL
      OR {_BID_WITH_MINISTER} AND EXISTS (
        SELECT FROM funding_decision AS decision JOIN funding_decidedamount
            AS decided ON decided.decision_id = decision.id
        WHERE decision.bid_id = parent.id
          AND NEW.source = 'decision ' || decision.key
          AND (decided.financial_year, decided.amount)
            = (NEW.financial_year, NEW.amount))
    ELSE NEW.award_id IS NOT NULL
    END
"""
_AWARD_LINE_RULE = """
    CASE NEW.status
    WHEN 'agreed' THEN parent.state = 'accepted'
      AND NEW.source = 'award ' || parent.key || ' accepted' AND EXISTS (
        SELECT FROM funding_awardyear WHERE award_id = parent.id
          AND (financial_year, amount) = (NEW.financial_year, NEW.amount))
    WHEN 'paid' THEN EXISTS (
        SELECT FROM funding_payment WHERE award_id = parent.id AND state = 'paid'
          AND NEW.source = 'payment ' || key
          AND (financial_year, amount) = (NEW.financial_year, NEW.amount))
    WHEN 'recovered' THEN EXISTS (
        SELECT FROM funding_payment WHERE award_id = parent.id AND state = 'recovered'
          AND NEW.source = 'payment ' || key
          AND (financial_year, amount) = (NEW.financial_year, NEW.amount))
    WHEN 'approved' THEN parent.state IN ('recorded', 'retracted')
      AND NEW.bid_id IS NULL AND NEW.amount = CASE parent.state
        WHEN 'recorded' THEN coalesce(parent.amount, 0) ELSE 0 END - coalesce((
        SELECT sum(amount) FROM funding_moneyline
        WHERE award_id = parent.id AND status = 'approved'), 0)
      OR NEW.amount < 0 AND NEW.bid_id = parent.bid_id
      AND (EXISTS (
        SELECT FROM funding_payment WHERE award_id = parent.id AND state = 'recovered'
          AND NEW.source = 'payment ' || key
          AND (financial_year, amount) = (NEW.financial_year, -NEW.amount))
        OR parent.state IN ('declined', 'withdrawn', 'closed', 'terminated')
          AND NEW.source = 'award ' || parent.key || ' ' || parent.state)
    ELSE false
    END
"""
_REASON_RULE = (
    "NEW.kind = parent.state"
    " OR NEW.kind = 'lesson' AND parent.state IN ('closed', 'terminated')"
)

# An offer is made with its award. It can be dated anew until it is answered, and the
# award is accepted or declined when the answer is written.
_OFFER_RULE = f"""
    {NO_EVENT_YET} OR OLD.id IS NOT NULL AND CASE
        WHEN NEW.answered_at IS NULL THEN parent.state = 'offered'
        ELSE parent.state IN ('accepted', 'declined') END
"""

_DRAFT_FILE = "OLD.sent_at IS NULL AND OLD.removed_at IS NULL"


def _award_relation(name: str) -> Guard:
    """The guard of the councils, partners or practice models of awards."""
    correction = in_correction_of("award", name, CORRECTED_FIELDS)
    return guard(
        getattr(models.Award, name).through,
        deletable_when=ALWAYS,
        parent_rules=[ParentRule("award", f"{NO_EVENT_YET} OR {correction}")],
    )


GUARDS = (
    # The Board
    guard(
        models.Meeting,
        may_change("minutes", when="(OLD.state, NEW.state) = ('held', 'minuted')"),
        follows_transitions("state", MEETING),
        initial_condition="NEW.state = 'planned' AND NEW.minutes = ''",
    ),
    guard(
        models.Attendance,
        set_once("present"),
        initial_condition="NEW.present IS NULL",
        parent_rules=[
            ParentRule("meeting", _MEETING_UPCOMING, on=(INSERT,)),
        ],
    ),
    guard(
        models.AgendaItem,
        may_change("deferred_at", "deferral_reason", when="OLD.deferred_at IS NULL"),
        initial_condition="NEW.deferred_at IS NULL",
        parent_rules=[
            ParentRule("meeting", _MEETING_UPCOMING, on=(INSERT,)),
            ParentRule("bid", _BID_LISTABLE, on=(INSERT,)),
        ],
    ),
    guard(
        models.Interest,
        # A member can add to their declaration.
        may_change(
            "nature",
            "declared_at",
            when="NEW.nature <> OLD.nature AND starts_with(NEW.nature, OLD.nature)",
        ),
        may_change("mitigation", "agreed_by", "agreed_at"),
    ),
    guard(
        models.Opinion,
        may_change("text", "given_at"),
        parent_rules=[
            ParentRule(
                "item",
                "parent.deferred_at IS NULL AND EXISTS (SELECT FROM bids_bid"
                " WHERE id = parent.bid_id AND state = 'at_board')",
            )
        ],
    ),
    guard(models.Recommendation, parent_rules=[ParentRule("bid", _BID_AT_BOARD)]),
    guard(
        models.RecommendedAmount,
        parent_rules=[
            ParentRule(
                "recommendation",
                "EXISTS (SELECT FROM bids_bid"
                " WHERE id = parent.bid_id AND state = 'at_board')",
                lock=NO_LOCK,
            )
        ],
    ),
    # The decision and the money
    guard(models.Decision, parent_rules=[ParentRule("bid", _BID_WITH_MINISTER)]),
    guard(
        models.DecidedAmount,
        parent_rules=[
            ParentRule(
                "decision",
                "parent.verdict = 'approve' AND EXISTS (SELECT FROM bids_bid"
                " WHERE id = parent.bid_id AND state = 'with_minister')",
                lock=NO_LOCK,
            )
        ],
    ),
    guard(
        models.MoneyLine,
        parent_rules=[
            ParentRule("bid", _BID_LINE_RULE),
            ParentRule("award", _AWARD_LINE_RULE),
        ],
    ),
    # The grant
    guard(
        models.Award,
        may_change(
            "announced_on",
            when="OLD.announced_on IS NULL"
            f" AND NEW.state IN {_ANNOUNCEABLE_STATES}"
            " OR NEW.announced_on IS NULL AND OLD.state <> 'recorded'"
            " OR OLD.state = 'recorded'",
        ),
        may_change(*_IMPORTED_FIELDS, "revised_on", when="OLD.state = 'recorded'"),
        follows_transitions("state", AWARD),
        initial_condition="NEW.state = 'recorded'"
        " OR NEW.state = 'offered' AND NEW.announced_on IS NULL",
        parent_rules=[
            ParentRule("bid", "parent.state = 'approved'", on=(INSERT,)),
            ParentRule(
                "chain",
                _CORRECTED_ROW,
                on=(UPDATE,),
                lock=NO_LOCK,
                when="OLD.state = 'recorded'",
            ),
        ],
    ),
    *(_award_relation(name) for name in COLLECTIONS),
    guard(models.AwardYear, parent_rules=[_BEFORE_FIRST_EVENT]),
    guard(models.Terms),
    guard(
        models.Offer,
        may_change("reply_by", when="NEW.answered_at IS NULL"),
        set_once("answered_by", "answered_at"),
        initial_condition="NEW.answered_at IS NULL",
        parent_rules=[ParentRule("award", _OFFER_RULE)],
    ),
    guard(models.AwardReason, parent_rules=[ParentRule("award", _REASON_RULE)]),
    guard(
        models.Payment,
        may_change(
            "requested_by",
            "requested_at",
            when="OLD.state <> 'requested' AND NEW.state = 'requested'",
        ),
        may_change(
            "refusal_reason",
            when="OLD.state <> NEW.state AND NEW.state IN ('requested', 'refused')",
        ),
        may_change(
            "released_by",
            "released_at",
            when="(OLD.state, NEW.state) = ('requested', 'paid')",
        ),
        may_change(
            "recovery_reason", when="(OLD.state, NEW.state) = ('paid', 'recovered')"
        ),
        may_change(
            "reconciled_at",
            "bank_reference",
            when="OLD.released_at IS NOT NULL AND OLD.reconciled_at IS NULL",
        ),
        follows_transitions("state", PAYMENT),
        deletable_when="OLD.state = 'planned'",
        initial_condition="NEW.state = 'planned' AND NEW.requested_at IS NULL"
        " AND NEW.released_at IS NULL AND NEW.reconciled_at IS NULL"
        " AND NEW.refusal_reason = '' AND NEW.recovery_reason = ''",
        parent_rules=[
            # The plan cannot change once a payment has been requested.
            ParentRule(
                "award",
                "NOT EXISTS (SELECT FROM funding_payment"
                " WHERE award_id = parent.id AND state <> 'planned')",
                on=(INSERT, DELETE),
            )
        ],
    ),
    guard(
        models.Claim,
        parent_rules=[ParentRule("payment", "parent.state IN ('planned', 'refused')")],
    ),
    guard(
        models.GrantFile,
        may_change(
            "claim", "sent_at", when=f"{_DRAFT_FILE} AND NEW.sent_at IS NOT NULL"
        ),
        may_change("payment", when="OLD.sent_at IS NULL"),
        may_change("removed_at", when=f"{_DRAFT_FILE} AND NEW.removed_at IS NOT NULL"),
        initial_condition="NEW.sent_at IS NULL AND NEW.removed_at IS NULL",
        parent_rules=[
            ParentRule("payment", "parent.state IN ('planned', 'refused')"),
            ParentRule("report", "parent.handed_in_at IS NULL"),
        ],
    ),
    guard(
        models.Variation,
        may_change(
            "answer",
            "answered_by",
            "answered_at",
            when="OLD.state = 'asked' AND NEW.state <> 'asked'",
        ),
        follows_transitions("state", VARIATION),
        initial_condition="NEW.state = 'asked' AND NEW.answer = ''",
    ),
    guard(
        models.MonitoringReport,
        may_change(
            "progress",
            "spent",
            "handed_in_by",
            "handed_in_at",
            when="OLD.handed_in_at IS NULL AND NEW.handed_in_at IS NOT NULL",
        ),
        initial_condition="NEW.handed_in_at IS NULL AND NEW.progress = ''"
        " AND NEW.spent IS NULL",
    ),
    guard(
        models.OutcomeActual,
        parent_rules=[
            ParentRule(
                "report",
                "parent.handed_in_at IS NOT NULL AND NOT EXISTS (SELECT FROM"
                " audit_event WHERE subject = parent.key"
                " AND name = 'monitoring.handed_in')",
            )
        ],
    ),
    # Evaluations
    guard(models.Evaluation),
    guard(
        models.EvaluationReport,
        # Reports of the project’s files say who holds them. They are loaded again when
        # a file changes.
        may_change(
            "award",
            "number",
            "round_number",
            "published_on",
            "published_precision",
            "authors",
            "held_at",
            "source",
            when="OLD.held_at <> ''",
        ),
    ),
    guard(
        models.Finding,
        parent_rules=[
            ParentRule(
                "report",
                "NOT EXISTS (SELECT FROM audit_event AS event JOIN funding_award"
                " AS award ON award.key = event.subject"
                " WHERE award.id = parent.award_id"
                " AND event.name = 'evaluation.published'"
                " AND event.data ->> 'report' = parent.key)"
                " AND parent.held_at = ''",
            )
        ],
    ),
    *IMPORT_GUARDS,
)
EXCUSED = {
    models.GrantDraft: "what a holder has typed and not sent; deleted when it is sent",
}
