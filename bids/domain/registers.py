"""Loads the registers (idea types, maturity, practice models) and the past rounds."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bids.models import (
    IdeaType,
    MaturityStage,
    PracticeModel,
    Programme,
    Round,
    Strand,
)
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.organisations.domain.data_files import load_once, rows

DATA = Path(__file__).parents[1] / "data"
TAXONOMY = DATA / "cscip_taxonomy.csv"
IDEAS = DATA / "idea_types_of_awards.csv"
MODELS = DATA / "practice_models.csv"
ROUNDS = DATA / "rounds.csv"
STRANDS = DATA / "strands.csv"
PROGRAMME = "cscip"
_CUT_OFF = re.compile(r"^(?P<name>.*) \((?P<note>label cut off.*)\)$")


def load(*, at: datetime) -> bool:
    """Every register; False where all was here already."""
    reads = [TAXONOMY, IDEAS, MODELS, ROUNDS, STRANDS, Path(__file__)]

    def everything() -> None:
        _idea_types()
        _maturity_stages()
        _practice_models()
        _rounds(at)

    return load_once("registers", reads=reads, by=everything, at=at)


class Ideas:
    """The idea type of an award, by its focus area and its idea as published."""

    def __init__(self) -> None:
        types = {idea.name: idea for idea in IdeaType.objects.all()}
        self._read = {
            (row["focus_area"], row["idea_as_published"]): types[row["idea_type"]]
            for row in rows(IDEAS)
        }

    def of(self, *, focus_area: str, idea: str) -> IdeaType | None:
        """None where the published words name no type for certain."""
        area = focus_area.replace("’", "'")
        return self._read.get((area, idea)) or self._read.get(("*", idea))


def named_in(title: str, models: Iterable[PracticeModel]) -> list[PracticeModel]:
    """The practice models whose name stands in a title, word for word."""
    return [m for m in models if re.search(rf"\b{re.escape(m.name)}\b", title)]


def _idea_types() -> None:
    for row in _taxonomy("idea_type"):
        cut = _CUT_OFF.match(row["label"])
        note = f"; {cut['note']}" if cut else ""
        _idea_type(cut["name"] if cut else row["label"], source=row["source"] + note)
    for row in rows(IDEAS):
        idea = _idea_type(row["idea_type"], source="idea types of cscip_awards.csv")
        redesigns = row["redesigns_social_work"] == "Y"
        if redesigns and not idea.redesigns_social_work:
            idea.redesigns_social_work = True
            idea.save()


def _idea_type(name: str, *, source: str) -> IdeaType:
    return IdeaType.objects.get_or_create(name=name, defaults={"source": source})[0]


def _maturity_stages() -> None:
    for row in _taxonomy("maturity"):
        MaturityStage.objects.update_or_create(
            code=row["code"], defaults={"label": row["label"]}
        )


def _taxonomy(scheme: str) -> list[dict[str, str]]:
    return [row for row in rows(TAXONOMY) if row["scheme"] == scheme]


def _practice_models() -> None:
    for row in rows(MODELS):
        PracticeModel.objects.update_or_create(
            name=row["name"],
            defaults={"source": f"cscip_awards.csv: {row['named_in']}"},
        )


def _rounds(at: datetime) -> None:
    """Past rounds. One that is not dated for certain is neither open nor rolling."""
    programme, _ = Programme.objects.get_or_create(
        slug=PROGRAMME,
        defaults={"name": "Children’s Social Care Innovation Programme"},
    )
    for row in rows(ROUNDS):
        past = Round.objects.filter(name=row["name"]).first()
        if past is None:
            past = Round.objects.create(
                chain=events.open_chain(Chain.Kind.ROUND),
                programme=programme,
                name=row["name"],
                summary=row["summary"],
                route=row["route"],
                opens_note=row["dates_note"],
                published=True,
            )
            events.record(
                past.chain,
                "round.recorded",
                subject=past.key,
                by=events.SERVICE,
                at=at,
                data={"source": row["source"]},
                stage="round.recorded",
            )
        for position, strand in enumerate(_strands(row["number"])):
            Strand.objects.update_or_create(
                round=past,
                name=strand["name"],
                defaults={
                    "anything_else": strand["anything_else"] == "Y",
                    "position": position,
                },
            )


def _strands(number: str) -> list[dict[str, str]]:
    return [row for row in rows(STRANDS) if row["round"] == number]


def past_round(number: str) -> Round:
    """Round 1 or 2 of the programme, as the published sources number them."""
    names = {row["number"]: row["name"] for row in rows(ROUNDS)}
    return Round.objects.get(name=names[number])
