"""The existing data, loaded once for a whole file."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from bids.domain import registers
from bids.domain.programmes import of_main_programme
from bids.models import IdeaType, MaturityStage, PracticeModel, Round, Strand
from funding.models import Award, ImportedCase
from funding.states import AwardState
from innovation.core.folding import fold
from innovation.organisations.domain.queries.councils import (
    CouncilClosed,
    Directory,
    NotACouncil,
)
from innovation.organisations.models import (
    ApplicantType,
    Council,
    Identifier,
    Organisation,
    OrganisationState,
)

APPLICANT_TYPES = {
    **{fold(value): value for value in ApplicantType.values},
    **{fold(str(label)): value for value, label in ApplicantType.choices},
    "council": ApplicantType.LOCAL_AUTHORITY,
    "childrens trust": ApplicantType.CHILDRENS_TRUST,
    "trust": ApplicantType.CHILDRENS_TRUST,
    "nhs": ApplicantType.NHS,
    "public body": ApplicantType.PUBLIC_BODY,
    "voluntary organisation": ApplicantType.CHARITY,
}


@dataclass(slots=True)
class NewOrganisation:
    """An organisation that is registered when the file is applied."""

    name: str
    applicant_type: str


Lead = Organisation | NewOrganisation


@dataclass(slots=True)
class ExistingData:
    councils: Directory
    organisations: dict[str, Organisation]
    org_ids: dict[str, Organisation]
    rounds: dict[str, Round]
    strands: dict[int, dict[str, Strand]]
    idea_types: dict[str, IdeaType]
    stages: dict[str, MaturityStage]
    practice_models: list[PracticeModel]
    ideas: registers.IdeaTypeLookup
    imported: dict[tuple[str, str], ImportedCase]
    awards: set[tuple[str, int, str]]
    expected_leads: dict[str, NewOrganisation] = field(default_factory=dict)
    new_organisations: dict[str, NewOrganisation] = field(default_factory=dict)
    not_councils: dict[tuple[str, date], NotACouncil] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "ExistingData":
        # Made-up organisations of the demonstration cannot have real cases; imports may
        # name again those that a made-up person imported, or named in a correction.
        # What was merged leads to what was kept, unless another has its name now.
        real = (
            Organisation.objects.filter(
                Q(demonstration=False)
                | Q(source__startswith="import ")
                | Q(source__startswith="correction ")
            )
            .exclude(state=OrganisationState.UNCONFIRMED)
            .select_related("merged_into")
        )
        merged_first = sorted(real, key=lambda record: not record.merged_into_id)
        rounds = list(
            of_main_programme(Round.objects.filter(demonstration=False), "pk")
        )
        strands: dict[int, dict[str, Strand]] = {record.pk: {} for record in rounds}
        for strand in Strand.objects.filter(round__in=rounds):
            strands[strand.round_id][normalise_name(strand.name)] = strand
        return cls(
            councils=Directory.load(),
            organisations={
                normalise_name(record.name): record.current for record in merged_first
            },
            org_ids={
                number.org_id: number.organisation.current
                for number in Identifier.objects.filter(
                    organisation__demonstration=False
                ).select_related("organisation__merged_into")
            },
            rounds={name: record for record in rounds for name in _round_names(record)},
            strands=strands,
            idea_types={
                normalise_name(record.name): record for record in IdeaType.objects.all()
            },
            stages={record.code: record for record in MaturityStage.objects.all()},
            practice_models=list(PracticeModel.objects.all()),
            ideas=registers.IdeaTypeLookup(),
            imported={
                (row.kind, row.sheet_id): row for row in ImportedCase.objects.all()
            },
            awards={
                (normalise_name(title), round_id, normalise_name(lead))
                for title, round_id, lead in Award.objects.filter(
                    state=AwardState.RECORDED
                ).values_list("title", "round_id", "lead_as_published")
            },
        )

    def expect_lead(self, name: str, kind: str) -> None:
        """Note the lead of a row, which can be a partner in rows above it."""
        if kind := applicant_type(kind):
            self.expected_leads.setdefault(
                normalise_name(name), NewOrganisation(name, kind)
            )

    def council(self, name: str, *, on: date) -> Council:
        """The council, as its directory finds it. A name that it does not find takes a
        millisecond, so it is looked for only once.
        """
        if unknown := self.not_councils.get((name, on)):
            raise type(unknown)(str(unknown))
        try:
            return self.councils.resolve(name, on=on)
        except NotACouncil as unknown:
            self.not_councils[name, on] = unknown
            raise

    def known(self, text: str, *, on: date) -> Organisation | None:
        """The organisation with this org-id or name, or council with this number."""
        by_id = self.org_ids.get(text.strip().upper())
        if organisation := by_id or self.organisations.get(normalise_name(text)):
            return organisation
        try:
            return self.council(text, on=on).organisation
        except (NotACouncil, AttributeError):
            return None

    def lead(self, name: str, kind: str, *, on: date) -> Lead:
        """The lead; raise `ValueError` with a message, as `partner` does."""
        return self._organisation(name, kind, on, "in “lead type”")

    def partner(self, text: str, *, on: date) -> Lead:
        """The partner; `Open Doors (charity)` gives the kind of a new organisation."""
        name, kind = text, ""
        match = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
        if (
            match
            and applicant_type(match[2])
            and normalise_name(text) not in self.organisations
        ):
            name, kind = match[1], match[2]
        where = f"in brackets, like “{name} (charity)”,"
        return self._organisation(name, kind, on, where)

    def _organisation(self, text: str, kind: str, on: date, where: str) -> Lead:
        """The organisation by org-id or name, or a council by any of its names;
        otherwise a new one of this `kind`, or of its kind as a lead.
        """
        name = normalise_name(text)
        by_id = self.org_ids.get(text.strip().upper())
        organisation = by_id or self.organisations.get(name)
        if organisation is not None:
            return organisation
        try:
            council = self.council(text, on=on)
        except CouncilClosed:
            raise
        except NotACouncil as unknown:
            new = self._new_organisation(text, kind, where)
            if new.applicant_type == ApplicantType.LOCAL_AUTHORITY:
                raise ValueError(str(unknown)) from None
            return self.new_organisations.setdefault(name, new)
        if not hasattr(council, "organisation"):
            raise ValueError(f"{council.name} closed before the programme began")
        return council.organisation

    def _new_organisation(self, text: str, kind: str, where: str) -> NewOrganisation:
        name = normalise_name(text)
        if existing := self.new_organisations.get(name) or self.expected_leads.get(
            name
        ):
            return existing
        if not applicant_type(kind):
            raise ValueError(
                f"“{text}” is not known here. Correct it, or say {where} what it "
                "is: charity, company, social enterprise, children’s trust, NHS or "
                "public body"
            )
        if len(text) > 200:
            raise ValueError("Write a name of at most 200 characters")
        return NewOrganisation(text, applicant_type(kind))


def applicant_type(text: str) -> str:
    return APPLICANT_TYPES.get(fold(text), "")


def normalise_name(name: str) -> str:
    """The folded name; a name without words stays as it is."""
    return fold(name) or name


def _round_names(round: Round) -> set[str]:
    """`Round 1, 2014 to 2016` is also round 1."""
    names = {normalise_name(round.name), normalise_name(round.key)}
    number = re.match(r"round (\d+)\b", normalise_name(round.name))
    return names | ({number[0], number[1]} if number else set())
