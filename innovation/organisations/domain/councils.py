"""Loads councils, trusts and the facts about them from `data/`.

Rows are matched by their official numbers. Loading newer files updates existing rows
and adds new ones; nothing is removed.
"""

import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from innovation.audit import events
from innovation.audit.events import SERVICE
from innovation.audit.models import Chain
from innovation.core import dates
from innovation.organisations.domain import organisations
from innovation.organisations.domain.data_files import (
    DATA,
    Row,
    load_once,
    read_rows,
    split_cell,
)
from innovation.organisations.domain.queries.councils import Directory
from innovation.organisations.events import OrganisationsEvent
from innovation.organisations.models import (
    ApplicantType,
    Council,
    CouncilCode,
    CouncilFact,
    CouncilGroup,
    Identifier,
    OfstedJudgement,
    Organisation,
    Region,
    RunsServices,
)

COUNCILS = DATA / "english_childrens_services_authorities_all_versions.csv"
OTHER_NAMES = DATA / "council_other_names.csv"
GROUPS = DATA / "council_groups.csv"
TRUSTS = DATA / "childrens_services_trusts.csv"
FACTS = DATA / "interventions_and_partners.csv"
OFSTED = DATA / "ofsted_sif_judgements_2013_2018.csv"
_DATED_FROM = date(2009, 1, 1)
_COLLECTED_ON = date(2026, 11, 1)
_RENAMED = re.compile(r"^(?P<name>.*) \((?P<note>now .*)\)$")
_JOINED = re.compile(r"from (?P<year>\d{4})")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def load(*, at: datetime) -> bool:
    """Load everything about councils and trusts; `False` if it was loaded before."""
    files = [COUNCILS, OTHER_NAMES, GROUPS, TRUSTS, FACTS, OFSTED, Path(__file__)]

    def load_all() -> None:
        _load_councils()
        _register_councils(at)
        _load_groups()
        _load_judgements()
        _load_facts(at)
        _load_trusts(at)

    return load_once("organisations", files=files, loader=load_all, at=at)


def _load_councils() -> None:
    versions = defaultdict(list)
    for row in read_rows(COUNCILS):
        versions[row["dfe_la_number"]].append(row)
    Region.objects.bulk_create(
        {
            r["region_code"]: Region(r["region_code"], r["region"])
            for r in _all_rows(versions)
        }.values(),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    other_names = defaultdict(list)
    for row in read_rows(OTHER_NAMES):
        other_names[row["dfe_number"]].append(row["other_name"])
    Council.objects.bulk_create(
        [
            _build_council(history, other_names[number])
            for number, history in versions.items()
        ],
        update_conflicts=True,
        unique_fields=["dfe_number"],
        update_fields=[
            "name", "official_name", "authority_type", "region", "register_code",
            "opened_on", "closed_on", "also_known_as",
        ],
    )  # fmt: skip
    _load_codes(_all_rows(versions))


def _all_rows(versions: dict[str, list[Row]]) -> list[Row]:
    return [row for history in versions.values() for row in history]


def _build_council(history: list[Row], other_names: list[str]) -> Council:
    history.sort(key=lambda row: row["valid_from"])
    last = history[-1]
    opened_on = date.fromisoformat(history[0]["valid_from"])
    return Council(
        dfe_number=last["dfe_la_number"],
        name=last["name"],
        official_name=" ".join(last["official_name"].split()),
        authority_type=last["authority_type"],
        region_id=last["region_code"],
        register_code=last["register_code"],
        opened_on=opened_on if opened_on > _DATED_FROM else None,
        closed_on=_day(last["valid_to"]),
        also_known_as=other_names,
    )


def _load_codes(versions: list[Row]) -> None:
    CouncilCode.objects.bulk_create(
        [
            CouncilCode(
                council_id=row["dfe_la_number"],
                gss_code=row["gss_code"],
                name=row["name"],
                official_name=" ".join(row["official_name"].split()),
                valid_from=row["valid_from"],
                valid_to=_day(row["valid_to"]),
                change_note=row["change_note"],
            )
            for row in versions
        ],
        update_conflicts=True,
        unique_fields=["gss_code"],
        update_fields=[
            "council", "name", "official_name", "valid_from", "valid_to", "change_note",
        ],
    )  # fmt: skip
    numbers_by_code = {row["gss_code"]: row["dfe_la_number"] for row in versions}
    through = Council.successors.through
    through.objects.bulk_create(
        [
            through(
                from_council_id=row["dfe_la_number"],
                to_council_id=numbers_by_code[code],
            )
            for row in versions
            for code in split_cell(row["successor_gss"])
            # A new code for the same council is not a successor.
            if numbers_by_code[code] != row["dfe_la_number"]
        ],
        ignore_conflicts=True,
    )


def _register_councils(at: datetime) -> None:
    """Register each council with an official name as an organisation with its codes."""
    existing_ids = set(
        Organisation.objects.exclude(council=None).values_list("council_id", flat=True)
    )
    organisations.register_all(
        (
            Organisation(
                name=council.official_name,
                applicant_type=ApplicantType.LOCAL_AUTHORITY,
                council=council,
            )
            for council in Council.objects.exclude(official_name="")
            if council.dfe_number not in existing_ids
        ),
        by=SERVICE,
        at=at,
    )
    organisation_ids = dict(
        Organisation.objects.exclude(council=None).values_list("council_id", "id")
    )
    org_ids = {
        (organisation_ids[row["dfe_la_number"]], row["org_id"].removeprefix("GB-LAE-"))
        for row in read_rows(COUNCILS)
        if row["org_id"]
    }
    Identifier.objects.bulk_create(
        [
            Identifier(organisation_id=organisation_id, scheme="GB-LAE", value=value)
            for organisation_id, value in sorted(org_ids)
        ],
        ignore_conflicts=True,
    )


def _load_groups() -> None:
    directory = Directory.load()
    for row in read_rows(GROUPS):
        group, _ = CouncilGroup.objects.get_or_create(name=row["name"])
        group.councils.set(
            directory.resolve(name, on=date(2015, 1, 1))
            for name in split_cell(row["councils"])
        )


def _load_judgements() -> None:
    domains = (
        "help_protection", "looked_after_permanence", "adoption", "care_leavers",
        "leadership",
    )  # fmt: skip
    OfstedJudgement.objects.bulk_create(
        [
            OfstedJudgement(
                council_id=row["dfe_la_number"],
                framework=row["framework"],
                published_on=row["publication_date"],
                overall=row["overall_effectiveness"],
                reinspection=row["reinspection"] == "Y",
                details={
                    "inspected": row["inspection_dates"],
                    "ofsted_urn": row["ofsted_urn"],
                    **{domain: row[domain] for domain in domains},
                },
                source=f"Ofsted: {row['source_file']}"[:200],
            )
            for row in read_rows(OFSTED)
        ],
        update_conflicts=True,
        unique_fields=["council", "framework", "published_on"],
        update_fields=["overall", "reinspection", "details", "source"],
    )


def _load_facts(at: datetime) -> None:
    """Add the facts that are not here yet. One that was withdrawn stays withdrawn."""
    stored = set(CouncilFact.objects.values_list("council", "kind", "started", "what"))
    added = [
        CouncilFact(
            chain=events.open_chain(Chain.Kind.SERVICE),
            council_id=row["dfe_la_number"],
            kind=row["kind"],
            what=row["what"],
            started=dates.read(row["date"]).iso,
            source=row["source"],
            confidence=row["confidence"],
            recorded_at=at,
        )
        for row in read_rows(FACTS)
        if (row["dfe_la_number"], row["kind"], row["date"], row["what"]) not in stored
    ]
    CouncilFact.objects.bulk_create(added)
    events.record_all(
        events.draft(OrganisationsEvent.COUNCIL_FACT_ADDED, fact, by=SERVICE, at=at)
        for fact in added
    )


def _load_trusts(at: datetime) -> None:
    directory = Directory.load()
    for row in read_rows(TRUSTS):
        renamed = _RENAMED.match(row["name"])
        name = renamed["name"] if renamed else row["name"]
        trust = Organisation.objects.registered().filter(name=name).first()
        if trust is None:
            trust = organisations.register(
                name=name,
                applicant_type=ApplicantType.CHILDRENS_TRUST,
                legal_form=row["legal_form"],
                by=SERVICE,
                at=at,
            )
        trust.legal_form, trust.source = row["legal_form"], row["source"]
        trust.confidence = row["confidence"]
        trust.notes = renamed["note"].replace("now", "Now", 1) if renamed else ""
        trust.save(update_fields=["legal_form", "source", "confidence", "notes"])
        _load_areas(trust, row, directory)


def _load_areas(trust: Organisation, row: Row, directory: Directory) -> None:
    """Load the councils of a trust. The text in brackets behind one becomes a note, or
    the year in which the trust began there.
    """
    notes = {}
    for text in split_cell(row["councils"]):
        name, _, note = text.partition(" (")
        notes[directory.resolve(name, on=_COLLECTED_ON)] = note.rstrip(")")
    for code in split_cell(row["gss_codes_2014_2016"]):
        notes.setdefault(directory.codes[code], "")
    ended = _PARTIAL_DATE.match(row["ended"])
    for council, note in notes.items():
        joined = _JOINED.fullmatch(note)
        RunsServices.objects.update_or_create(
            organisation=trust,
            council=council,
            defaults={
                "started": joined["year"] if joined else row["started"],
                "ended": ended[0] if ended else "",
                "note": "" if joined else note,
            },
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
