"""From a file somebody has to rows the service can keep, one step in each module:

reading (bytes to cells) → columns (headers to names) → dates, amounts (cells to facts)
→ cases (a line to a planned case) → checking (a whole file to a report).

Below reading: separated (CSV), or confined, which starts a process for workbook.
"""
