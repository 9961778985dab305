"""Lookups of our own: one of very many numbers."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.fields.related import ForeignObject
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


@ForeignObject.register_lookup
@Field.register_lookup
class Among(In):
    """As `in`, for lists of thousands: `pk__among=numbers`. PostgreSQL is handed one array, not thousands of values."""

    lookup_name = "among"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """The statement of `in` where the numbers come from a query. Raises EmptyResultSet where there are none."""
        if not self.rhs_is_direct_value():
            sql, params = self.as_sql(compiler, connection)
            return sql, list(params)
        numbers = [number for number in self.rhs if number is not None]
        if not numbers:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, numbers]
