"""Which rows are evidence, and which of their columns the event log states.

Each app declares its tables in its own `evidence.py`. A trigger notes each row whose
stated columns were written (`audit_touched`). Another moves the notes of a chain into
the column `rows` of its next event, which the event's hash covers. So nobody can change
evidence without an event. `innovation.audit.rows` compares every row with what the log
last stated of it.

Migrations install the statements built here, and hold them as text; a test compares
what is installed with what is declared. After a change of a table or declaration, write
a migration with what `manage.py write_triggers` prints, and let it state the existing
rows again: `SELECT audit_state_existing(table, chain)`.
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
"""How a date-time and a text are stated: spelled out in SQL, for checks that must not
trust the functions in the database, or by calling those functions.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that can be edited without an event for each save.

    While its state is one of `states`, its `columns` and the rows of its parts are not
    evidence. The event that ends the draft states all of them.
    """

    states: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`owners` are paths of foreign keys to the row with the chain:
    `("assessment.bid",)`, or `("",)` if the row itself has a chain. The first path that
    is not null counts. Without any, an event of any chain can state the row.

    Free text is stated as its SHA-256, other columns as they are. `values` are text
    columns that are stated as they are. `excluded` columns are not stated: names of
    people, and what only jobs need. `expressions` are columns with an SQL expression of
    their own. `part` means that the row is part of a draft while its owner is one.
    `kind` is the kind of chains that hold only the history of such rows. `stage` is the
    prefix of the row's states as stages of the chain: `bid.approved`.
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

    def facts_sql(self, row: str, formats: tuple[str, str] = INLINE) -> str:
        """SQL for what is stated of the row with this name."""
        pairs = ",\n        ".join(
            f"'{f.column}', {self._fact_sql(f, row, formats)}" for f in self._fields()
        )
        return f"jsonb_build_object(\n        {pairs})"

    def _fact_sql(
        self,
        column: "models.Field[object, object]",
        row: str,
        formats: tuple[str, str] = INLINE,
    ) -> str:
        moment, digest = formats
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
        """Columns of which the log has only a digest."""
        return {
            str(f.column) for f in self._fields() if "sha256" in self._fact_sql(f, "r")
        }

    def chain(self, row: str) -> str:
        """SQL for the id of the row's chain; 0 if it has none."""
        chains = [self._follow(row, path, "chain_id") for path in self.owners]
        return _coalesce(*chains, "0")

    def is_draft_sql(self, row: str) -> str:
        """SQL for whether the row is part of a draft."""
        conditions = [
            self._follow(
                row,
                path,
                _state_condition("state", declared[self.owner(path)].draft_states),
            )
            for path in self.owners
        ]
        return _coalesce(*conditions, "false")

    @property
    def draft_states(self) -> tuple[str, ...]:
        return self.draft.states if self.draft else ()

    def owner(self, path: str) -> Model:
        model = self.model
        for name in path.split(".") if path else ():
            model = target_of(model, name)
        return model

    def _follow(self, row: str, path: str, expression: str) -> str:
        """SQL for an expression (a column) of the row at the end of the path."""
        if not path:
            return f"{row}.{expression}"
        names, model = path.split("."), self.model
        sql = f"{row}.{column_of(model, names[0])}"
        for index, name in enumerate(names):
            model = target_of(model, name)
            is_last = index == len(names) - 1
            column = expression if is_last else column_of(model, names[index + 1])
            sql = f"(SELECT {column} FROM {model._meta.db_table} WHERE id = {sql})"
        return sql


def _coalesce(*expressions: str) -> str:
    return "coalesce(\n        " + ",\n        ".join(expressions) + ")"


def _state_condition(column: str, states: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"{column} IN ({listed})"


@dataclass(frozen=True, slots=True)
class Check:
    """Another rule. `statement` selects the rows that break it, and `sentence` is
    formatted with the columns of each.
    """

    statement: str
    sentence: str


declared: Registry[Evidence] = Registry(key=lambda evidence: evidence.model)
checks: Registry[Check] = Registry()


def tables() -> list[Evidence]:
    return sorted(declared, key=lambda table: table.table)


def stage_of(row: object) -> str:
    """The row's state as a stage of its chain; empty if it is none."""
    declaration = declared.get(type(row))
    if (
        declaration is None
        or not declaration.stage
        or not isinstance(row, models.Model)
    ):
        return ""
    return f"{declaration.stage}.{row.serializable_value('state')}"


def parts(application: Evidence) -> list[tuple[Evidence, str]]:
    """The tables that are part of the same draft, with the column that refers to it."""
    return [
        (table, column_of(table.model, path))
        for table in tables()
        if table.part
        for path in table.owners
        if table.owner(path) is application.model
    ]


DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
"""The application's user may write evidence, but not the notes."""


def functions(evidence: Evidence) -> dict[str, str]:
    """The SQL functions of a table, by name."""
    functions_sql = {f"audit_facts_{evidence.table}": _facts(evidence)}
    if evidence.draft:
        functions_sql[f"audit_parts_{evidence.table}"] = _parts(evidence)
    return functions_sql | {f"audit_note_{evidence.table}": _note(evidence)}


def trigger(evidence: Evidence) -> str:
    return (
        "CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON "
        f"{evidence.table}\n"
        f"    FOR EACH ROW EXECUTE FUNCTION audit_note_{evidence.table}()"
    )


def _facts(evidence: Evidence) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION audit_facts_{evidence.table}(r {evidence.table})\n"
        "RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$\n"
        f"    SELECT {evidence.facts_sql('r', INSTALLED)}\n"
        "$$;\n"
    )


def _parts(evidence: Evidence) -> str:
    """All tables that are part of the draft of an application."""
    rows = "\n    UNION ALL\n".join(
        f"    SELECT '{part.table}', r.id, audit_facts_{part.table}(r)\n"
        f"    FROM {part.table} AS r WHERE r.{column} = application"
        for part, column in parts(evidence)
    )
    return (
        f"CREATE OR REPLACE FUNCTION audit_parts_{evidence.table}(application bigint)\n"
        "RETURNS TABLE (relation text, row_id bigint, facts jsonb)\n"
        f"LANGUAGE sql STABLE AS $$\n{rows}\n$$;\n"
    )


def _note(evidence: Evidence) -> str:
    """The trigger that notes a row, if a stated column has changed."""
    lines = [
        f"CREATE OR REPLACE FUNCTION audit_note_{evidence.table}() RETURNS trigger",
        f"LANGUAGE plpgsql {DEFINER} AS $$",
        "DECLARE",
        f"    r {evidence.table};",
        "    stated jsonb := 'null';",
        "BEGIN",
        "    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;",
    ]
    if evidence.part:
        lines += [f"    IF {evidence.is_draft_sql('r')} THEN", "        RETURN NULL;"]
        lines += ["    END IF;"]
    lines += [
        "    IF TG_OP <> 'DELETE' THEN",
        f"        stated := audit_facts_{evidence.table}(r);",
        f"        IF TG_OP = 'UPDATE' AND {_unchanged_condition(evidence)} THEN",
        "            RETURN NULL;",
        "        END IF;",
        "    END IF;",
        f"    PERFORM audit_keep({evidence.chain('r')},",
        f"        '{evidence.table}', r.id, stated);",
        *(_note_parts(evidence) if evidence.draft else ()),
        "    RETURN NULL;",
        "END $$;",
        f"REVOKE ALL ON FUNCTION audit_note_{evidence.table}() FROM PUBLIC;",
    ]
    return "\n".join(lines) + "\n"


def _unchanged_condition(evidence: Evidence) -> str:
    before = f"audit_facts_{evidence.table}(OLD)"
    if evidence.draft is None:
        return f"stated = {before}"
    loose = f"'{{{','.join(evidence.draft.columns)}}}'::text[]"
    return (
        f"(stated = {before}\n"
        f"            OR r.{_state_condition('state', evidence.draft.states)}\n"
        f"            AND stated - {loose}\n"
        f"                = {before}\n"
        f"                - {loose})"
    )


def _note_parts(evidence: Evidence) -> list[str]:
    """The parts of an application become evidence when it is sent, and are no evidence
    while it is returned.
    """
    assert evidence.draft is not None
    writing = _state_condition("state", evidence.draft.states)
    return [
        f"    IF TG_OP = 'UPDATE' AND (OLD.{writing})",
        f"        <> (r.{writing}) THEN",
        "        PERFORM audit_keep(r.chain_id, part.relation, part.row_id,",
        f"            CASE WHEN r.{writing}",
        "            THEN 'null' ELSE part.facts END)",
        f"        FROM audit_parts_{evidence.table}(r.id) AS part;",
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
    """The statements that install what is declared and is not in the database yet, for
    some tables or for all. The functions for the facts of a row come first, because the
    others call them.
    """
    declarations = tables() if some is None else list(some)
    declared_functions = [
        item for table in declarations for item in functions(table).items()
    ]
    declared_functions.sort(key=lambda item: not item[0].startswith("audit_facts_"))
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED, [[name for name, _ in declared_functions]])
        installed = dict(cursor.fetchall())
        triggers = []
        for table in declarations:
            function = f"audit_note_{table.table}"
            cursor.execute(_INSTALLED_TRIGGER, [table.table, function])
            if cursor.fetchone() is None:
                triggers.append(f"{trigger(table)};\n")
    missing = [
        sql
        for name, sql in declared_functions
        if not _alike(installed.get(name), _body(sql))
    ]
    return missing + triggers


def _body(function: str) -> str:
    return function.split("$$")[1]


def _alike(installed: str | None, declared: str) -> bool:
    """Whether two bodies are the same, apart from the order of an object's members,
    which changes when a model gets an abstract base.
    """
    return installed is not None and _sort_members(installed) == _sort_members(declared)


def _sort_members(body: str) -> str:
    return _OBJECT.sub(
        lambda match: ", ".join(sorted(map(str.strip, match[1].split(",\n")))), body
    )
