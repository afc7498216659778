"""What an import or a correction changes of the public figures: seen before it happens,
and recorded when it does, so that the figures say that they were revised.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models.functions import Coalesce

from funding.events import FundingEvent
from funding.policies import public_awards
from innovation.audit import events, figures
from innovation.audit.figures import Changes, Comparison, Step
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.core.money import Money

_MOVED_SENTENCE = (
    "The figures have moved since you opened this page. Read them again below, and "
    "then confirm."
)
MAX_STEPS = 60
"""More are shown as one for each figure and month."""


@dataclass(frozen=True, slots=True)
class FundedProject:
    """What the list of funded projects says of one."""

    round: str
    organisation: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class RoundTotals:
    """The list of funded projects of a round today."""

    projects: int
    organisations: int
    amount: Money

    @classmethod
    def of(cls, projects: Sequence[FundedProject]) -> "RoundTotals":
        amounts = [project.amount for project in projects if project.amount]
        return cls(
            len(projects),
            len({project.organisation for project in projects} - {""}),
            sum(amounts, start=Money(0)),
        )


@dataclass(frozen=True, slots=True)
class RoundChange:
    name: str
    before: RoundTotals
    after: RoundTotals


@dataclass(frozen=True, slots=True)
class Effect:
    """The public figures before and after."""

    comparison: Comparison
    rounds: list[RoundChange]
    today: date

    @property
    def is_shortened(self) -> bool:
        return len(self.comparison.steps) > MAX_STEPS

    @property
    def steps(self) -> list[Step]:
        """The steps to show, by day: if there are many, the last of each month."""
        if not self.is_shortened:
            return self.comparison.steps
        last = {
            (step.figure, step.day.year, step.day.month): step
            for step in self.comparison.steps
        }
        return sorted(last.values(), key=lambda step: (step.day, step.figure))

    @property
    def digest(self) -> str:
        """Differs if anything that was shown of past days or rounds has moved. The
        figures of today move with every case, so they do not count.
        """
        past = [step for step in self.comparison.steps if step.day < self.today]
        shown = repr((past, self.rounds)).encode()
        return hashlib.sha256(shown).hexdigest()


def effect(
    changes: Changes,
    *,
    added: Iterable[FundedProject] = (),
    removed: Iterable[FundedProject] = (),
    today: date,
) -> Effect:
    """What the public figures would be with these changes, as things stand now."""
    plus, minus = _by_round(added), _by_round(removed)
    names = sorted({*plus, *minus})
    listed = _by_round(_listed_projects(names, today))
    changed = []
    for name in names:
        before, after = list(listed[name]), [*listed[name], *plus[name]]
        for project in minus[name]:
            after.remove(project)
        changed.append(RoundChange(name, RoundTotals.of(before), RoundTotals.of(after)))
    return Effect(figures.compare(changes, today=today), changed, today)


def require_seen(effect: Effect, effect_digest: str) -> None:
    """Require that this is the effect that somebody has seen, by its digest."""
    if effect.digest != effect_digest:
        raise Invalid.field(None, _MOVED_SENTENCE)


def lock_imported_cases() -> None:
    """Wait for other imports and corrections. Each is seen before or after this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('imported cases'))")


def record(
    effect: Effect, subject: events.Subject, *, by: events.Actor, at: datetime
) -> None:
    """Record that past figures were revised today."""
    figures.record_revision(
        effect.comparison.steps,
        subject,
        FundingEvent.FIGURES_REVISED,
        by=by,
        revised_on=clock.london_day(at),
    )


def _listed_projects(names: Sequence[str], today: date) -> list[FundedProject]:
    listed = public_awards(today).filter(round__name__in=names)
    rows = listed.values_list(
        "round__name", Coalesce("lead__name", "lead_as_published"), "amount"
    )
    return [FundedProject(*row) for row in rows]


def _by_round(
    projects: Iterable[FundedProject],
) -> defaultdict[str, list[FundedProject]]:
    grouped: defaultdict[str, list[FundedProject]] = defaultdict(list)
    for project in projects:
        grouped[project.round].append(project)
    return grouped
