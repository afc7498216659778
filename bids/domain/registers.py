"""Loads the registers (idea types, maturity, practice models) and past rounds."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bids.events import BidsEvent
from bids.models import (
    IdeaType,
    MaturityStage,
    PracticeModel,
    Round,
    Strand,
)
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.organisations.domain.data_files import load_once, read_rows
from innovation.registers import domain as registers

DATA = Path(__file__).parents[1] / "data"
TAXONOMY_FILE = DATA / "cscip_taxonomy.csv"
IDEA_TYPES_FILE = DATA / "idea_types_of_awards.csv"
PRACTICE_MODELS_FILE = DATA / "practice_models.csv"
ROUNDS_FILE = DATA / "rounds.csv"
STRANDS_FILE = DATA / "strands.csv"
PROGRAMME = "Children’s Social Care Innovation Programme"
_TRUNCATED_LABEL = re.compile(r"^(?P<name>.*) \((?P<note>label cut off.*)\)$")


def load(*, at: datetime) -> bool:
    """Load all registers; `False` if they were loaded before."""
    reads = [
        TAXONOMY_FILE,
        IDEA_TYPES_FILE,
        PRACTICE_MODELS_FILE,
        ROUNDS_FILE,
        STRANDS_FILE,
        Path(__file__),
    ]

    def load_all() -> None:
        _load_idea_types()
        _load_maturity_stages()
        _load_practice_models()
        _load_rounds(at)

    return load_once("registers", files=reads, loader=load_all, at=at)


class IdeaTypeLookup:
    """Finds the idea type of an award by its published focus area and idea."""

    def __init__(self) -> None:
        types = {idea.name: idea for idea in IdeaType.objects.all()}
        self._read = {
            (row["focus_area"], row["idea_as_published"]): types[row["idea_type"]]
            for row in read_rows(IDEA_TYPES_FILE)
        }

    def idea_type(self, *, focus_area: str, idea: str) -> IdeaType | None:
        """The type, or `None` if the published words are not clear."""
        area = focus_area.replace("’", "'")
        return self._read.get((area, idea)) or self._read.get(("*", idea))


def practice_models_named_in(
    title: str, models: Iterable[PracticeModel]
) -> list[PracticeModel]:
    """The practice models whose name is in the title."""
    return [m for m in models if re.search(rf"\b{re.escape(m.name)}\b", title)]


def _load_idea_types() -> None:
    for row in _taxonomy_rows("idea_type"):
        cut = _TRUNCATED_LABEL.match(row["label"])
        note = f"; {cut['note']}" if cut else ""
        _load_idea_type(
            cut["name"] if cut else row["label"], source=row["source"] + note
        )
    for row in read_rows(IDEA_TYPES_FILE):
        idea = _load_idea_type(
            row["idea_type"], source="idea types of cscip_awards.csv"
        )
        redesigns = row["redesigns_social_work"] == "Y"
        if redesigns and not idea.redesigns_social_work:
            idea.redesigns_social_work = True
            idea.save()


def _load_idea_type(name: str, *, source: str) -> IdeaType:
    return IdeaType.objects.get_or_create(name=name, defaults={"source": source})[0]


def _load_maturity_stages() -> None:
    for row in _taxonomy_rows("maturity"):
        MaturityStage.objects.update_or_create(
            code=row["code"], defaults={"label": row["label"]}
        )


def _taxonomy_rows(scheme: str) -> list[dict[str, str]]:
    return [row for row in read_rows(TAXONOMY_FILE) if row["scheme"] == scheme]


def _load_practice_models() -> None:
    for row in read_rows(PRACTICE_MODELS_FILE):
        PracticeModel.objects.update_or_create(
            name=row["name"],
            defaults={"source": f"cscip_awards.csv: {row['named_in']}"},
        )


def _load_rounds(at: datetime) -> None:
    """Load past rounds. One without certain dates is neither open nor rolling."""
    programme = registers.load_main_programme(PROGRAMME, at=at)
    for row in read_rows(ROUNDS_FILE):
        round = Round.objects.filter(name=row["name"]).first()
        if round is None:
            round = Round.objects.create(
                chain=events.open_chain(Chain.Kind.ROUND),
                programme=programme,
                name=row["name"],
                summary=row["summary"],
                route=row["route"],
                opens_note=row["dates_note"],
                published=True,
            )
            events.record(
                BidsEvent.ROUND_RECORDED,
                round,
                by=events.SERVICE,
                at=at,
                data={"source": row["source"]},
                stage="round.recorded",
            )
        for position, strand in enumerate(_strand_rows(row["number"])):
            Strand.objects.update_or_create(
                round=round,
                name=strand["name"],
                defaults={
                    "anything_else": strand["anything_else"] == "Y",
                    "position": position,
                },
            )


def _strand_rows(number: str) -> list[dict[str, str]]:
    return [row for row in read_rows(STRANDS_FILE) if row["round"] == number]


def historic_round(number: str) -> Round:
    """Round 1 or 2 of the programme, as numbered in published sources."""
    names = {row["number"]: row["name"] for row in read_rows(ROUNDS_FILE)}
    return Round.objects.get(name=names[number])
