"""The triggers by which the database itself refuses to change the trail.

A migration that rebuilds one of these tables on SQLite drops them silently: such a migration ends with `install`,
and a test, `check --database` and `verify_trail` say so where they are missing.
"""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVENT, BODY, ERASURE, LINK = "tracker_event", "tracker_eventbody", "tracker_erasure", "tracker_erasure_bodies"
REFUSAL = "the trail is append-only"
GRANTED = (
    f"EXISTS (SELECT 1 FROM {LINK} l JOIN {ERASURE} e ON e.id = l.erasure_id"  # noqa: S608  fixed names
    " WHERE l.eventbody_id = OLD.id AND e.granted AND e.decided_by_id <> e.asked_by_id)"
)
ERASABLE = ("salt", "body")


def _emptied(columns: Iterable[str]) -> str:
    """That a granted erasure has emptied a body, whose other columns are as they were."""
    changes = [f"NEW.{name} IS NULL" if name in ERASABLE else f"NEW.{name} = OLD.{name}" for name in columns]
    return " AND ".join([*changes, GRANTED])


def _sqlite(columns: Iterable[str]) -> dict[str, str]:
    def refuse(name: str, when: str, table: str, condition: str = "1") -> str:
        return (
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )

    triggers = {}
    for table in (EVENT, BODY):
        triggers[f"{table}_no_delete"] = refuse(f"{table}_no_delete", "DELETE", table)
        # INSERT OR REPLACE deletes the old row without firing a DELETE trigger.
        triggers[f"{table}_no_replace"] = refuse(
            f"{table}_no_replace",
            "INSERT",
            table,
            f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",  # noqa: S608
        )
    triggers[f"{EVENT}_no_update"] = refuse(f"{EVENT}_no_update", "UPDATE", EVENT)
    triggers[f"{BODY}_no_update"] = refuse(f"{BODY}_no_update", "UPDATE", BODY, f"NOT ({_emptied(columns)})")
    return triggers


def _postgresql() -> dict[str, str]:
    triggers = {}
    for table in (EVENT, BODY):
        triggers[f"{table}_no_truncate"] = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()"
        )
        triggers[f"{table}_no_delete"] = (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION tracker_refuse()"
        )
    triggers[f"{EVENT}_no_update"] = (
        f"CREATE TRIGGER {EVENT}_no_update BEFORE UPDATE ON {EVENT} FOR EACH ROW EXECUTE FUNCTION tracker_refuse()"
    )
    triggers[f"{BODY}_no_update"] = (
        f"CREATE TRIGGER {BODY}_no_update BEFORE UPDATE ON {BODY}"
        " FOR EACH ROW EXECUTE FUNCTION tracker_refuse_unless_erased()"
    )
    return triggers


POSTGRESQL_FUNCTIONS = (
    "CREATE OR REPLACE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE OR REPLACE FUNCTION tracker_refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN IF {emptied} THEN RETURN NEW; END IF;"
    f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
)


def _wanted(connection: BaseDatabaseWrapper, columns: Iterable[str] = ()) -> dict[str, str]:
    """Each trigger's name, and what makes it for a table of bodies with these columns."""
    return _sqlite(columns) if connection.vendor == "sqlite" else _postgresql()


def _columns(connection: BaseDatabaseWrapper) -> list[str]:
    """The columns of the bodies as the table is now: a migration installs these guards before later ones add theirs."""
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, BODY)]


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    """Triggers that are there and switched on."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def has_tables(connection: BaseDatabaseWrapper) -> bool:
    """Whether the trail's tables have been made: before the first migration there is nothing to guard."""
    return {EVENT, BODY} <= set(connection.introspection.table_names())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that should be there and are not, in order."""
    return sorted(set(_wanted(connection)) - _present(connection))


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes every trigger that is missing; safe to repeat."""
    absent, columns = missing(connection), _columns(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in POSTGRESQL_FUNCTIONS:
                cursor.execute(function.replace("{emptied}", _emptied(columns)))
        for name in absent:
            cursor.execute(_wanted(connection, columns)[name])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers off, for a test that flushes or that proves what verification finds without them."""
    with connection.cursor() as cursor:
        for name in sorted(set(_wanted(connection)) & _present(connection)):
            table = name.rsplit("_no_", 1)[0]
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def step_aside(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration that makes anew a table which the triggers stand on or read: its first operation."""
    remove(schema_editor.connection)


def stand_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Its last one. Backwards the two change places."""
    install(schema_editor.connection)
