"""Imports past cases from a file. Each module is one step:

file_reader (bytes to a table) → table_parts (cases and what else stands in the table) →
columns (headers to names) → layout_checker (what a workbook shows besides values) →
dates, amounts (cells to facts) → case_reader (a line to a planned case) → file_checker
(a whole file to a report) → case_writer.

Below file_reader: csv_reader, or workbook_sandbox, which starts a process for
workbook_reader, layout and number_formats.
"""
