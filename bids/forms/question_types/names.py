"""The field for names of councils or organisations, one per line."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy

from bids.domain.applications import Case
from innovation.core import clock, keys, limits, statements
from innovation.core.folding import Fold, fold
from innovation.core.lines import single_line
from innovation.organisations import public_names
from innovation.organisations.domain.queries import councils
from innovation.organisations.domain.queries.suggestions import Names
from innovation.organisations.models import (
    Council,
    Organisation,
    OrganisationState,
)
from innovation.web import forms

_T = TypeVar("_T")
_MAX_GUESSES = 5


class NamesField(forms.LongTextField):
    """The value is a list of objects; invalid input is shown again as typed.

    With `suggestions`, the URL name of a page in `views.name_suggestions`, a script
    makes a row of each line; `noun` is the name of a row.
    """

    def __init__(
        self,
        read: Callable[[str], list[Any]],
        *,
        rows: int = 5,
        suggestions: str = "",
        noun: str = "",
        **options: Any,
    ) -> None:
        self._read = read
        super().__init__(rows=rows, **options)
        if suggestions:
            address = reverse_lazy(f"bids:{suggestions}")
            self.widget.attrs |= {"data-names": address, "data-names-noun": noun}

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        if len(_split_lines(text)) > limits.LINES_OF_NAMES:
            raise ValidationError(f"Enter at most {limits.LINES_OF_NAMES} lines")
        return self._read(text)


def councils_field(case: Case, **options: Any) -> NamesField:
    return NamesField(parse_councils, suggestions="councils", noun="council", **options)


def organisations_field(case: Case, **options: Any) -> NamesField:
    return NamesField(
        lambda text: parse_organisations(text, case),
        suggestions="partners",
        noun="organisation",
        **options,
    )


def partners_field(case: Case, **options: Any) -> NamesField:
    return NamesField(
        lambda text: parse_partners(text, case),
        suggestions="partners",
        noun="partner",
        **options,
    )


def parse_councils(text: str) -> list[Council]:
    """The councils of today by any of their names, numbers or codes; a group's name
    stands for its members. Raise `ValidationError` for an unknown or closed one, with
    the name to write instead.
    """
    today = clock.london_day(clock.now())
    directory, groups = councils.Directory.load(), councils.groups()

    def match(line: str) -> list[Council]:
        if members := groups.get(fold(line)):
            return members
        return [directory.resolve(line, on=today)]

    return _match_lines(text, match)


def parse_organisations(text: str, case: Case) -> list[Organisation]:
    """The registered organisations with these names or references; a council by any of
    its names. Raise `ValidationError` for a closed council, and for an unknown name,
    with a similar one that the case’s applicants may know.
    """
    names = _OrganisationNames(_split_lines(text), case)
    return _match_lines(text, lambda line: [names.match(line)])


def parse_partners(text: str, case: Case) -> list[Organisation]:
    """As `parse_organisations`, and those that the case’s applicants have added."""
    names = _OrganisationNames(_split_lines(text), case, with_added=True)
    return _match_lines(text, lambda line: [names.match(line)])


def unknown_lines(text: str, case: Case) -> list[str]:
    """The lines that name no partner that is known."""
    lines = _split_lines(text)
    names = _OrganisationNames(lines, case, with_added=True)
    return [line for line in lines if not names.knows(line)]


class _OrganisationNames:
    """The organisations that lines could name, read at once. `with_added`: also those
    that applicants of the case’s lead organisation have added. One that was merged is
    the one that was kept.
    """

    def __init__(
        self, lines: list[str], case: Case, *, with_added: bool = False
    ) -> None:
        self.today = clock.london_day(clock.now())
        self.case = case
        self.guesses_left = _MAX_GUESSES
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        own = Q(added_for=case.lead_id) if with_added else Q(pk__in=[])
        others = ~Q(state=OrganisationState.UNCONFIRMED) & Q(added_for=None)
        rows = Organisation.objects.alias(folded=Fold("name")).filter(
            Q(state=OrganisationState.REGISTERED) | own | others,
            Q(folded__in=set(map(fold, lines))) | Q(key__in=map(keys.normalise, lines)),
        )
        for row in rows.select_related("council", "merged_into__council"):
            for name in {fold(row.name), fold(row.key)}:
                if row.current not in self.by_name[name]:
                    self.by_name[name].append(row.current)

    def knows(self, line: str) -> bool:
        try:
            return bool(self._registered(line) or self._council(line))
        except ValueError:
            return True

    @cached_property
    def directory(self) -> councils.Directory:
        return councils.Directory.load()

    def match(self, line: str) -> Organisation:
        """Raise `ValueError` with a message."""
        matches = self._registered(line) or self._council(line)
        if len(matches) > 1:
            references = " or ".join(row.key for row in matches)
            raise ValueError(f"“{line[:80]}” could be several: write {references}")
        if not matches:
            raise ValueError(
                f"There is no registered organisation called “{line[:80]}”"
                + self._guess(line)
            )
        [organisation] = matches
        if organisation.council is not None:
            councils.require_open(organisation.council, self.today)
        return organisation

    def _guess(self, line: str) -> str:
        """The name that could be meant. It is looked for in a few lines only, because
        that takes long.
        """
        self.guesses_left -= 1
        similar = self.names_to_suggest.similar(line) if self.guesses_left >= 0 else ""
        return f". Did you mean “{similar}”?" if similar else ""

    @cached_property
    def names_to_suggest(self) -> Names:
        """The names that everybody may know, and those that the case has already."""
        public = public_names.organisations_named_by(self.today)
        partners = self.case.partners.values("pk") if self.case.pk else []
        rows = Organisation.objects.filter(
            Q(pk__in=public.values("pk")) | Q(pk__in=partners), council=None
        )
        return Names(self.today, rows)

    def _registered(self, line: str) -> list[Organisation]:
        """Two organisations may differ in so little that only the exact name tells, or
        that the case names one of them already.
        """
        key = fold(keys.normalise(line))
        matches = self.by_name.get(fold(line)) or self.by_name.get(key, [])
        same = [
            row for row in matches if row.name.casefold() == line.casefold()
        ] or matches
        if len(same) > 1:
            partners = self.partner_ids
            return (
                [row for row in same if row.pk in partners]
                or [row for row in same if not row.is_unconfirmed]
                or same
            )
        return same

    @cached_property
    def partner_ids(self) -> set[int]:
        if not self.case.pk:
            return set()
        return set(self.case.partners.values_list("pk", flat=True))

    def _council(self, line: str) -> list[Organisation]:
        try:
            council = self.directory.resolve(line, on=self.today)
        except councils.CouncilClosed:
            raise
        except councils.NotACouncil:
            return []
        return list(
            Organisation.objects.filter(council=council).select_related("council")
        )


def to_lines(rows: Iterable[object]) -> str:
    return "\n".join(map(str, rows))


def councils_to_lines(case: Case) -> str:
    """One line for each council, which `parse_councils` reads as the same council."""
    today = clock.london_day(clock.now())
    rows = statements.fetch(_councils_of, case.pk, variant=(type(case),))
    return "\n".join(councils.line_of(council, on=today) for council in rows)


def _councils_of(model: type[Case], pk: int) -> QuerySet[Council]:
    return Council.objects.filter(**{f"{model._meta.model_name}s": pk})


def _split_lines(text: str) -> list[str]:
    lines = (single_line(line) for line in text.splitlines())
    return [line for line in lines if line]


def _match_lines(text: str, match: Callable[[str], list[_T]]) -> list[_T]:
    """What `match` finds for each line; it raises `ValueError` with a message."""
    matches: dict[_T, None] = {}
    problems: list[str] = []
    for line in _split_lines(text):
        try:
            matches |= dict.fromkeys(match(line))
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise ValidationError(problems)
    return list(matches)
