"""The department's pages of one case, from its expression of interest to its grant:
what stands on several of them, and those of the whole case.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

from django.db.models import QuerySet
from django.urls import reverse

from bids import actions, case_facts, policies
from bids.case_facts import CaseFact
from bids.case_navigation import CaseNavigation, case_navigation
from bids.case_people import CasePerson, people_elsewhere
from bids.domain import partners
from bids.domain.queries import (
    assessments,
    barriers,
    case_councils,
    case_documents,
    case_overviews,
    case_people,
    case_snapshot,
    comments,
    history,
    summaries,
)
from bids.domain.queries.case_overviews import Overview
from bids.models import Assessment, Bid, Expression
from bids.models.round import Route
from bids.states import BID, ExpressionState
from bids.turns import turn_words
from bids.views import case_notices, listed_cases, messages
from bids.views.cases import READ, snapshots_in_scope, whole_cases_in_scope
from innovation.accounts.domain.queries.people import names_by_key
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.core import clock, statements
from innovation.core.clock import end_of_day
from innovation.core.formatting import format_date, format_deadline
from innovation.web import pages
from innovation.web.actions import Action

C = TypeVar("C", bound=Expression | Bid)
Row = dict[str, object]
"""Of a summary list."""


class CasePage(pages.DetailPage[C], Generic[C]):
    """A page in the sub-navigation of a case. `tab` is the name of its address, and
    `tab_title` its heading below that of the case.
    """

    policy = READ
    tab: ClassVar[str]
    tab_title: ClassVar[str]

    @property
    def expression(self) -> Expression:
        case = self.object
        return case.expression if isinstance(case, Bid) else case

    @property
    def bid(self) -> Bid | None:
        return getattr(self.expression, "bid", None)

    @cached_property
    def navigation(self) -> CaseNavigation:
        query = listed_cases.query_of(self.request)
        return case_navigation(self.user, self.object, current=self.tab, query=query)

    def page_title(self) -> str:
        return str(self.object.title)

    def back_url(self) -> str:
        return listed_cases.list_url(self.request)

    def page_of_case(self, name: str, key: str) -> str:
        """The address of another page of the case, which keeps the list."""
        return f"{reverse(name, args=[key])}{self.navigation.query}"

    def context(self) -> dict[str, object]:
        return {
            "navigation": self.navigation,
            "listed": listed_cases.listed_case(
                self.request, self.user, self.expression
            ),
            "tab_title": self.tab_title,
            **self.tab_context(),
        }

    def tab_context(self) -> dict[str, object]:
        """What this page shows besides."""
        return {}


class Summary(CasePage[Expression]):
    """What matters first: for whom the case waits, and what its reader can do."""

    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case"
    tab_title = "Summary"
    template_name = "bids/department/case.html"

    def tab_context(self) -> dict[str, object]:
        case, now = self.object, clock.now()
        overview = case_overviews.overview(self.user, case)
        later = case_facts.facts(self.user, case, self.bid)
        return {
            "standing": self._standing(overview, later, now),
            "facts": self._facts(overview),
            "later_facts": [_fact_row(fact) for fact in later if not fact.due_at],
            "flags": list(
                case_notices.notices(
                    case, self.bid, overview, self.user, self.page_of_case
                )
            ),
            "actions": self._actions(overview),
            "merged_into": overview.merged_into,
            "merged_cases": overview.merged_from,
            "withdrawn_because": case.withdrawn_because
            or (self.bid.withdrawn_because if self.bid else ""),
        }

    def _standing(
        self, overview: Overview, later: Iterable[CaseFact], now: datetime
    ) -> list[Row]:
        """For whom it waits, since when, and what comes next."""
        case = self.object
        turn = turn_words(case.chain.stage, is_seed=case.round.route == Route.SEED)
        since = case.chain.moved_at or case.submitted_at
        rows: list[Row] = [
            {"label": "Waiting for", "value": turn or "Nobody"},
            {
                "label": "Since",
                "value": f"{format_date(since)}{_days_since(since, now)}",
            },
        ]
        return rows + [_deadline_row(due, now) for due in self._due(overview, later)]

    def _due(self, overview: Overview, later: Iterable[CaseFact]) -> Iterator[CaseFact]:
        case = self.object
        if case.state == ExpressionState.CLARIFICATION and overview.question_due_on:
            yield CaseFact(
                label="The applicant answers by",
                value="",
                due_at=overview.question_due_on,
            )
        if case.state == ExpressionState.SUBMITTED and case.round.replies_by:
            label = "We reply to applicants by"
            yield CaseFact(label=label, value="", due_at=case.round.replies_by)
        yield from (fact for fact in later if fact.due_at)

    def _facts(self, overview: Overview) -> list[Row]:
        case, bid = self.object, self.bid
        strand = f", {case.strand.name}" if case.strand else ""
        amount = f"{overview.asked or 'Not stated'} in the expression of interest"
        if bid is not None:
            amount += f"\n{bid.asked or 'Not stated yet'} in the bid"
        sent = f"Expression of interest on {format_date(case.submitted_at)}"
        if bid is not None and bid.submitted_at is not None:
            sent += f"\nBid on {format_date(bid.submitted_at)}"
        people = self.page_of_case("bids:case-people", case.key)
        answers = self.page_of_case("bids:case-answers", case.key)
        return [
            {"label": "Asked for", "value": amount},
            {"label": "Lead", "value": case.lead.name},
            {
                "label": "Councils",
                "value": ", ".join(overview.councils),
                "empty": "None named",
                "href": f"{answers}#councils" if overview.councils else "",
                "action": "See their facts",
            },
            {
                "label": "Laws and rules in the way",
                "value": "\n".join(overview.barriers),
                "empty": "None named",
            },
            {"label": "Round", "value": f"{case.round.name}{strand}"},
            {"label": "Sent", "value": sent},
            {
                "label": "Who looks after it",
                "value": ", ".join(overview.assigned),
                "empty": "Nobody yet",
                "href": people,
                "action": "See everybody",
            },
        ]

    def _actions(self, overview: Overview) -> list[Action]:
        user, bid = self.user, self.bid
        offered = actions.expression_actions(user, self.object)
        if bid is not None:
            offered += actions.bid_actions(user, bid, assessments_of(bid))
        if overview.reconsideration and user.may(Permission.TRIAGE):
            name = "bids:reconsideration-answer"
            label = "Answer the request to look again"
            offered.append(Action.on(overview.reconsideration, label, name))
        if overview.unanswered_messages and user.may(Permission.DEVELOP):
            label = "Write a message"
            offered.append(Action.on(self.object.key, label, "bids:case-message"))
        return [
            Action(action.label, f"{action.href}{self.navigation.query}")
            for action in offered
        ]


def assessments_of(bid: Bid) -> list[Assessment]:
    """Those on which the actions of a bid depend."""
    if not BID.allows("assess", bid.state):
        return []
    return list(assessments.assessment_progress(bid).assessments)


class Answers(CasePage[Expression]):
    """What the expression of interest says, and what was known of its councils."""

    scope = staticmethod(snapshots_in_scope)
    tab = "bids:case-answers"
    tab_title = "Expression of interest"
    template_name = "bids/department/case_answers.html"

    def tab_context(self) -> dict[str, object]:
        return {
            "groups": summaries.groups(self.object),
            **facts_beside_answers(self.object, self.user),
        }


def facts_beside_answers(case: Expression | Bid, user: User) -> dict[str, object]:
    """What the department reads beside the answers of a case with its snapshot."""
    facts_day = case_councils.facts_day(case, clock.now())
    return {
        "facts_day": facts_day,
        "barriers": barriers.registered(
            case.expression if isinstance(case, Bid) else case, case.snapshot_barriers
        ),
        "council_facts": case_councils.facts_on(case, facts_day),
        "changed_partners": partners.changed_partners(case),
        "may_check_partners": user.may(Permission.CONFIRM_ORGANISATIONS),
        "may_answer_reconsideration": user.may(Permission.TRIAGE),
        "may_write_barriers": user.may(Permission.TRIAGE),
    }


class Messages(CasePage[Expression]):
    """What both sides wrote: messages, questions with their answers, and comments."""

    tab = "bids:case-messages"
    tab_title = "Messages"
    template_name = "bids/department/case_messages.html"

    @staticmethod
    def scope(user: User) -> QuerySet[Expression]:
        parts = ("snapshot_messages", "snapshot_clarifications")
        return case_snapshot.with_parts(whole_cases_in_scope(user), *parts)

    def tab_context(self) -> dict[str, object]:
        may_write = policies.may(self.user, Permission.DEVELOP, self.object)
        return {
            "conversation": messages.conversation_with_applicant(
                self.object, may_write=may_write
            ),
            "comments": self._comments(),
            "bid": self.bid,
            "may_finish_comments": may_write,
        }

    def _comments(self) -> list[tuple[str, comments.DisplayedComment]]:
        """Each with the question that it is about."""
        bid = self.bid
        if bid is None:
            return []
        [noted] = statements.fetch(_bid_with_comments, bid.pk)
        wordings = {row["code"]: row["wording"] for row in noted.snapshot_questions}
        return [
            (wordings.get(code, ""), comment)
            for code, comment in comments.displayed_comments(noted, names_by_key)
        ]


def _bid_with_comments(bid: int) -> QuerySet[Bid]:
    parts = ("snapshot_comments", "snapshot_questions")
    return case_snapshot.with_parts(Bid.objects.filter(pk=bid), *parts)


class Documents(CasePage[Expression]):
    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case-documents"
    tab_title = "Documents"
    template_name = "bids/department/case_documents.html"

    def tab_context(self) -> dict[str, object]:
        files = case_documents.files_of_whole_case(self.object)
        return {"rows": [(row, [row.file]) for row in files]}


class People(CasePage[Expression]):
    """One list of everybody who has a part in the case, by side."""

    tab = "bids:case-people"
    tab_title = "People"
    template_name = "bids/department/case_people.html"

    @staticmethod
    def scope(user: User) -> QuerySet[Expression]:
        senders = ("submitted_by", "bid__submitted_by")
        return whole_cases_in_scope(user).select_related(*senders)

    def tab_context(self) -> dict[str, object]:
        case, bid = self.object, self.bid
        assigned = case_people.assignments(case)
        sides = (
            ("For the applicant", case_people.applicants(case, bid, self.user)),
            ("For the department", case_people.department(assigned, bid)),
            ("On the Investment Board", people_elsewhere(self.user, bid)),
        )
        return {
            "sides": [(name, _people_rows(people)) for name, people in sides if people],
            "may_assign": self.user.may(Permission.ASSIGN),
            "is_assigned": any(row.ended_at is None for row in assigned),
        }


class History(CasePage[Expression]):
    scope = staticmethod(whole_cases_in_scope)
    tab = "bids:case-history"
    tab_title = "History"
    template_name = "bids/department/case_history.html"

    def tab_context(self) -> dict[str, object]:
        grant = self.navigation.grant_href
        return {"timeline": history.timeline(self.object, self.user, grant)}


def _people_rows(people: Iterable[CasePerson]) -> list[Row]:
    """A row for each person, with all their parts."""
    rows: dict[str, Row] = {}
    for person in people:
        row = rows.setdefault(
            person.key,
            {
                "label": person.name,
                "value": "",
                "href": person.href,
                "action": person.action,
            },
        )
        row["value"] = "\n".join(filter(None, [str(row["value"]), person.part]))
    return list(rows.values())


def _days_since(moment: datetime | None, now: datetime) -> str:
    if moment is None or moment > now:
        return ""
    days = (clock.london_day(now) - clock.london_day(moment)).days
    return f" ({days} day{'' if days == 1 else 's'})" if days else " (today)"


def _fact_row(fact: CaseFact) -> Row:
    return {
        "label": fact.label,
        "value": fact.value,
        "href": fact.href,
        "action": fact.action,
    }


def _deadline_row(fact: CaseFact, now: datetime) -> Row:
    assert fact.due_at is not None
    moment = (
        fact.due_at if isinstance(fact.due_at, datetime) else end_of_day(fact.due_at)
    )
    late = " (overdue)" if moment < now else ""
    return _fact_row(fact) | {"value": f"{format_deadline(fact.due_at)}{late}"}
