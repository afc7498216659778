"""Guards: which changes of evidence the database allows. Each app declares them for its
tables in a module `guards`, and triggers enforce them for every user.

A guard names what may change, and when; all else is refused. Migrations hold the SQL
that was made from it at the time: `manage.py write_triggers` prints what the next one
needs. Conditions are SQL over `OLD` and `NEW`; false and unknown are both refused.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from innovation.audit.columns import column_of, target_of
from innovation.audit.models import GENESIS, Chain, Event, Tally
from innovation.core.transitions import Table

ALWAYS = "true"
NEVER = ""
FROM_UNSET = "once"
INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
NO_EVENT_YET = "NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)"
"""A new object can be changed until its first event is recorded."""
SHARED_LOCK, EXCLUSIVE_LOCK = "FOR SHARE OF parent", "FOR NO KEY UPDATE OF parent"
NO_LOCK = ""


@dataclass(frozen=True, slots=True)
class Change:
    """These fields may change if `when` is true."""

    fields: tuple[str, ...]
    when: str


@dataclass(frozen=True, slots=True)
class ParentRule:
    """A row may be written only while `condition` is true of `parent`, the row to which
    `field` points. The parent is locked meanwhile: shared, or exclusively if such rows
    must wait for each other, or not at all if it never changes. A rule of updates can
    be limited to those for which `when` is true.
    """

    field: str
    condition: str
    on: tuple[str, ...] = (INSERT, UPDATE, DELETE)
    lock: str = SHARED_LOCK
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What may happen to the rows of a model. By default they can only be added.

    `deletable_when` is the condition for deleting a row, `initial_condition` that for a
    new row. `may_lock` is for rows that never change but are locked; `whole_rows` for a
    model that a library saves with all columns.
    """

    model: type[models.Model]
    changes: tuple[Change, ...] = ()
    deletable_when: str = NEVER
    initial_condition: str = ALWAYS
    parent_rules: tuple[ParentRule, ...] = ()
    may_lock: bool = False
    whole_rows: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def changing_columns(self) -> list[str]:
        """All columns that may change at some time."""
        return self.columns(name for change in self.changes for name in change.fields)

    def columns(self, names: Iterable[str]) -> list[str]:
        return [column_of(self.model, name) for name in names]


def guard(
    model: type[models.Model],
    *changes: Change,
    deletable_when: str = NEVER,
    initial_condition: str = ALWAYS,
    parent_rules: Iterable[ParentRule] = (),
    may_lock: bool = False,
    whole_rows: bool = False,
) -> Guard:
    return Guard(
        model=model,
        changes=changes,
        deletable_when=deletable_when,
        initial_condition=initial_condition,
        parent_rules=tuple(parent_rules),
        may_lock=may_lock,
        whole_rows=whole_rows,
    )


def may_change(*fields: str, when: str = ALWAYS) -> Change:
    return Change(fields, when)


def set_once(*fields: str) -> Change:
    """A change of these fields together from null to a value, once."""
    return Change(fields, FROM_UNSET)


def follows_transitions(name: str, table: Table) -> Change:
    """A change of state along the transitions of the state table."""
    pairs = {
        (str(source), str(transition.target))
        for transition in table.transitions
        for source in transition.sources
    }
    return Change((name,), transition_condition(name, pairs))


def transition_condition(name: str, pairs: Iterable[tuple[str, str]]) -> str:
    listed = ", ".join(f"('{old}', '{new}')" for old, new in sorted(pairs))
    return f"(OLD.{name}, NEW.{name}) IN ({listed})"


def sql_list(states: Iterable[str]) -> str:
    """For SQL's IN: `('draft', 'sent')`."""
    return "(" + ", ".join(f"'{state}'" for state in sorted(map(str, states))) + ")"


@dataclass(frozen=True, slots=True)
class Trigger:
    name: str
    table: str
    fires: str
    each: str
    when: str = ""
    calls: str = "audit_guard()"

    @property
    def sql(self) -> str:
        when = f"\n    WHEN ({self.when})" if self.when else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.fires} ON {self.table}\n"
            f"    FOR EACH {self.each}{when}\n    EXECUTE FUNCTION {self.calls};"
        )


def triggers(guard: Guard) -> list[Trigger]:
    trigger_list = [*_removal_triggers(guard), *_change_triggers(guard)]
    if guard.initial_condition != ALWAYS:
        when = f"({guard.initial_condition}) IS NOT TRUE"
        trigger_list.append(Trigger("guard_begin", guard.table, INSERT, "ROW", when))
    return trigger_list + [_parent_trigger(guard, rule) for rule in guard.parent_rules]


def trigger_statements(guard: Guard) -> str:
    """The triggers of a table, to be created after `drop_triggers`."""
    return "\n".join(trigger.sql for trigger in triggers(guard))


def drop_triggers(guards: Iterable[Guard]) -> str:
    """A statement for each table: a function takes at most 100 arguments."""
    return "\n".join(f"SELECT audit_unguard('{guard.table}');" for guard in guards)


def _removal_triggers(guard: Guard) -> list[Trigger]:
    if guard.deletable_when == NEVER:
        added_only = "" if guard.changes else "UPDATE OR "
        fires = f"{added_only}DELETE OR TRUNCATE"
        return [Trigger("guard_keep", guard.table, fires, "STATEMENT")]
    trigger_list = [Trigger("guard_keep", guard.table, "TRUNCATE", "STATEMENT")]
    if not guard.changes:
        trigger_list.append(Trigger("guard_change", guard.table, UPDATE, "STATEMENT"))
    if guard.deletable_when != ALWAYS:
        when = f"({guard.deletable_when}) IS NOT TRUE"
        trigger_list.append(Trigger("guard_delete", guard.table, DELETE, "ROW", when))
    return trigger_list


def _change_triggers(guard: Guard) -> list[Trigger]:
    if not guard.changes:
        return []
    every = [
        str(field.column)
        for field in guard.model._meta.concrete_fields
        if not field.generated
    ]
    fixed = [column for column in every if column not in guard.changing_columns]
    refused = [_differs(fixed)]
    for change in guard.changes:
        columns = guard.columns(change.fields)
        when = change.when
        if when == FROM_UNSET:
            when = " AND ".join(f"OLD.{column} IS NULL" for column in columns)
        if when != ALWAYS:
            refused.append(f"{_differs(columns)} AND ({when}) IS NOT TRUE")
    when = "\n        OR ".join(refused)
    return [Trigger("guard_change", guard.table, UPDATE, "ROW", when)]


def _differs(columns: list[str]) -> str:
    old, new = (
        ", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW")
    )
    if len(columns) > 1:
        old, new = f"({old})", f"({new})"
    return f"{old} IS DISTINCT FROM {new}"


def _parent_trigger(guard: Guard, rule: ParentRule) -> Trigger:
    parent = target_of(guard.model, rule.field)._meta.db_table
    condition = " ".join(_as_parameters(rule.condition).split()).replace("'", "''")
    fires = [on for on in rule.on if guard.changes or on != UPDATE]
    if guard.deletable_when == NEVER:
        fires = [on for on in fires if on != DELETE]
    arguments = f"'{parent}', '{column_of(guard.model, rule.field)}',\n"
    return Trigger(
        f"guard_within_{rule.field}",
        guard.table,
        " OR ".join(fires),
        "ROW",
        rule.when,
        calls=f"audit_guard_within({arguments}        '{condition}', '{rule.lock}')",
    )


def _as_parameters(condition: str) -> str:
    """The condition with the names of the parameters of `audit_guard_within`."""
    return re.sub(r"\bNEW\.", "($2).", re.sub(r"\bOLD\.", "($1).", condition))


@dataclass(frozen=True, slots=True)
class Declarations:
    guards: dict[str, Guard] = field(default_factory=dict)
    excused: dict[str, str] = field(default_factory=dict)


@cache
def declarations() -> Declarations:
    """The guards of every app by table, and for other tables why they need none."""
    result = Declarations()
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.guards") is None:
            continue
        module = import_module(f"{config.name}.guards")
        result.guards.update({guard.table: guard for guard in module.GUARDS})
        excused: Mapping[type[models.Model], str] = getattr(module, "EXCUSED", {})
        result.excused.update(
            {model._meta.db_table: reason for model, reason in excused.items()}
        )
    return result


GUARDS = (
    guard(Event),
    # Recording an event makes its chain one longer. When the transaction ends,
    # `audit_chain_follows_event` checks that the log has the event.
    guard(
        Chain,
        may_change(
            "length", "head", "stage", "moved_at", when="NEW.length = OLD.length + 1"
        ),
        initial_condition=f"NEW.length = 0 AND NEW.head = '{GENESIS}'"
        " AND NEW.stage = '' AND NEW.moved_at IS NULL",
    ),
    # Only the functions of the log have the right to write it.
    guard(Tally, may_change("change"), deletable_when=ALWAYS),
)
