"""The events of reports."""

from innovation.audit.event_names import EventName


class ReportingEvent(EventName):
    REPORT_ASKED = "report.asked"
