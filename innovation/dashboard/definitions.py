"""What the programme’s figures count, and the department’s own count beside them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from bids.models import IdeaType
from funding.domain.queries.published_awards import amount_in_words
from innovation.core.money import Money
from innovation.dashboard import figures


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """A count that the department has published, on its own basis."""

    councils: int
    all_councils: int
    sum_awarded: Money
    until: date
    source: str

    @property
    def amount(self) -> str:
        return amount_in_words(self.sum_awarded)

    @property
    def in_words(self) -> str:
        return (
            f"{self.councils} of {self.all_councils} councils were awarded "
            f"{self.amount} by the end of {self.until:%B %Y}"
        )


DEPARTMENT_COUNT = DepartmentCount(
    councils=45,
    all_councils=152,
    sum_awarded=Money.pounds(59_400_000),
    until=date(2015, 2, 28),
    source=(
        "section 31 grant determination CSDSD61/2014, as reported by Children & Young "
        "People Now on 23 March 2015"
    ),
)


@dataclass(frozen=True, slots=True)
class OwnCount:
    """What we know of the projects funded by a day, without made-up ones."""

    projects: int
    with_amount: int
    sum_known: Money
    councils: int
    redesigning: int

    @property
    def amount(self) -> str:
        return amount_in_words(self.sum_known)


def own_count(day: date) -> OwnCount:
    """Takes two queries."""
    real = figures.projects(day).filter(demonstration=False).order_by()
    totals = real.aggregate(
        projects=Count("pk"), with_amount=Count("amount"), total=Sum("amount")
    )
    councils = real.aggregate(
        named=Count("councils", distinct=True),
        redesigning=Count(
            "councils", Q(idea_type__redesigns_social_work=True), distinct=True
        ),
    )
    return OwnCount(
        projects=totals["projects"],
        with_amount=totals["with_amount"],
        sum_known=totals["total"] or Money(0),
        councils=councils["named"],
        redesigning=councils["redesigning"],
    )


def redesigning_ideas() -> list[str]:
    ideas = IdeaType.objects.filter(redesigns_social_work=True)
    return list(ideas.order_by("name").values_list("name", flat=True))
