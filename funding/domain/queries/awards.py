"""The lists of awards and their filters, for the pages, the CSV and the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from bids.domain.queries.case_filters import CaseFilters
from bids.models import PracticeModel, Round, Strand
from funding.events import FundingEvent
from funding.models import Award
from funding.models.award import HAS_ANNOUNCEMENT_DAY
from funding.states import AwardState
from innovation.audit.models import Event
from innovation.core import keys
from innovation.core.clock import end_of_day
from innovation.core.errors import Invalid
from innovation.core.folding import Fold, fold
from innovation.core.parameters import Parameters
from innovation.organisations.domain.queries.organisations import organisations_called
from innovation.organisations.models import Council, CouncilCode, Organisation

ORDER = ("-dated_on", "-id")
FIGURES = ("projects_funded", "councils_redesigning")
_EXCERPT = 60
_FIGURE_EVENTS = (
    FundingEvent.AWARD_RECORDED,
    FundingEvent.AWARD_RECOUNTED,
    FundingEvent.AWARD_ANNOUNCED,
    FundingEvent.AWARD_ANNOUNCEMENT_CALLED_OFF,
)


@dataclass(frozen=True, kw_only=True)
class AwardFilters(CaseFilters[Award]):
    """The filters of a list of awards."""

    q: str = ""
    state: str = ""
    strand: str = ""
    """The focus area in words: past awards have no strand of their own."""
    practice_model: str = ""
    announced: str = ""
    counted: str = ""
    as_at: date | None = None
    announced_from: date | None = None
    announced_to: date | None = None

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "AwardFilters":
        """Read the filters in the address of a page. Raise `Invalid`."""
        parameters = Parameters(params)
        filters = cls(
            q=parameters.text("q"),
            state=parameters.choice("state", AwardState.values, "state"),
            round=parameters.text("round"),
            programme=parameters.text("programme"),
            council=parameters.text("council"),
            strand=parameters.text("strand"),
            practice_model=parameters.text("practice_model"),
            announced=parameters.choice("announced", ["yes", "no"], "choice"),
            counted=parameters.choice("counted", FIGURES, "figure"),
            as_at=parameters.day("as_at"),
        )
        parameters.check()
        return filters

    def narrow(self, rows: QuerySet[Award]) -> QuerySet[Award]:
        known, rows = rows, super().narrow(rows)
        if self.strand:
            rows = in_strand(rows, self.find_strand(known))
        if self.practice_model:
            rows = with_practice_models(rows, self.find_practice_models())
        if self.q:
            rows = with_words(rows, self.q)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.announced:
            rows = rows.filter(announced_on__isnull=self.announced == "no")
            rows = rows.exclude(state=AwardState.RETRACTED)
        if self.counted:
            end = end_of_day(self.as_at) if self.as_at else None
            rows = awards_in_figure(rows, self.counted, end)
        if self.announced_from:
            rows = rows.filter(
                HAS_ANNOUNCEMENT_DAY, announced_on__gte=self.announced_from
            )
        if self.announced_to:
            rows = rows.filter(
                HAS_ANNOUNCEMENT_DAY, announced_on__lte=self.announced_to
            )
        return rows

    def find_strand(self, known: QuerySet[Award]) -> str:
        """Its name as `fold` writes it. Raise `Invalid` if neither an award that the
        reader may know of nor a published round has it.
        """
        folded = fold(self.strand)
        strands = Strand.objects.filter(round__published=True)
        is_known = folded and (
            in_strand(known, folded).order_by().exists()
            or strands.alias(folded=Fold("name")).filter(folded=folded).exists()
        )
        if not is_known:
            sentence = f"There is no strand “{self.strand[:_EXCERPT]}”"
            raise Invalid.field("strand", sentence)
        return folded

    def find_practice_models(self) -> list[int]:
        folded = fold(self.practice_model)
        models = PracticeModel.objects.alias(folded=Fold("name")).filter(folded=folded)
        ids = list(models.values_list("pk", flat=True))
        if not ids:
            sentence = f"There is no practice model “{self.practice_model[:_EXCERPT]}”"
            raise Invalid.field("practice_model", sentence)
        return ids


def in_strand(rows: QuerySet[Award], folded: str) -> QuerySet[Award]:
    """The awards with this focus area, as `fold` writes it."""
    return rows.alias(folded_area=Fold("focus_area")).filter(folded_area=folded)


def with_practice_models(
    rows: QuerySet[Award], models: Sequence[int]
) -> QuerySet[Award]:
    links = Award.practice_models.through.objects
    chosen = links.filter(practicemodel__in=models)
    return rows.filter(pk__in=chosen.values("award"))


def with_words(rows: QuerySet[Award], text: str) -> QuerySet[Award]:
    """The awards with this reference, a lead of this name, or every word of the text in
    `public_words`, in any order.
    """
    condition = Q(key=keys.normalise(text))
    if words := fold(text).split():
        rows = rows.alias(words=public_words())
        patterns = Value([f"%{word}%" for word in words], ArrayField(TextField()))
        condition |= Q(_LikeAll("words", patterns))
        condition |= Q(lead__in=organisations_called(text))
    return rows.filter(condition)


def public_words() -> Fold:
    """What an award is found by: its title, summary, lead, partners, councils under all
    their names, practice models and type of idea, as `fold` writes them.
    """
    texts = (
        *(F("title"), F("summary"), F("lead_as_published"), F("lead__name")),
        *(F("idea_as_published"), F("idea_type__name")),
        _names(Organisation, "partner_awards", "name"),
        _names(PracticeModel, "awards", "name"),
        _names(Council, "awards", "name"),
        _names(CouncilCode, "council__awards", "name", "official_name"),
    )
    return Fold(ConcatWS(*texts))


class ConcatWS(Func):
    """The texts with a space between them, without those that are null."""

    function = "concat_ws"
    template = "%(function)s(' ', %(expressions)s)"
    output_field = TextField()


class _LikeAll(Func):
    """Whether a text is like each of an array of patterns."""

    template = "(%(expressions)s))"
    arg_joiner = " LIKE ALL ("
    arity = 2
    output_field = BooleanField()
    conditional = True


def _names(model: type[Model], relation: str, *columns: str) -> Subquery:
    """The texts of the rows that have `relation` to this one."""
    related = model._default_manager.filter(**{relation: OuterRef("pk")}).order_by()
    texts = StringAgg(ConcatWS(*columns), " ")
    return Subquery(
        related.values(relation).annotate(texts=texts).values("texts"),
        output_field=TextField(),
    )


def search(awards: QuerySet[Award], params: Mapping[str, str]) -> QuerySet[Award]:
    """The awards that match the filters of a page, in its order."""
    return AwardFilters.read(params).narrow(awards).order_by(*ORDER)


def awards_in_figure(
    awards: QuerySet[Award], figure: str, end: datetime | None = None
) -> QuerySet[Award]:
    """The awards that a public figure counts, up to a moment or now.

    They are read from the same events as the figure, so that the list and the figure
    agree. Called-off announcements cancel out.
    """
    events = Event.objects.filter(name__in=_FIGURE_EVENTS, tally__has_key=figure)
    if end is not None:
        events = events.filter(at__lte=end)
    times = Cast(KeyTransform("projects_funded", "tally"), IntegerField())
    counted = (
        events.order_by()
        .values("subject")
        .annotate(times=Sum(times))
        .filter(times__gt=0)
    )
    return awards.filter(key__in=counted.values("subject"))


def rounds(awards: QuerySet[Award]) -> list[tuple[str, str]]:
    """The keys and names of the rounds of these awards, as choices of a filter."""
    rounds = Round.objects.filter(pk__in=awards.order_by().values("round"))
    return list(rounds.order_by("name", "pk").values_list("key", "name"))
