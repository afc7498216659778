"""Which rows are evidence, and which of their columns the event log states.

Each app declares its tables in its own `evidence.py`. Whatever writes a stated column
leaves a note of the row as it then stands (`audit_touched`), and the next event of the
row's chain takes the notes into its `rows`, which its hash covers: triggers do both,
so that nobody can change evidence without an event. `innovation.audit.rows` compares
every row with what the log stated of it last.

The statements built here are installed by migrations, which hold them as text; a test
compares what is installed with what is declared. After a change of a table or of what
is declared, write a migration with what `manage.py write_triggers` prints, and let it
state anew the rows that are there: `SELECT audit_state_existing(table, chain)`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection, models

from innovation.audit.columns import Model, column_of, target_of
from innovation.audit.models import Chain
from innovation.core.registry import Registry

PLAIN = (
    models.AutoField,
    models.IntegerField,
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.SlugField,
)
_MOMENT = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
_DIGEST = (
    "CASE {0} WHEN '' THEN '' ELSE encode(sha256(convert_to({0}, 'UTF8')), 'hex') END"
)
INLINE = (_MOMENT, _DIGEST)
INSTALLED = ("audit_moment({0})", "audit_digest({0})")
"""How a moment and a text are stated: in full, for what must not believe the database's
own functions, and by those.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that is written without an event for each key pressed.

    While its state is one of `states`, its `columns` and the rows of its parts are
    nobody's evidence yet. The event that takes it out of them states all of it.
    """

    states: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`owners` are the ways to the row with the chain, as names of foreign keys:
    `("assessment.bid",)`, or `("",)` where the row has a chain itself; the first that
    leads somewhere counts. Without any, every event may state it.

    Free text is stated as its SHA-256, all else as it is. `values` are text that is
    stated as it is; `excluded` is not stated: names of people, and what only jobs need.
    `expressions` are columns stated in a way of their own. `part` says that the row is
    part of a draft while its owner is one. `kind` is that of the chains that are the
    history of such rows and of nothing else; `stage` is what the events of the chain
    call the row when they name its state: `bid.approved`.
    """

    model: Model
    owners: tuple[str, ...] = ("",)
    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    expressions: Mapping[str, str] = field(default_factory=dict)
    draft: Draft | None = None
    part: bool = False
    kind: Chain.Kind | None = None
    stage: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        return [str(f.column) for f in self._fields()]

    def _fields(self) -> Iterator["models.Field[object, object]"]:
        return (
            f
            for f in self.model._meta.concrete_fields
            if f.name not in self.excluded and not f.generated
        )

    def facts_sql(self, row: str, ways: tuple[str, str] = INLINE) -> str:
        """SQL for what is stated of the row of that name."""
        pairs = ",\n        ".join(
            f"'{f.column}', {self._fact_sql(f, row, ways)}" for f in self._fields()
        )
        return f"jsonb_build_object(\n        {pairs})"

    def _fact_sql(
        self,
        column: "models.Field[object, object]",
        row: str,
        ways: tuple[str, str] = INLINE,
    ) -> str:
        moment, digest = ways
        cell = f"{row}.{column.column}"
        if column.name in self.expressions:
            return self.expressions[column.name].format(row=row)
        if isinstance(column, models.DateTimeField):
            return moment.format(cell)
        plain = isinstance(column, PLAIN) or column.choices or column.name == "key"
        if plain or column.name in self.values:
            return cell
        text = isinstance(column, models.CharField | models.TextField)
        return digest.format(cell if text else f"{cell}::text")

    def digest_columns(self) -> set[str]:
        """Columns of which the log knows no value."""
        return {
            str(f.column) for f in self._fields() if "sha256" in self._fact_sql(f, "r")
        }

    def chain(self, row: str) -> str:
        """SQL for the number of the row's chain; 0 where it has none."""
        ways = [self._follow(row, owner, "chain_id") for owner in self.owners]
        return _coalesce(*ways, "0")

    def is_draft_sql(self, row: str) -> str:
        """SQL for whether the row is part of something that is being written."""
        ways = [
            self._follow(
                row,
                owner,
                _state_condition("state", declared[self.owner(owner)].draft_states),
            )
            for owner in self.owners
        ]
        return _coalesce(*ways, "false")

    @property
    def draft_states(self) -> tuple[str, ...]:
        return self.draft.states if self.draft else ()

    def owner(self, way: str) -> Model:
        model = self.model
        for name in way.split(".") if way else ():
            model = target_of(model, name)
        return model

    def _follow(self, row: str, way: str, wanted: str) -> str:
        """SQL for `wanted` of the row at the end of the way."""
        if not way:
            return f"{row}.{wanted}"
        names, model = way.split("."), self.model
        found = f"{row}.{column_of(model, names[0])}"
        for place, name in enumerate(names):
            model = target_of(model, name)
            last = place == len(names) - 1
            column = wanted if last else column_of(model, names[place + 1])
            found = f"(SELECT {column} FROM {model._meta.db_table} WHERE id = {found})"
        return found


def _coalesce(*found: str) -> str:
    return "coalesce(\n        " + ",\n        ".join(found) + ")"


def _state_condition(column: str, states: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"{column} IN ({listed})"


@dataclass(frozen=True, slots=True)
class Check:
    """What else must hold: `statement` finds what does not, for the `sentence`."""

    statement: str
    sentence: str


declared: Registry[Evidence] = Registry(key=lambda each: each.model)
checks: Registry[Check] = Registry()


def tables() -> list[Evidence]:
    return sorted(declared, key=lambda each: each.table)


def stage_of(row: object) -> str:
    """What the state of this row is called as its chain's stage; empty for others."""
    found = declared.get(type(row))
    if found is None or not found.stage or not isinstance(row, models.Model):
        return ""
    return f"{found.stage}.{row.serializable_value('state')}"


def parts(application: Evidence) -> list[tuple[Evidence, str]]:
    """What is written together with it, and by which column it is known."""
    return [
        (each, column_of(each.model, way))
        for each in tables()
        if each.part
        for way in each.owners
        if each.owner(way) is application.model
    ]


DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
"""Whoever writes evidence may not write the notes."""


def functions(each: Evidence) -> dict[str, str]:
    """The functions of a table, by name."""
    made = {f"audit_facts_{each.table}": _facts(each)}
    if each.draft:
        made[f"audit_parts_{each.table}"] = _parts(each)
    return made | {f"audit_note_{each.table}": _note(each)}


def trigger(each: Evidence) -> str:
    return (
        f"CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON {each.table}\n"
        f"    FOR EACH ROW EXECUTE FUNCTION audit_note_{each.table}()"
    )


def _facts(each: Evidence) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION audit_facts_{each.table}(r {each.table})\n"
        "RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$\n"
        f"    SELECT {each.facts_sql('r', INSTALLED)}\n"
        "$$;\n"
    )


def _parts(each: Evidence) -> str:
    """All that is written together with an application."""
    rows = "\n    UNION ALL\n".join(
        f"    SELECT '{part.table}', r.id, audit_facts_{part.table}(r)\n"
        f"    FROM {part.table} AS r WHERE r.{column} = application"
        for part, column in parts(each)
    )
    return (
        f"CREATE OR REPLACE FUNCTION audit_parts_{each.table}(application bigint)\n"
        "RETURNS TABLE (relation text, row_id bigint, facts jsonb)\n"
        f"LANGUAGE sql STABLE AS $$\n{rows}\n$$;\n"
    )


def _note(each: Evidence) -> str:
    """The note that a row leaves: nothing where nothing stated has changed."""
    lines = [
        f"CREATE OR REPLACE FUNCTION audit_note_{each.table}() RETURNS trigger",
        f"LANGUAGE plpgsql {DEFINER} AS $$",
        "DECLARE",
        f"    r {each.table};",
        "    stated jsonb := 'null';",
        "BEGIN",
        "    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;",
    ]
    if each.part:
        lines += [f"    IF {each.is_draft_sql('r')} THEN", "        RETURN NULL;"]
        lines += ["    END IF;"]
    lines += [
        "    IF TG_OP <> 'DELETE' THEN",
        f"        stated := audit_facts_{each.table}(r);",
        f"        IF TG_OP = 'UPDATE' AND {_unchanged_condition(each)} THEN",
        "            RETURN NULL;",
        "        END IF;",
        "    END IF;",
        f"    PERFORM audit_keep({each.chain('r')},",
        f"        '{each.table}', r.id, stated);",
        *(_note_parts(each) if each.draft else ()),
        "    RETURN NULL;",
        "END $$;",
        f"REVOKE ALL ON FUNCTION audit_note_{each.table}() FROM PUBLIC;",
    ]
    return "\n".join(lines) + "\n"


def _unchanged_condition(each: Evidence) -> str:
    before = f"audit_facts_{each.table}(OLD)"
    if each.draft is None:
        return f"stated = {before}"
    loose = f"'{{{','.join(each.draft.columns)}}}'::text[]"
    return (
        f"(stated = {before}\n"
        f"            OR r.{_state_condition('state', each.draft.states)}\n"
        f"            AND stated - {loose}\n"
        f"                = {before}\n"
        f"                - {loose})"
    )


def _note_parts(each: Evidence) -> list[str]:
    """All parts of an application become evidence when it is sent, and are none while
    it is with its writers again.
    """
    assert each.draft is not None
    writing = _state_condition("state", each.draft.states)
    return [
        f"    IF TG_OP = 'UPDATE' AND (OLD.{writing})",
        f"        <> (r.{writing}) THEN",
        "        PERFORM audit_keep(r.chain_id, part.relation, part.row_id,",
        f"            CASE WHEN r.{writing}",
        "            THEN 'null' ELSE part.facts END)",
        f"        FROM audit_parts_{each.table}(r.id) AS part;",
        "    END IF;",
    ]


_INSTALLED = """
    SELECT proname, prosrc FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s)
"""
_OBJECT = re.compile(r"jsonb_build_object\((.*)\)", re.DOTALL)
_INSTALLED_TRIGGER = """
    -- Row trigger (1), after (0), of insert (4), delete (8) and update (16).
    SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname = 'audit_note'
      AND tgfoid = to_regproc(%s) AND tgtype = 29 AND tgenabled = 'O'
"""


def missing_statements(some: Iterable[Evidence] | None = None) -> list[str]:
    """The statements without which the database does not do as is declared, for some
    tables or for all. What is stated of a row comes first: the others are built on it.
    """
    meant = tables() if some is None else list(some)
    made = [item for each in meant for item in functions(each).items()]
    made.sort(key=lambda item: not item[0].startswith("audit_facts_"))
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED, [[name for name, _ in made]])
        there = dict(cursor.fetchall())
        triggers = []
        for each in meant:
            cursor.execute(_INSTALLED_TRIGGER, [each.table, f"audit_note_{each.table}"])
            if cursor.fetchone() is None:
                triggers.append(f"{trigger(each)};\n")
    absent = [sql for name, sql in made if not _alike(there.get(name), _body(sql))]
    return absent + triggers


def _body(function: str) -> str:
    return function.split("$$")[1]


def _alike(installed: str | None, declared: str) -> bool:
    """Whether two bodies say the same. The members of an object have no order, and
    fields change theirs when a model gets an abstract base.
    """
    return installed is not None and _sort_members(installed) == _sort_members(declared)


def _sort_members(body: str) -> str:
    return _OBJECT.sub(
        lambda found: ", ".join(sorted(map(str.strip, found[1].split(",\n")))), body
    )
