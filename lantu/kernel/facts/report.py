"""Reports of an import of figures: the same as of any other sheet."""

from lantu.core.sheets.report import Outcome, Report, RowReport

__all__ = ["Outcome", "Report", "RowReport"]
