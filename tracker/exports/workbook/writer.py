"""The only importer of the library that writes workbooks, which has no types of its own."""

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

__all__ = ["Format", "Workbook", "Worksheet"]
